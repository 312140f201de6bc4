"""What a police-sensitive mark hides stays hidden where it is said again."""

from uuid import uuid4

from services.database.cases import Case
from services.database.history import Entry
from services.database.police_marks import PoliceMark, live_marks
from services.database.unit_of_work import UnitOfWork


def carry_marks(work: UnitOfWork, case: Case, before: Entry, entry: Entry) -> None:
    """Hide the entry from those from whom the one that it supersedes, or is about, is hidden.

    A mark on that one's section is put on the entry where it stands in another section.
    """
    left = before.section if before.section is not entry.section else None
    for mark in live_marks(work.session, case.id):
        if mark.entry_id == before.id or (left is not None and mark.section is left):
            kept = {name: getattr(mark, name) for name in type(mark).model_fields}
            kept |= {"id": uuid4(), "entry_id": entry.id, "document_id": None, "section": None}
            work.session.add(PoliceMark(**kept))
    work.session.flush()
