"""Who is named to attend the rapid review meeting, each in their own person (RR-42)."""

from uuid import UUID

from sqlmodel import Session, col, select

from services.database.history import Entry, last_entry
from services.domain.entry_types import EntryType


def named_attendees(session: Session, case_id: UUID) -> tuple[UUID, ...]:
    """Return the people on the newest list of the case; nobody where none was made."""
    named = last_entry(session, case_id, EntryType.ATTENDEES_NAMED)
    return () if named is None else _people(named)


def cases_attended(session: Session, person_id: UUID) -> set[UUID]:
    """Return the cases on whose newest list the person is."""
    question = select(Entry).where(Entry.entry_type == EntryType.ATTENDEES_NAMED)
    lists = session.exec(question.order_by(col(Entry.number)))
    newest = {one.case_id: _people(one) for one in lists}
    return {case_id for case_id, people in newest.items() if person_id in people}


def _people(named: Entry) -> tuple[UUID, ...]:
    return tuple(UUID(one) for one in named.command["people"])
