"""The documents that a person may know of, in order: by step and agency, newest version first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Final
from uuid import UUID

from services.casework.access.documents import papers_seen
from services.database.cases import Case
from services.database.dispatches import dispatches
from services.database.documents import Document
from services.database.partnerships import agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState
from services.domain.document_steps import step_of
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.workflow import Step

ADDED: Final = "added"
"""The code of what belongs to no step: the files that people added to the case."""
OF_NO_AGENCY: Final = "none"
_FORMS: Final = {form.value: place for place, form in enumerate(DocumentForm)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsWanted:
    """What the documents are narrowed by: codes of the address; what is none narrows nothing."""

    step: str = ""
    agency: str = ""
    kind: str = ""
    sent: str = ""

    @property
    def is_any(self) -> bool:
        """Tell whether anything is narrowed."""
        return bool(self.step or self.agency or self.kind or self.sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a paper: its files, each in another form, and whether a newer one is there."""

    number: int
    files: tuple[Document, ...]

    @property
    def first(self) -> Document:
        """Return the file that stands for it: the PDF where there is one."""
        return self.files[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One paper in its newest version, with those before it, newest first."""

    newest: Version
    older: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfAgency:
    """The papers of one agency in a step; ``name`` is empty where they are of no one agency."""

    code: str
    name: str
    papers: tuple[Shelved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The papers of one step; of no step are the files that people added to the case."""

    step: Step | None
    agencies: tuple[OfAgency, ...]

    @property
    def code(self) -> str:
        """Return the code by which the step stands in an address."""
        return self.step.value if self.step else ADDED

    @property
    def count(self) -> int:
        """Return how many papers there are, each counted once in all its versions and forms."""
        return sum(len(one.papers) for one in self.agencies)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedDocument:
    """A document with where it belongs: its step and its agency, by name and code.

    ``sent_to`` are the bodies to which it goes or went, as far as the person reads the whole case.
    """

    document: Document
    step: Step | None
    agency: str
    agency_code: str
    sent_to: frozenset[Recipient] = frozenset()

    def is_wanted(self, by: DocumentsWanted) -> bool:
        """Tell whether it is among those that are asked for."""
        return (
            by.step in {"", self.step.value if self.step else ADDED}
            and by.agency in {"", self.agency_code}
            and by.kind in {"", self.document.kind.value}
            and by.sent in {"", *self.sent_to}
        )


def placed(work: UnitOfWork, case: Case) -> list[PlacedDocument]:
    """Return the documents that the person may know of, each with its place, newest first."""
    names, sent = agency_names(work.session), _sent(work, case)
    return [
        replace(_placed(one, names), sent_to=frozenset(sent.get(one.id, ())))
        for one in papers_seen(work, case)
    ]


def wanted(found: Iterable[PlacedDocument], by: DocumentsWanted) -> list[PlacedDocument]:
    """Return those that are asked for; a code that is none of theirs narrows nothing."""
    every = list(found)
    known = DocumentsWanted(
        step=_known(by.step, (one.step.value if one.step else ADDED for one in every)),
        agency=_known(by.agency, (one.agency_code for one in every)),
        kind=_known(by.kind, (one.document.kind.value for one in every)),
        sent=_known(by.sent, (body.value for one in every for body in one.sent_to)),
    )
    return [one for one in every if one.is_wanted(known)]


def shelves(found: Sequence[PlacedDocument]) -> tuple[Shelf, ...]:
    """Return them by step and agency in the order of the guidance; what is of no step comes last.

    Of each paper the newest version stands first and those before it follow, its forms together.
    """
    steps: list[Step | None] = [*Step, None]
    made = (_shelf(step, [one for one in found if one.step is step]) for step in steps)
    return tuple(one for one in made if one.agencies)


def _sent(work: UnitOfWork, case: Case) -> Mapping[UUID, set[Recipient]]:
    """Return to which bodies each document goes or went, to who reads the whole case.

    What reaches either mailbox of the Panel reaches the Panel (E-05); what is dropped does not go.
    """
    found: dict[UUID, set[Recipient]] = {}
    if not work.actor.may(Permission.READ_CASE):
        return found
    for one in dispatches(work.session, case.id):
        if one.state is not DispatchState.DROPPED:
            is_panel = one.recipient is Recipient.PANEL_SECRETARIAT
            for document in one.document_ids:
                body = Recipient.PANEL if is_panel else one.recipient
                found.setdefault(document, set()).add(body)
    return found


def _known(code: str, codes: Iterable[str]) -> str:
    return code if code in set(codes) else ""


def _placed(document: Document, names: Mapping[UUID, str]) -> PlacedDocument:
    by_code = {str(one): name for one, name in names.items()}
    name = by_code.get(document.subject, "")
    is_of_agency = bool(name)
    return PlacedDocument(
        document=document,
        step=step_of(document.kind, document.subject, is_of_agency=is_of_agency),
        agency=name,
        agency_code=document.subject if is_of_agency else OF_NO_AGENCY,
    )


def _shelf(step: Step | None, found: Sequence[PlacedDocument]) -> Shelf:
    agencies = {(one.agency, one.agency_code): None for one in found}
    groups = (
        OfAgency(
            code=code,
            name=name,
            papers=_papers([one.document for one in found if one.agency_code == code]),
        )
        for name, code in sorted(agencies)
    )
    return Shelf(step=step, agencies=tuple(groups))


def _papers(found: Sequence[Document]) -> tuple[Shelved, ...]:
    """Return the papers among the documents, in the order of when their newest was made."""
    by_paper: dict[tuple[str, str], list[Document]] = {}
    for one in found:
        by_paper.setdefault(_paper(one), []).append(one)
    kept = [line for documents in by_paper.values() for line in _in_versions(documents)]
    return tuple(sorted(kept, key=lambda one: one.newest.first.made_at, reverse=True))


def _paper(document: Document) -> tuple[str, str]:
    """Return by what the versions of a paper are told from those of others.

    Each file that was added is one of its own, whatever number it has.
    """
    is_upload = document.kind is DocumentKind.UPLOAD
    return document.kind.value, str(document.id) if is_upload else document.subject


def _in_versions(documents: Sequence[Document]) -> list[Shelved]:
    numbers = sorted({one.version for one in documents}, reverse=True)
    versions = [_version(number, documents) for number in numbers]
    first = [one for one in versions if _stands_beside(versions[0], one)]
    older = tuple(one for one in versions if one not in first)
    return [Shelved(newest=one, older=older if one is first[0] else ()) for one in first]


def _stands_beside(newest: Version, other: Version) -> bool:
    """Tell whether the other is current as well.

    The pack that leaves out what a police mark hides is the next version of the whole one, made
    from the same entry; neither is in place of the other.
    """
    if other is newest:
        return True
    one, two = newest.first, other.first
    is_pack = one.kind is DocumentKind.MEETING_PACK
    return is_pack and bool(one.said) and one.said[:1] == two.said[:1]


def _version(number: int, documents: Sequence[Document]) -> Version:
    files = sorted((one for one in documents if one.version == number), key=attrgetter("form"))
    files.sort(key=lambda one: _FORMS.get(one.form, len(_FORMS)))
    return Version(number=number, files=tuple(files))
