"""The file that a partnership published: the record of it names its SHA-256, not the plan's."""

from dataclasses import dataclass
from typing import Final

from services.casework.steps.publication.laid_out import file_published
from services.database import due_work
from services.database.cases import Case
from services.database.documents import version_of
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.errors import NotFound, Unavailable
from services.domain.identifiers import CaseId

_PUBLISHED: Final = (DocumentKind.PUBLISHED_REPORT, DocumentKind.IMPROVEMENT_INFORMATION)


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """What was published, the report or the improvements, and the SHA-256 of its PDF."""

    kind: DocumentKind
    sha256: str


def published_file(work: UnitOfWork, case: Case, entry: Entry) -> PublishedFile:
    """Return the file that our own publication ordered.

    Raises Unavailable while it is not made, so that what names it is made after it.
    """
    for kind in _PUBLISHED:
        asked = {"type": "document", "kind": kind.value, "as_of_entry": entry.number}
        for order in due_work.orders(work, CaseId(case.id), asked):
            made = version_of(
                work.session, case.id, kind=kind, form=DocumentForm.PDF, version=order["version"]
            )
            if made is None:
                raise Unavailable("The published file is not made yet.")
            file = file_published(work, case, entry)
            return PublishedFile(kind, file.sha256 if file else made.sha256)
    raise NotFound("No file was ordered of this publication.")
