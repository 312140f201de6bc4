"""How a partnership's template is checked, tried with an invented paper, kept, and filled in.

Every file that it makes is looked at as every file that is sent: a template could make of harmless
pieces what no file may hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import uuid4

from services.casework.access.documents import object_name
from services.casework.steps.file_checks import StoredUpload, checked_and_scanned
from services.database.paper_templates import PaperTemplate
from services.documents import Documents, OwnTemplate, TemplateFailed
from services.domain.documents import DocumentForm, DocumentKind, Paper, RenderedDocument
from services.domain.errors import AnswerRefused
from services.domain.identifiers import DocumentId, PartnershipId
from services.domain.paper_samples import sample_paper
from services.storage import ObjectName, Store, StoredContentChanged, new_name
from services.storage.checking import must_be_of_a_size
from services.storage.downloads import fetch
from services.storage.office import why_document_refused
from services.storage.scanning import Scanner

LARGEST: Final = 2 * 1024 * 1024
MOST_TOLD: Final = 8
NOT_WORD: Final = "Choose a Word file (.docx): a template is one."
NOT_SCANNED: Final = (
    "The virus scanner does not answer, so the template cannot be looked at. Try again later."
)
CHANGED: Final = "The stored template is not the one that was applied."

Made = Mapping[DocumentForm, RenderedDocument]


class TrialPlace(Protocol):
    """Where a template is looked at, filled in and kept."""

    @property
    def store(self) -> Store: ...  # noqa: D102 - named for what it is
    @property
    def scanner(self) -> Scanner: ...  # noqa: D102 - named for what it is
    @property
    def documents(self) -> Documents: ...  # noqa: D102 - named for what it is


def tried_and_stored(
    place: TrialPlace,
    kind: DocumentKind,
    owner: PartnershipId,
    file: tuple[str, bytes],
    *,
    is_scan_demanded: bool,
) -> StoredUpload:
    """Check a template, fill it in with an invented paper, and keep it; no transaction is open.

    Raises AnswerRefused("file") with what is to be put right, in plain words and by the place; a
    template that is refused never reaches the store.
    """
    must_be_of_a_size(file[1], largest=LARGEST)
    checked, scan = checked_and_scanned(place.scanner, file)
    if checked.extension != "docx":
        raise AnswerRefused("file", NOT_WORD)
    if not scan.lets_read(is_demanded=is_scan_demanded):
        raise AnswerRefused("file", NOT_SCANNED)
    own = OwnTemplate(version=1, sha256=checked.sha256, content=checked.content)
    try:
        made_from_own(place.documents, sample_paper(kind), own)
    except TemplateFailed as failed:
        raise AnswerRefused("file", _told(failed.troubles)) from None
    stored = place.store.put(new_name(owner), checked.content, sha256=checked.sha256)
    return StoredUpload(DocumentId(uuid4()), checked, scan, stored)


def _told(troubles: tuple[str, ...]) -> str:
    """Return the troubles as the words beside the field; of many, the first."""
    left = len(troubles) - MOST_TOLD
    more = (f"There are {left} more places like these.",) if left > 0 else ()
    return " ".join((*troubles[:MOST_TOLD], *more))


def made_from_own(documents: Documents, paper: Paper, own: OwnTemplate) -> Made:
    """Make the paper from the template; raises TemplateFailed where that is not to be had."""
    made = documents.from_own(paper, own)
    why = why_document_refused(made[DocumentForm.WORD].content)
    if why is not None:
        raise TemplateFailed((why,))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTemplate:
    """A template as its row tells of it, to be read with no transaction open."""

    kind: DocumentKind
    version: int
    sha256: str
    stored: ObjectName
    version_id: str | None

    @classmethod
    def of(cls, row: PaperTemplate) -> "KeptTemplate":
        """Return where the file of the row lies, and what it is."""
        return cls(
            kind=row.kind,
            version=row.version,
            sha256=row.sha256,
            stored=object_name(row),
            version_id=row.version_id,
        )

    def read_from(self, store: Store) -> OwnTemplate:
        """Read it; raises TemplateFailed where it is not the file that was kept."""
        try:
            with fetch(store, self.stored, self.sha256, self.version_id) as file:
                content = file.read()
        except StoredContentChanged:
            raise TemplateFailed((CHANGED,)) from None
        return OwnTemplate(version=self.version, sha256=self.sha256, content=content)


def previewed(place: TrialPlace, kept: KeptTemplate) -> Made:
    """Fill in a kept template with an invented paper, for people to look at."""
    own = kept.read_from(place.store)
    return made_from_own(place.documents, sample_paper(kept.kind), own)
