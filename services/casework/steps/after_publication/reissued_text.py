"""Which text of a report is public, or was when it was taken down, and which is published again."""

from typing import Final
from uuid import UUID

from services.casework.act import latest_command
from services.casework.steps.publication.after_said import ProposeReissue
from services.database.cases import Case
from services.database.documents import Document, documents, get_document
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import Unavailable
from services.domain.identifiers import DocumentId

_WITH_A_FILE: Final = (
    EntryType.PUBLISHED,
    EntryType.REPORT_REDACTED,
    EntryType.REPORT_REISSUED,
)


def text_to_reissue(work: UnitOfWork, case: Case) -> Document:
    """Return the file that is to be published again: the changed one, or what was public."""
    said = latest_command(work, case, EntryType.REISSUE_PROPOSED, ProposeReissue)
    if said is not None and said.file is not None:
        return get_document(work.session, case.id, DocumentId(said.file))
    return public_text(work, case)


def public_text(work: UnitOfWork, case: Case) -> Document:
    """Return the newest text that was public: a file that took its place, or as it was published.

    That is as it was laid out as a file of its own, or else Keyline's own file.

    Raises Unavailable while the published file is not made.
    """
    said = all_of(work.session, case.id, *_WITH_A_FILE)
    files = [one.command["file"] for one in said if one.command.get("file")]
    if files:
        return get_document(work.session, case.id, DocumentId(UUID(files[-1])))
    for one in documents(work.session, case.id):
        if one.kind is DocumentKind.PUBLISHED_REPORT and one.form == DocumentForm.PDF.value:
            return one
    raise Unavailable("The published file is not made yet.")
