"""The documents of a case as their page lists them: what is asked for, by step and agency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from services.casework.access.document_bundle import too_much
from services.casework.access.document_shelf import (
    ADDED,
    OF_NO_AGENCY,
    DocumentsWanted,
    PlacedDocument,
    Shelf,
    placed,
    shelves,
    wanted,
)
from services.casework.labels import label
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.plain_text import capital
from services.domain.recipients import Recipient
from services.domain.workflow import Step
from services.web.act_pages.act_page import ActPage
from services.web.timeline import names_for
from services.web.view_models.act_places import DOCUMENTS, acts_here
from services.web.view_models.questions import QuestionsBeside, beside_documents

FILES_ADDED = "Files that people added"
NARROWED_BY = tuple(one.name for one in fields(DocumentsWanted))
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentList:
    """What the page lists, of how many, and by what it may be narrowed: codes with their words."""

    shelves: tuple[Shelf, ...]
    total: int
    narrowing: DocumentsWanted
    steps: Choices
    agencies: Choices
    kinds: Choices
    bodies: Choices
    names: Mapping[str, str]
    added: str
    too_much: str
    octets: int

    @property
    def shown(self) -> int:
        """Return how many papers are listed, each counted once in all its versions and forms."""
        return sum(one.count for one in self.shelves)

    @property
    def titles(self) -> Mapping[str, str]:
        """Return what people read above the papers of each step, by its code."""
        return dict(self.steps)

    @property
    def query(self) -> str:
        """Return what the address says of the narrowing."""
        told = {name: getattr(self.narrowing, name) for name in NARROWED_BY}
        return urlencode({name: code for name, code in told.items() if code})


@dataclass(frozen=True, slots=True)
class BesideDocuments:
    """What stands beside the list: questions about documents, and what the reader may do here."""

    questions: QuestionsBeside
    may: Sequence[ActPage]


def beside_list(work: UnitOfWork, case: Case) -> BesideDocuments:
    """Return what stands beside the list of the case's documents."""
    return BesideDocuments(beside_documents(work, case), acts_here(work, case, DOCUMENTS))


def narrowing_of(asked: Mapping[str, str]) -> DocumentsWanted:
    """Return by what the address narrows the documents."""
    return DocumentsWanted(**{name: asked.get(name, "") for name in NARROWED_BY})


def document_list(
    work: UnitOfWork, case: Case, by: DocumentsWanted, added: str = ""
) -> DocumentList:
    """Return the documents that the person may know of and that are asked for.

    ``added`` is the id of one that they have just added; it is told if it is theirs to know of.
    """
    found = placed(work, case)
    kept = wanted(found, by)
    return DocumentList(
        shelves=shelves(kept),
        total=sum(one.count for one in shelves(found)),
        narrowing=by,
        steps=_steps(found),
        agencies=_agencies(found),
        kinds=_kinds(found),
        bodies=_bodies(found),
        names=names_for(work, {one.document.made_by for one in kept}),
        added=_told(found, added),
        too_much=too_much([one.document.size for one in kept]),
        octets=sum(one.document.size for one in kept),
    )


def _steps(found: Sequence[PlacedDocument]) -> Choices:
    there = {one.step for one in found}
    known = [(one.value, label(one)) for one in Step if one in there]
    return known + ([(ADDED, FILES_ADDED)] if None in there else [])


def _agencies(found: Sequence[PlacedDocument]) -> Choices:
    there = sorted({(one.agency, one.agency_code) for one in found})
    named = [(code, name) for name, code in there if code != OF_NO_AGENCY]
    return [*named, (OF_NO_AGENCY, "Of no one agency")] if named else []


def _kinds(found: Sequence[PlacedDocument]) -> Choices:
    there = {DocumentKind(one.document.kind) for one in found}
    return sorted(((one.value, capital(label(one))) for one in there), key=lambda one: one[1])


def _bodies(found: Sequence[PlacedDocument]) -> Choices:
    """Return to which bodies documents go or went: what was sent to one is taken together."""
    there = {body for one in found for body in one.sent_to}
    return [(one.value, capital(label(one))) for one in Recipient if one in there]


def _told(found: Sequence[PlacedDocument], added: str) -> str:
    """Say what became of a file that was sent; of an id that is none of theirs nothing."""
    if added == "before":
        return "The file was added before. It stands in the list."
    one = next((each.document for each in found if str(each.document.id) == added), None)
    if one is None:
        return ""
    return f"“{one.shown_title}” is added."
