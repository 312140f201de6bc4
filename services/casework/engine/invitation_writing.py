"""The calendar entries that go with an invitation: made when the email is written, never kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final
from uuid import UUID

from services.casework.steps.learning_event.plan import OF_THE_EVENT, LearningEventPlanned
from services.casework.steps.learning_event.sittings import SittingKept, in_order
from services.casework.steps.local_review.agency_invited import InviteAgency
from services.casework.steps.rapid_review.meeting import SetMeeting
from services.database.cases import Case
from services.database.history import Entry, all_of, entry_numbered
from services.database.outbox import OutboxEmail
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.invitations import AGENDA, LASTS, OF_A_REPORT_LASTS, Invitation
from services.domain.message_ids import NO_DOMAIN
from services.mail import Email
from services.mail.calendar_entries import CalendarEntry, attached


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSet:
    """One meeting that an entry sets: what tells it from others of its case, when and where."""

    which: str
    called: str
    begins_at: datetime
    lasts: timedelta
    place: str
    agenda: tuple[str, ...] = ()
    is_dropped: bool = False


def with_invitation(work: UnitOfWork, case: Case, outbox_email: OutboxEmail, email: Email) -> Email:
    """Attach each meeting to which the email invites, with the moment and place that the act set.

    The same email is written the same way twice: nothing in it comes from the clock.
    """
    told = outbox_email.content.get("invitation")
    if told is None:
        return email
    invitation = Invitation(**told)
    set_by = entry_numbered(work.session, case.id, invitation.set_by)
    entries = (
        CalendarEntry(
            uid=uid_of(case.id, one.which),
            sequence=invitation.sequence,
            is_cancelled=invitation.is_cancelled or one.is_dropped,
            made_at=outbox_email.posted_at,
            begins_at=one.begins_at,
            lasts=one.lasts,
            place=one.place,
            agenda=one.agenda,
            summary=f"{one.called} {case.reference}",
            organizer=email.sender,
            attendee=email.recipient,
        )
        for one in meetings_set(work, set_by)
    )
    return replace(email, attachments=tuple(attached(one) for one in entries))


def meetings_set(work: UnitOfWork, set_by: Entry) -> Iterator[MeetingSet]:
    """Yield each meeting that the entry sets, and those that it drops; of `SETS_MEETINGS`."""
    yield from _MEETINGS[set_by.entry_type](work, set_by)


def uid_of(case_id: UUID, which: str) -> str:
    """Return the UID of a meeting in every calendar, whichever way it came there."""
    return f"{case_id}.{which}@{NO_DOMAIN}"


def _rapid_review(_work: UnitOfWork, set_by: Entry) -> Iterator[MeetingSet]:
    said = SetMeeting.model_validate(set_by.command)
    yield MeetingSet(
        which="meeting",
        called="Rapid review meeting",
        begins_at=said.meeting_at,
        lasts=LASTS,
        place=said.place,
        agenda=AGENDA,
    )


def _about_a_report(work: UnitOfWork, set_by: Entry) -> Iterator[MeetingSet]:
    """Yield the meeting with an agency; one that was still to come is moved by the next (LC-35)."""
    said, first = InviteAgency.model_validate(set_by.command), set_by.number
    moved_from: datetime | None = None
    for one in all_of(work.session, set_by.case_id, EntryType.REPORT_MEETING_CALLED):
        if one.subject == set_by.subject and one.number <= set_by.number:
            first = one.number if moved_from is None or moved_from <= one.at else first
            moved_from = InviteAgency.model_validate(one.command).meeting_at
    yield MeetingSet(
        which=f"report.{first}",
        called="Meeting about an agency's report",
        begins_at=said.meeting_at,
        lasts=OF_A_REPORT_LASTS,
        place=said.where,
    )


def _learning_event(work: UnitOfWork, set_by: Entry) -> Iterator[MeetingSet]:
    """Yield each sitting of the event as planned, then those that this plan has dropped (LC-38).

    A plan in which only words were kept of its hours is in no calendar.
    """
    plans = _plans_of_the_event(work, set_by.case_id, set_by.number)
    first = plans[0].number
    *before, now = (LearningEventPlanned.model_validate(one.command) for one in plans)
    sittings = in_order(now.sittings)
    for number, one in enumerate(sittings, 1):
        yield from _sitting(first, number, one)
    dropped: dict[int, SittingKept] = {}
    for plan in before:
        dropped |= dict(enumerate(in_order(plan.sittings), 1))
    for number in sorted(dropped.keys() - range(1, len(sittings) + 1)):
        yield from _sitting(first, number, dropped[number], is_dropped=True)


def _plans_of_the_event(work: UnitOfWork, case_id: UUID, until: int) -> list[Entry]:
    """Return the plans of one event up to the entry: what it was moved from, and the entry."""
    plans: list[Entry] = []
    for one in all_of(work.session, case_id, *OF_THE_EVENT):
        if one.number > until:
            break
        is_plan = one.entry_type is EntryType.LEARNING_EVENT_PLANNED
        plans = [*plans, one] if is_plan else []
    return plans


def _sitting(
    first: int, number: int, said: SittingKept, *, is_dropped: bool = False
) -> Iterator[MeetingSet]:
    spell = said.spell
    if spell is not None:
        yield MeetingSet(
            which=f"event.{first}.{number}",
            called="Learning event",
            begins_at=spell[0],
            lasts=spell[1] - spell[0],
            place=said.place,
            is_dropped=is_dropped,
        )


_MEETINGS: Final[Mapping[EntryType, Callable[[UnitOfWork, Entry], Iterator[MeetingSet]]]] = (
    MappingProxyType(
        {
            EntryType.MEETING_SET: _rapid_review,
            EntryType.REPORT_MEETING_CALLED: _about_a_report,
            EntryType.LEARNING_EVENT_PLANNED: _learning_event,
        }
    )
)
SETS_MEETINGS: Final = tuple(_MEETINGS)
"""The types of entry that set a meeting which people are invited to."""
