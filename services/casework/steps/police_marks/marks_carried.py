"""What a police-sensitive mark hides stays hidden where it is said again."""

from collections.abc import Iterable
from uuid import uuid4

from services.database.cases import Case
from services.database.documents import Document
from services.database.history import Entry, facts
from services.database.police_marks import PoliceMark, live_marks
from services.database.unit_of_work import UnitOfWork
from services.domain.police_marks import NEVER_HIDDEN
from services.domain.roles import Role, Seat


def carry_marks(work: UnitOfWork, case: Case, before: Entry, entry: Entry) -> None:
    """Hide the entry from those from whom the one that it supersedes, or is about, is hidden.

    A mark on that one's section is put on the entry where it stands in another section.
    """
    carry_marks_of_each(work, case, [before], entry)


def carry_marks_of_each(
    work: UnitOfWork, case: Case, before: Iterable[Entry], entry: Entry
) -> None:
    """Hide the entry from those from whom any of these is hidden, whose words it says again."""
    live = live_marks(work.session, case.id)
    over = (mark for one in before for mark in live if _hides(mark, one, entry))
    _carry(work, live, over, entry)


def carry_marks_of(work: UnitOfWork, case: Case, listed: Iterable[Document], entry: Entry) -> None:
    """Hide the entry, which lists these documents, from those from whom one of them is hidden.

    A document is hidden with its section, and with any entry whose words it holds.
    """
    listed = tuple(listed)
    said = {id_ for one in listed for id_ in one.said}
    sections = {one.section for one in listed} | {
        one.section
        for one in facts(work.session, case.id)
        if one.id in said and one.entry_type not in NEVER_HIDDEN
    }
    live = live_marks(work.session, case.id)
    over = (one for one in live if one.entry_id in said or one.section in sections)
    _carry(work, live, over, entry)


def _carry(
    work: UnitOfWork, live: Iterable[PoliceMark], over: Iterable[PoliceMark], entry: Entry
) -> None:
    """Put each of these marks on the entry, but none with readers whom one on it has already.

    A mark is made in nobody else's name: what somebody else marked is from here the police's to
    review and lift.
    """
    police = {
        "marked_by": work.actor.person_id,
        "role": Role.SAFEGUARDING_PARTNER,
        "seat": Seat.POLICE,
    }
    known = [_readers(one) for one in live if one.entry_id == entry.id]
    for mark in over:
        if _readers(mark) in known:
            continue
        known.append(_readers(mark))
        kept = {name: getattr(mark, name) for name in type(mark).model_fields}
        kept |= {"id": uuid4(), "entry_id": entry.id, "document_id": None, "section": None}
        kept |= {} if mark.marked_by == work.actor.person_id else police
        work.session.add(PoliceMark(**kept))
    work.session.flush()


def _hides(mark: PoliceMark, before: Entry, entry: Entry) -> bool:
    """Tell whether the mark is on the one before, or on its section where the entry is not."""
    is_elsewhere = before.section is not entry.section
    return mark.entry_id == before.id or (is_elsewhere and mark.section is before.section)


def _readers(mark: PoliceMark) -> tuple[frozenset[object], ...]:
    return frozenset(mark.seats), frozenset(mark.agencies), frozenset(mark.partnerships)
