"""The learning event as a practitioner sees it, and the list of those who are invited to it.

The list is the one page with their names; only those who run the review read it (decision 0098).
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.access.learning import event_opens_until
from services.casework.steps.learning_event.draft_heard import (
    AskedOfDraft,
    SaidOfDraft,
    asked_of_draft,
    said_of_draft,
)
from services.casework.steps.learning_event.participants import participants_on
from services.casework.steps.learning_event.plan import event_of
from services.casework.steps.learning_event.sittings import in_order
from services.database.cases import Case
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.learning_events import ParticipantStanding
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.workflow import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PractitionersEvent:
    """When and where the event sits, its papers, what was learnt, and what they said of that."""

    partnership: str
    way: str
    sittings: tuple[str, ...]
    papers: tuple[tuple[UUID, str], ...]
    asked: AskedOfDraft | None
    said: SaidOfDraft | None
    may_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantLine:
    """One practitioner on the list: who they are, how they stand, what they said of the draft."""

    name: str
    post: str
    agency: str
    address: str
    standing: str
    is_shut: bool
    said: SaidOfDraft | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantList:
    """Everybody on the list, how many have agreed, and until when the page is open to them."""

    lines: tuple[ParticipantLine, ...]
    agreed: int
    open_until: date


def event_for_practitioner(work: UnitOfWork, case: Case) -> PractitionersEvent:
    """Return what a practitioner sees who has declared and agreed."""
    event, asked = event_of(work, case), asked_of_draft(work, case)
    sittings = in_order(event.plan.sittings) if event is not None else []
    return PractitionersEvent(
        partnership=work.partnership.name,
        way=capital(label(event.plan.way)) if event is not None else "",
        sittings=tuple(
            f"{weekday_day_month_year(one.held_on)}, {one.when}: {one.place}" for one in sittings
        ),
        papers=tuple((one.id, one.shown_title) for one in papers_seen(work, case)),
        asked=asked,
        said=said_of_draft(work, case).get(work.actor.person_id),
        may_answer=asked is not None and case.stage is Stage.LOCAL_REVIEW,
    )


def participant_list(work: UnitOfWork, case: Case) -> ParticipantList:
    """Return the list as those who run the review read it."""
    named, said = agency_names(work.session), said_of_draft(work, case)
    listed = participants_on(work, case)
    shut = {ParticipantStanding.CONFLICT, ParticipantStanding.ENDED}
    return ParticipantList(
        lines=tuple(
            ParticipantLine(
                name=one.guest.name,
                post=one.guest.post,
                agency=named.get(one.guest.agency_id, "An agency"),
                address=one.guest.address,
                standing=capital(label(one.standing)),
                is_shut=one.standing in shut,
                said=said.get(one.guest.person_id),
            )
            for one in listed
        ),
        agreed=sum(one.has_agreed for one in listed),
        open_until=event_opens_until(work, case),
    )
