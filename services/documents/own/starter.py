"""The Word template that a partnership begins with: every name of the kind, in a plain setting."""

import io
from collections.abc import Iterable
from typing import Final

from docx import Document
from docx.document import Document as Page

from services.documents.own.names import names_for
from services.documents.word import with_fixed_times
from services.domain.documents import DocumentKind
from services.domain.labels import document_title
from services.domain.labels.own_words import in_own_words

_PLAIN: Final = ""
ROOM_TO_WRITE: Final = "_" * 60
_HEAD: Final = (
    ("{%p if to %}", _PLAIN),
    ("To: {{ to }}", _PLAIN),
    ("{%p endif %}", _PLAIN),
    ("From: {{ sender }}", _PLAIN),
)
_OF_A_CASE: Final = (("Case reference: {{ reference }}", _PLAIN),)
_PREPARED: Final = (("Prepared on {{ date }}, version {{ version }}", _PLAIN),)
_PART: Final = (
    ("{%p if part.heading %}", _PLAIN),
    ("{{ part.heading }}", "Heading 1"),
    ("{%p endif %}", _PLAIN),
    ("{%p if part.subheading %}", _PLAIN),
    ("{{ part.subheading }}", "Heading 2"),
    ("{%p endif %}", _PLAIN),
    ("{%p for line in part.lines %}", _PLAIN),
    ("{{ line }}", _PLAIN),
    ("{%p endfor %}", _PLAIN),
    ("{%p for fact in part.facts %}", _PLAIN),
    ("{{ fact.label }}: {{ fact.text }}", _PLAIN),
    ("{%p if not fact.text %}", _PLAIN),
    (ROOM_TO_WRITE, _PLAIN),
    ("{%p endif %}", _PLAIN),
    ("{%p endfor %}", _PLAIN),
    ("{%p for point in part.points %}", _PLAIN),
    ("{{ point }}", "List Bullet"),
    ("{%p endfor %}", _PLAIN),
    ("{%p for table in part.tables %}", _PLAIN),
    ("{%p if table.caption %}", _PLAIN),
    ("{{ table.caption }}", _PLAIN),
    ("{%p endif %}", _PLAIN),
    ("{%p for row in table.rows %}", _PLAIN),
    ("{%p for fact in row.facts %}", _PLAIN),
    ("{{ fact.label }}: {{ fact.text }}", "List Bullet"),
    ("{%p endfor %}", _PLAIN),
    ("{%p endfor %}", _PLAIN),
    ("{%p endfor %}", _PLAIN),
)
_SIGNS: Final = "Business manager, for the safeguarding partners of {{ partnership }}"


def starter(kind: DocumentKind) -> bytes:
    """Return the template as a .docx; it stands every check as it is."""
    page, offered = Document(), names_for(kind)
    if "marking" in offered:
        page.sections[0].header.paragraphs[0].text = "{{ marking }}"
    page.core_properties.title = document_title(kind)
    page.core_properties.author = page.core_properties.comments = ""
    page.add_paragraph("{{ title }}", style="Title")
    _add(page, (*_HEAD, *(_OF_A_CASE if "reference" in offered else ()), *_PREPARED))
    for parts in ("opening_parts", "parts", "closing_parts"):
        _add(page, _each_of(parts))
    if "signatory" in offered:
        _add(page, _signed())
    written = io.BytesIO()
    page.save(written)
    return with_fixed_times(written.getvalue())


def _each_of(parts: str) -> Iterable[tuple[str, str]]:
    """Return the lines that repeat for each part of that list."""
    return ((f"{{%p for part in {parts} %}}", _PLAIN), *_PART, ("{%p endfor %}", _PLAIN))


def _signed() -> Iterable[tuple[str, str]]:
    lines = ("Yours faithfully,", "{{ signatory }}", in_own_words(_SIGNS), "{{ business_unit }}")
    return ((line, _PLAIN) for line in lines)


def _add(page: Page, lines: Iterable[tuple[str, str]]) -> None:
    for text, style in lines:
        page.add_paragraph(text, style=style or None)
