"""The text of a Word file, paragraph by paragraph and table by table, as its reader sees it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree  # type: ignore[import-untyped]  # it ships no types

from services.domain.filled_forms import TextBlock, TextRow
from services.storage.office import DOCUMENT
from services.storage.office_parts import BREAKS, GONE, elements, plain_name

# What was struck out or moved away, stops of a ruler, and what stands in for a drawing in programs
# that cannot show it.
_NOT_READ: Final = GONE | {"tabs", "Fallback"}
_PARTS: Final = frozenset({"p", "tc", "tr", "tbl"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """The end of a paragraph, with its text, of a cell, of a row or of a table."""

    name: str
    text: str
    is_in_cell: bool


def paragraphs_of(content: bytes) -> tuple[str, ...]:
    """Return the paragraphs of a Word file that was checked; empty ones are left out.

    Changes that are only suggested are read as taken: what was struck out is not there. Headers,
    footers, comments and notes are other parts of the file, and are not read.
    """
    texts = (one.text.replace("\t", " ").strip() for one in _pieces(content) if one.name == "p")
    return tuple(filter(None, texts))


def blocks_of(content: bytes) -> tuple[TextBlock, ...]:
    """Return the same text with the rows of its tables as rows, in the order of the file.

    A table inside a cell is read as lines of that cell, and keeps its text.
    """
    found: list[TextBlock] = []
    cells, lines, table = list[str](), list[str](), 0
    for piece in _pieces(content):
        if piece.is_in_cell:
            if piece.name == "p":
                lines.append(piece.text)
        elif piece.name == "p":
            found.append(piece.text.strip())
        elif piece.name == "tc":
            cells.append("\n".join(lines).strip())
            lines.clear()
        elif piece.name == "tr":
            found.append(TextRow(table, tuple(cells)))
            cells.clear()
        else:
            table += 1
    if cells:  # of no row: a file that no program makes
        found.append(TextRow(table, tuple(cells)))
    return tuple(filter(None, found))


def _pieces(content: bytes) -> Iterator[_Piece]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(DOCUMENT)
    text, goes_on = list[str](), False
    for element in elements(part):
        name = plain_name(element.tag)
        if name == "t" or name in BREAKS:
            text.append(_read(name, element))
        elif name in GONE:
            goes_on = goes_on or _is_end_of_paragraph(element)
        elif name == "p" and goes_on:
            goes_on = False  # its end was struck out: it goes on with the next paragraph
        elif name in _PARTS:
            yield from _ended(name, element, "".join(text))
            text.clear()
    if text:
        yield _Piece("p", "".join(text), is_in_cell=False)


def _ended(name: str, element: etree._Element, text: str) -> Iterator[_Piece]:
    """Yield what ended, and before it the text of a cell that no paragraph ended."""
    is_in_cell = any(plain_name(one.tag) == "tc" for one in element.iterancestors())
    if text or name == "p":
        yield _Piece("p", text, is_in_cell or name == "tc")
    if name != "p":
        yield _Piece(name, "", is_in_cell)


def _is_end_of_paragraph(element: etree._Element) -> bool:
    """Tell whether the mark is on the end of a paragraph and not on text."""
    above = element.getparent()
    return (
        above is not None
        and plain_name(above.tag) == "rPr"
        and above.getparent() is not None
        and plain_name(above.getparent().tag) == "pPr"
    )


def _read(name: str, element: etree._Element) -> str:
    above = {plain_name(one.tag) for one in element.iterancestors()}
    if above & _NOT_READ:
        return ""
    return element.text or "" if name == "t" else BREAKS[name]
