"""The meeting on the page of a case: when and where, who attends, and who has still to answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.access.meeting import attends
from services.casework.steps.attendance.circulation import said_of_record, who_is_asked
from services.casework.steps.attendance.who_may_attend import described
from services.casework.steps.rapid_review.meeting import SetMeeting
from services.database.agency_requests import requests
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.history import last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType
from services.domain.meeting_record import RecordStanding, newest_version, standing
from services.domain.roles import Permission
from services.web.timeline import Told
from services.web.view_models.record import own_requests

COLOURS: Final = {
    RecordStanding.ASKED: "blue",
    RecordStanding.AGREED: "green",
    RecordStanding.REQUEST_OPEN: "orange",
    RecordStanding.REQUEST_ANSWERED: "grey",
    RecordStanding.NOT_ANSWERED: "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendeeLine:
    """One attendee: their name, for whom they come, and how they stand to the record."""

    name: str
    comes_for: str
    standing: RecordStanding
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """What of the meeting the actor sees: all attendees, or themselves alone."""

    at: datetime | None
    place: str
    attendees: tuple[AttendeeLine, ...]
    waiting: int
    is_circulated: bool
    is_attendee: bool
    own_requests: list[Told]


def meeting_view(work: UnitOfWork, case: Case) -> MeetingView | None:
    """Return the meeting to whoever reads the case, attends, or is invited by their agency."""
    named = named_attendees(work.session, case.id)
    is_attendee, sees_all = attends(work, case), work.actor.may(Permission.READ_CASE)
    if not named and case.meeting_at is None:
        return None
    if not (sees_all or is_attendee or (not named and _is_asked(work, case))):
        return None
    said, asked = said_of_record(work, case), who_is_asked(work, case)
    shown = named if sees_all else tuple(one for one in named if one == work.actor.person_id)
    stands = {one: standing(said, one, is_asked=one in asked) for one in shown}
    return MeetingView(
        at=case.meeting_at,
        place=_place(work, case) if case.meeting_at else "",
        attendees=_lines(work, case, stands),
        waiting=len(asked & set(named)) if sees_all else 0,
        is_circulated=bool(newest_version(said)),
        is_attendee=is_attendee,
        own_requests=own_requests(work, case) if is_attendee else [],
    )


def _is_asked(work: UnitOfWork, case: Case) -> bool:
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    return any(one.agency_id == work.actor.agency_id for one in asked)


def _place(work: UnitOfWork, case: Case) -> str:
    set_by = last_entry(work.session, case.id, EntryType.MEETING_SET)
    return "" if set_by is None else SetMeeting.model_validate(set_by.command).place


def _lines(
    work: UnitOfWork, case: Case, stands: Mapping[UUID, RecordStanding]
) -> tuple[AttendeeLine, ...]:
    return tuple(
        AttendeeLine(
            name=name, comes_for=comes_for, standing=stands[one], colour=COLOURS[stands[one]]
        )
        for one, (name, comes_for) in described(work, case, tuple(stands)).items()
    )
