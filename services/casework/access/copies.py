"""A document as it is handed to one person: under which name, and with whose mark on each page."""

from dataclasses import dataclass

from services.casework.access.documents import saved_as
from services.casework.labels import label
from services.database.documents import Document
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.plain_dates import date_and_time


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCopy:
    """How one copy is sent: its name, its kind, and the line on each page, if it has one."""

    name: str
    media_type: str
    size: int
    line: str = ""


def copy_of(work: UnitOfWork, document: Document, reference: str) -> SavedCopy:
    """Return how the document is sent to the actor.

    Each copy of a meeting pack says at the foot of its pages whose it is and when it was opened,
    since it tells of a family and goes to many (RR-45). The stored document is not touched.
    """
    return SavedCopy(
        name=saved_as(work, document, reference),
        media_type=document.media_type,
        size=document.size,
        line=reader_line(work, reference) if is_marked(document) else "",
    )


def is_marked(document: Document) -> bool:
    """Tell whether each copy of the document is marked for its reader."""
    is_pdf = document.form == DocumentForm.PDF.value
    return document.kind is DocumentKind.MEETING_PACK and is_pdf


def reader_line(work: UnitOfWork, reference: str) -> str:
    """Return the line by which a copy is known: case, reader and moment."""
    person = work.actor.person_id
    name = names(work.session, {person}).get(person, label(work.actor.role))
    return f"{reference}: copy of {name}, {date_and_time(work.now)}"
