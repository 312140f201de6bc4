"""A partnership's own Word templates for tests: made from the one to begin with, and applied."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document as Page

from services.casework.own_template_trial import tried_and_stored
from services.casework.own_templates import (
    AnswerTemplate,
    ProposeTemplate,
    answer_template,
    propose_template,
)
from services.casework.steps.file_checks import StoredUpload
from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind
from services.domain.roles import Role
from services.storage.memory import MemoryStore
from services.storage.scanning import NO_SCANNER
from tests.words import words_of
from tests.world import World

LETTER = DocumentKind.SCOPING_LETTER
MANAGER, ADMINISTRATOR = Role.BUSINESS_MANAGER, Role.PARTNERSHIP_ADMINISTRATOR
OWN_WORDS = "This letter has the words of the partnership."


@dataclass(frozen=True)
class Place:
    """Where a template is tried and kept."""

    store: Any
    documents: Any = field(default_factory=KeylineDocuments)
    scanner: Any = NO_SCANNER


def a_template(kind: DocumentKind = LETTER, *changes: Callable[[Page], object]) -> bytes:
    """Return the template to begin with, changed."""
    page = docx.Document(io.BytesIO(KeylineDocuments().starter(kind)))
    for change in changes:
        change(page)
    kept = io.BytesIO()
    page.save(kept)
    return kept.getvalue()


def adding(text: str) -> Callable[[Page], object]:
    """Return what adds a paragraph to a template."""
    return lambda page: page.add_paragraph(text)


def leaving_out(text: str) -> Callable[[Page], object]:
    """Return what takes every paragraph with that text out of a template."""

    def change(page: Page) -> None:
        found = [one for one in page.paragraphs if one.text == text]
        assert found, text
        for one in found:
            one._p.getparent().remove(one._p)

    return change


def leaving_out_parts(name: str, instead: str = "") -> Callable[[Page], object]:
    """Return what takes the house's first or last words out, and puts others in their place."""

    def change(page: Page) -> None:
        lines = page.paragraphs
        begins = next(at for at, one in enumerate(lines) if f"in {name}_parts" in one.text)
        deep, ends = 0, begins
        for ends in range(begins, len(lines)):
            deep += lines[ends].text.startswith("{%p for") - (lines[ends].text == "{%p endfor %}")
            if not deep:
                break
        lines[begins].text = instead
        for one in lines[begins + 1 : ends + 1]:
            one._p.getparent().remove(one._p)

    return change


def proposing(**but: Any) -> ProposeTemplate:
    """Return why a template changes, and from when."""
    usual = {"reason": "Our own letterhead.", "effective_on": "2025-12-01"}
    return words_of(ProposeTemplate, but, **usual)


def kept_template(world: World, store: Any, content: bytes, kind=LETTER) -> StoredUpload:
    """Try the template and keep it, as the page does."""
    file = ("letter.docx", content)
    owner = world.ours.partnership_id
    return tried_and_stored(Place(store), kind, owner, file, is_scan_demanded=False)


def applied(
    world: World, store: Any, content: bytes | None, when: str = "2025-12-01", kind=LETTER
) -> int:
    """Have the administrator propose a template, and the manager apply it; return its version.

    Without content Keyline's own holds again.
    """
    upload = None if content is None else kept_template(world, store, content, kind)
    with world.act(ADMINISTRATOR, when) as work:
        number = propose_template(work, kind, proposing(effective_on=when[:10]), upload)
    with world.act(MANAGER, when) as work:
        answer_template(work, kind, number, AnswerTemplate(is_approved=True))
    return number


def with_own_templates(world: World, when: str) -> None:
    """Leave a template that a second person refused."""
    upload = kept_template(world, MemoryStore(), a_template())
    with world.act(MANAGER, when) as work:
        number = propose_template(work, LETTER, proposing(effective_on=when[:10]), upload)
    with world.act(ADMINISTRATOR, when) as work:
        refused = AnswerTemplate(is_approved=False, reasons="Too plain.")
        answer_template(work, LETTER, number, refused)
