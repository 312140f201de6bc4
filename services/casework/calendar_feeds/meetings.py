"""The meetings that a calendar holds: of each, when it is and which kind, and never where or who.

They have the UIDs of the invitations that were sent, so a program that has both knows them for one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.casework.effects.addressees import address_of_agency
from services.casework.engine.invitation_writing import SETS_MEETINGS, meetings_set, uid_of
from services.database.cases import Case
from services.database.history import Entry, all_of_cases
from services.database.outbox import invitations_to
from services.database.people import emails_of
from services.database.unit_of_work import UnitOfWork
from services.domain.calendar_feeds import PAST
from services.domain.entry_types import EntryType
from services.domain.invitations import Invitation
from services.domain.roles import Permission

_ENDS: Final = {
    EntryType.MEETING_CANCELLED: "meeting",
    EntryType.LEARNING_EVENT_CALLED_OFF: "event.",
}
# Who calls a meeting has it in their own calendar, invited or not.
_CALLED_BY: Final = {
    EntryType.MEETING_SET: Permission.RUN_MEETING,
    EntryType.REPORT_MEETING_CALLED: Permission.JUDGE_REPORTS,
    EntryType.LEARNING_EVENT_PLANNED: Permission.HOLD_LEARNING_EVENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingInCalendar:
    """One meeting of a case: the entry that set or ended it last, when it is, and which kind."""

    case_id: UUID
    which: str
    entry: Entry
    called: str
    begins_at: datetime
    lasts: timedelta
    set_by: EntryType
    is_over: bool = False

    @property
    def uid(self) -> str:
        """Return its UID, which is that of the invitation."""
        return uid_of(self.case_id, self.which)


def meetings_of(work: UnitOfWork, cases: Mapping[UUID, Case]) -> Iterator[MeetingInCalendar]:
    """Yield the meetings of these cases that are to come, were called off, or were held lately."""
    yield from _held(work, cases, _entries(work, cases))


def own_meetings(work: UnitOfWork, cases: Mapping[UUID, Case]) -> Iterator[MeetingInCalendar]:
    """Yield those of them that the reader calls, or is invited to; taken back, they are over."""
    entries = _entries(work, cases)
    invited = _invited(work, entries)
    for one in _held(work, cases, entries):
        if work.actor.may(_CALLED_BY[one.set_by]):
            yield one
        elif one.uid in invited:
            yield replace(one, is_over=one.is_over or invited[one.uid])


def _entries(work: UnitOfWork, cases: Mapping[UUID, Case]) -> Mapping[UUID, list[Entry]]:
    """Return what set or ended the meetings of each case that has any, all asked for at once."""
    return all_of_cases(work.session, cases.keys(), *SETS_MEETINGS, *_ENDS)


def _held(
    work: UnitOfWork, cases: Mapping[UUID, Case], entries: Mapping[UUID, list[Entry]]
) -> Iterator[MeetingInCalendar]:
    for case_id, said in entries.items():
        for one in _of_case(work, cases[case_id], said):
            if one.begins_at > work.now - PAST:
                yield one


def _of_case(work: UnitOfWork, case: Case, entries: list[Entry]) -> Iterator[MeetingInCalendar]:
    found: dict[str, MeetingInCalendar] = {}
    for entry in entries:
        if entry.entry_type in _ENDS:
            found |= _ended(found, _ENDS[entry.entry_type], entry)
        else:
            found |= {one.which: one for one in _set_by(work, entry)}
    if case.meeting_at is None and case.met_on is None and "meeting" in found:
        found |= _ended(found, "meeting", found["meeting"].entry)
    yield from found.values()


def _set_by(work: UnitOfWork, entry: Entry) -> Iterator[MeetingInCalendar]:
    for one in meetings_set(work, entry):
        yield MeetingInCalendar(
            case_id=entry.case_id,
            which=one.which,
            entry=entry,
            called=one.called,
            begins_at=one.begins_at,
            lasts=one.lasts,
            set_by=entry.entry_type,
            is_over=one.is_dropped,
        )


def _ended(
    found: Mapping[str, MeetingInCalendar], which: str, entry: Entry
) -> dict[str, MeetingInCalendar]:
    ended = (one for one in found.values() if one.which.startswith(which))
    return {one.which: replace(one, entry=entry, is_over=True) for one in ended}


def _invited(work: UnitOfWork, entries: Mapping[UUID, list[Entry]]) -> dict[str, bool]:
    """Return to which meetings the reader was invited, and whether that was taken back."""
    known: dict[tuple[UUID | None, int], Entry] = {
        (one.case_id, one.number): one for said in entries.values() for one in said
    }
    which = {place: _uids(work, one) for place, one in known.items() if one.entry_type not in _ENDS}
    found: dict[str, bool] = {}
    for address in _addresses(work):
        for email in invitations_to(work.session, address, entries.keys()):
            told = Invitation(**email.content["invitation"])
            for uid in which.get((email.case_id, told.set_by), ()):
                found[uid] = told.is_cancelled
    return found


def _uids(work: UnitOfWork, set_by: Entry) -> tuple[str, ...]:
    return tuple(uid_of(set_by.case_id, one.which) for one in meetings_set(work, set_by))


def _addresses(work: UnitOfWork) -> set[str]:
    """Return where the reader is written to: in their own person, or by their agency."""
    own, agency_id = emails_of(work.session, {work.actor.person_id}), work.actor.agency_id
    return own | ({address_of_agency(work, agency_id)} - {""} if agency_id else set())
