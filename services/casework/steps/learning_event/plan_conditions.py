"""What a plan of a learning event must say before it is kept (LC-36 to LC-39)."""

from uuid import UUID

from services.casework.steps.learning_event.plan import (
    EventPlanSaid,
    EventStanding,
    PlanLearningEvent,
    agencies_of,
    confirmed_themes,
    must_read_team,
)
from services.casework.steps.learning_event.sittings import must_end_after_it_begins
from services.casework.steps.other_reviews.held_back import must_heed_asking
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.errors import AnswerRefused
from services.domain.labels.own_words import in_own_words
from services.domain.learning_events import EventWay


def must_be_a_plan(
    work: UnitOfWork, case: Case, plan: PlanLearningEvent, before: EventStanding | None
) -> None:
    """Refuse a plan that does not hold; ``before`` is the event that is planned already."""
    _must_fit_the_way(plan)
    must_end_after_it_begins(plan.sittings)
    _must_be_to_come(work, plan, before)
    must_invite_who_was_involved(work, case, plan)
    if plan.shares_themes and not confirmed_themes(work, case):
        must_read_team(work, case)
        raise AnswerRefused(
            "shares_themes", in_own_words("The review team has confirmed no theme yet (LC-36).")
        )
    if before is not None and plan.why_changed is None:
        raise AnswerRefused("why_changed", "Say why the event that is planned is changed.")
    if before is None and plan.why_changed is not None:
        raise AnswerRefused("why_changed", "No event is planned: leave this out.")
    must_heed_asking(work, case, plan.heeded)


def asked_agencies(work: UnitOfWork, case: Case) -> frozenset[UUID]:
    """Return the agencies that were asked on the case for a scoping return or a report."""
    return frozenset(
        one.agency_id for kind in Asked for one in requests(work.session, case.id, kind)
    )


def _must_fit_the_way(plan: PlanLearningEvent) -> None:
    """Refuse as many sittings as the way of holding it does not have (LC-39)."""
    count = len(plan.sittings)
    fits = {
        EventWay.HALF_DAY: count == 1,
        EventWay.ONLINE: count == 1,
        EventWay.TWO_HALF_DAYS: count == 2,
        EventWay.ONLINE_SERIES: count > 1,
    }
    if not fits[plan.way]:
        raise AnswerRefused(
            "sittings",
            "Half a day, or one meeting online, is one sitting; with another half day it is two; "
            "a series has two or more (LC-39).",
        )


def _must_be_to_come(
    work: UnitOfWork, plan: PlanLearningEvent, before: EventStanding | None
) -> None:
    """Refuse a sitting without notice: of today, or of the past (LC-38).

    One that stood in the plan before may have been held, while another is still to come.
    """
    stood = () if before is None else before.days
    over = [one.held_on for one in plan.sittings if one.held_on <= work.today]
    if len(over) == len(plan.sittings) or not set(over).issubset(stood):
        raise AnswerRefused(
            "sittings",
            "Enter days to come, so that everybody has plenty of notice (LC-38). An event that was "
            "held already is not planned any more: record what its practitioners said as "
            "conversations (LC-40).",
        )


def must_invite_who_was_involved(work: UnitOfWork, case: Case, plan: EventPlanSaid) -> None:
    """Refuse an event to which nobody, somebody twice, or an agency unasked is invited (LC-37)."""
    if not plan.invited:
        raise AnswerRefused("invited", "Enter each post that is invited (LC-37).")
    posts = [(one.agency, one.post.casefold()) for one in plan.invited]
    if len(set(posts)) < len(posts):
        raise AnswerRefused("invited", "A post of an agency stands here twice: tell them apart.")
    if not asked_agencies(work, case).issuperset(agencies_of(plan.invited)):
        raise AnswerRefused(
            "invited",
            "Choose agencies that were asked on this case for a scoping return or a report: the "
            "others cannot read the invitation here.",
        )
