"""What a police mark is on: the entry that a person names, or that a document was made from."""

from uuid import UUID

from sqlmodel import select

from services.casework.steps.pack_orders import order_rest_of_pack
from services.database.cases import Case
from services.database.documents import Document
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.police_marks import UNMARKABLE


def what_is_marked(work: UnitOfWork, case: Case, about: UUID) -> tuple[UUID, UUID | None]:
    """Return the entry that is marked, and the document where one was named."""
    entry = work.session.exec(
        select(Entry).where(Entry.case_id == case.id, Entry.id == about)
    ).one_or_none()
    if entry is not None and entry.entry_type not in UNMARKABLE:
        return entry.id, None
    document = work.session.exec(
        select(Document).where(Document.case_id == case.id, Document.id == about)
    ).one_or_none()
    if document is not None and document.said:
        return document.said[0], document.id
    raise AnswerRefused("about", "Choose one of the documents and entries of this case.")


def remake_what_is_left(work: UnitOfWork, case: Case) -> None:
    """Have the rest of a released pack made for those who attend and are not listed (RR-45)."""
    order_rest_of_pack(work, case)
