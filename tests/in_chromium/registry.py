"""Which journeys people go in Chromium, by name (`./keyline check journeys`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, THREE_RIVERS, Place
from tests.in_chromium.journeys import (
    agency_by_link,
    communications_lead,
    lead_reviewer,
    monday_morning,
    operator_on_call,
    police_partner,
    two_areas,
)
from tests.in_chromium.stage import Stage
from tests.in_chromium.strangers import tasks


@dataclass(frozen=True, slots=True)
class Journey:
    """One way that people go: who goes it, in which partnerships, and how."""

    title: str
    go: Callable[[Stage], None]
    places: tuple[Place, ...] = (NORTHMOOR,)


JOURNEYS: Final[Mapping[str, Journey]] = {
    "monday-morning": Journey(
        "The business manager chases what is overdue, has a date explained and sets a meeting.",
        monday_morning.go,
    ),
    "agency-by-link": Journey(
        "An agency without an account had no involvement, and says so.", agency_by_link.go
    ),
    "police-partner": Journey(
        "The police partner reads what is decided, disagrees and sees what follows.",
        police_partner.go,
    ),
    "lead-reviewer": Journey(
        "The lead reviewer declares, reads what is in scope, drafts and checks the draft.",
        lead_reviewer.go,
    ),
    "communications-lead": Journey(
        "The communications lead chooses a day and is warned of one to avoid.",
        communications_lead.go,
    ),
    "operator-on-call": Journey(
        "The operator on call sees what a failure means for cases, and has it tried again.",
        operator_on_call.go,
    ),
    "two-areas": Journey(
        "Two areas share a review: invited, accepted, seen by both.",
        two_areas.go,
        (NORTHMOOR, SALTMARSH, THREE_RIVERS),
    ),
    "stranger-refers": Journey("A stranger refers an incident.", tasks.refer),
    "stranger-answers": Journey("A stranger answers for an agency, by its link.", tasks.answer),
    "stranger-signs": Journey("A stranger signs as the police.", tasks.sign),
    "stranger-finds": Journey("A stranger finds every overdue action of the schools.", tasks.find),
    "stranger-chooses": Journey("A stranger chooses a publication day.", tasks.choose),
}
