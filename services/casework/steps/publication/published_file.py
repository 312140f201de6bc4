"""The file that a partnership published: the record of it names its SHA-256, not the plan's."""

from dataclasses import dataclass

from services.casework.steps.publication.laid_out import file_published
from services.casework.steps.publication.own_file import made_by, newest_order
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound, Unavailable


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """What was published, the report or the improvements, and the SHA-256 of its PDF."""

    kind: DocumentKind
    sha256: str


def published_file(work: UnitOfWork, case: Case, entry: Entry) -> PublishedFile:
    """Return the file that our own publication ordered, or that was made before it (PUB-26).

    Raises Unavailable while it is not made, so that what names it is made after it.
    """
    is_report = entry.entry_type == EntryType.PUBLISHED
    kind = DocumentKind.PUBLISHED_REPORT if is_report else DocumentKind.IMPROVEMENT_INFORMATION
    if file := file_published(work, case, entry):
        return PublishedFile(kind, file.sha256)
    order = newest_order(work, case, kind, since=0, until=entry.number)
    if order is None:
        raise NotFound("No file was ordered of this publication.")
    made = made_by(work, case, order)
    if made is None:
        raise Unavailable("The published file is not made yet.")
    return PublishedFile(kind, made.sha256)
