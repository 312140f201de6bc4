"""Several documents of a case at once: which, with what is said of each, and what is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.access.cases import record_viewing
from services.casework.access.copies import is_marked, reader_line
from services.casework.access.document_shelf import (
    DocumentsWanted,
    PlacedDocument,
    placed,
    wanted,
)
from services.casework.access.documents import object_name, papers_seen, saved_as
from services.casework.labels import label
from services.database.cases import Case
from services.database.documents import DocumentState
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import csv_of
from services.domain.errors import NotFound, RuleBroken
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital
from services.domain.viewings import Viewed
from services.storage import ObjectName

MOST_OCTETS: Final = 200 * 1000 * 1000
MOST_FILES: Final = 500
MANIFEST: Final = "manifest.csv"
_HEAD: Final = (
    "File",
    "Document",
    "Kind",
    "Step",
    "Agency",
    "Version",
    "Form",
    "Made",
    "Bytes",
    "SHA-256",
    "SHA-256 of this copy, marked for its reader",
    "Left out because",
)
_ADDED: Final = "added to the case"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledDocument:
    """One document: its name in the file, where it lies, what the manifest says of it.

    ``left_out`` says why its bytes are not there; it is empty where they are. A copy that is marked
    for its reader has a ``line`` on each page and, once it is, a digest of its own.
    """

    id: UUID
    name: str
    told: tuple[str, ...]
    made_at: datetime
    size: int
    stored: tuple[ObjectName, str, str | None]
    left_out: str = ""
    line: str = ""
    marked_sha256: str = ""

    @property
    def sha256(self) -> str:
        """Return the digest that its bytes were stored with."""
        return self.stored[1]

    @property
    def cells(self) -> tuple[str, ...]:
        """Return its line of the manifest."""
        name = "" if self.left_out else self.name
        digests = (self.sha256, self.marked_sha256)
        return (name, *self.told, str(self.size), *digests, self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The documents that go together: of which case, who asked, when, and for which of them."""

    reference: str
    asked_by: str
    asked_at: datetime
    narrowed_to: str
    items: tuple[BundledDocument, ...]

    @property
    def sent(self) -> tuple[BundledDocument, ...]:
        """Return those whose bytes are there."""
        return tuple(one for one in self.items if not one.left_out)

    def as_written(self, reasons: Mapping[UUID, str], digests: Mapping[UUID, str]) -> "Bundle":
        """Return it with those left out as well that have a reason, and the digests of copies."""
        left_out = (replace(one, left_out=reasons.get(one.id, one.left_out)) for one in self.items)
        items = (replace(one, marked_sha256=digests.get(one.id, "")) for one in left_out)
        return replace(self, items=tuple(items))

    @property
    def manifest(self) -> Mapping[str, bytes]:
        """Return what is said of the documents, by the name of the file that says it."""
        left_out = len(self.items) - len(self.sent)
        about = (
            f"Documents of case {self.reference}",
            f"Asked for by {self.asked_by}, {date_and_time(self.asked_at)}",
            f"Which: {self.narrowed_to}",
            f"In this file: {len(self.sent)}. Left out: {left_out}"
            + (f" (each with its reason in {MANIFEST})." if left_out else "."),
            "Each was compared with the SHA-256 with which it was stored before it was put here.",
            "A meeting pack is a copy that is marked for its reader, and has a digest of its own.",
            "To compare them again: sha256sum -c SHA256SUMS",
            "",
        )
        sums = "".join(f"{one.marked_sha256 or one.sha256}  {one.name}\n" for one in self.sent)
        return {
            "about.txt": "\r\n".join(about).encode(),
            MANIFEST: csv_of(_HEAD, [one.cells for one in self.items]),
            "SHA256SUMS": sums.encode(),
        }


def bundle_of(work: UnitOfWork, case: Case, by: DocumentsWanted) -> Bundle:
    """Return the documents that the person may know of and asks for; every version of each.

    One that waits for a scan, or was refused by it, is named and left out. Raises NotFound where
    there is none to send, RuleBroken where they are too many or too large together.
    """
    found = wanted(placed(work, case), by)
    bundle = Bundle(
        reference=case.reference,
        asked_by=_who(work),
        asked_at=work.now,
        narrowed_to=_narrowed(found, by)
        if by.is_any
        else "every document that this person may open",
        items=tuple(_item(work, case, one) for one in found),
    )
    if not bundle.sent:
        raise NotFound("There is no document to send.")
    why = too_much([one.document.size for one in found])
    if why:
        raise RuleBroken(why)
    return bundle


def too_much(sizes: Sequence[int]) -> str:
    """Say why documents of these sizes are not sent in one file; nothing where they are."""
    together = sum(sizes)
    if together <= MOST_OCTETS and len(sizes) <= MOST_FILES:
        return ""
    return (
        f"These are {len(sizes)} files of {together / 1_000_000:.0f} MB. At most {MOST_FILES} "
        f"files and {MOST_OCTETS // 1_000_000} MB go into one download: choose a step, an agency "
        "or a kind, and take them in parts."
    )


def record_openings(work: UnitOfWork, case: Case, bundle: Bundle) -> None:
    """Record in one go that the documents of the bundle were opened.

    They are asked for once more: raises RuleBroken where one of them may not be opened any more.
    """
    open_now = {one.id for one in papers_seen(work, case) if one.standing is DocumentState.KEPT}
    if not open_now.issuperset(one.id for one in bundle.sent):
        raise RuleBroken("What you may open changed while the documents were read. Ask again.")
    for one in bundle.sent:
        record_viewing(work, case, Viewed.DOCUMENT, one.id)


def _who(work: UnitOfWork) -> str:
    name = names(work.session, {work.actor.person_id}).get(work.actor.person_id, "")
    return f"{name}, {label(work.actor.role)}" if name else label(work.actor.role)


def _narrowed(found: Sequence[PlacedDocument], by: DocumentsWanted) -> str:
    """Say of which steps, agencies and kinds they are, and to whom they were sent if asked."""
    steps = dict.fromkeys(label(one.step) if one.step else _ADDED for one in found)
    agencies = dict.fromkeys(one.agency for one in found if one.agency)
    kinds = dict.fromkeys(label(one.document.kind) for one in found)
    bodies = {body for one in found for body in one.sent_to if body.value == by.sent}
    sent = [f"sent to {label(one)}, or to be sent" for one in bodies]
    parts = [*sent, ", ".join(steps), ", ".join(kinds), ", ".join(agencies)]
    return "; ".join(filter(None, parts))


def _item(work: UnitOfWork, case: Case, one: PlacedDocument) -> BundledDocument:
    document = one.document
    is_kept = document.standing is DocumentState.KEPT
    folder = one.step.value if one.step else "added"
    return BundledDocument(
        id=document.id,
        name=f"{folder}/{saved_as(work, document, case.reference)}",
        told=(
            document.shown_title,
            capital(label(document.kind)),
            label(one.step) if one.step else capital(_ADDED),
            one.agency,
            str(document.version),
            document.shown_form,
            date_and_time(document.made_at),
        ),
        made_at=document.made_at,
        size=document.size,
        stored=(object_name(document), document.sha256, document.version_id),
        left_out="" if is_kept else capital(label(document.standing)),
        line=reader_line(work, case.reference) if is_marked(document) else "",
    )
