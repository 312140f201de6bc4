"""What a filled-in Word file says: as blocks for a PDF, and as text for a check of what stands."""

from collections.abc import Iterator
from typing import Final

from docx.document import Document as Page
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph as Line

from services.documents.blocks import Block, Grid, Heading, Items, Paragraph
from services.documents.glyphs import plain

_TEXT: Final = qn("w:t")
_BREAKS: Final = frozenset({qn("w:br"), qn("w:cr"), qn("w:tab")})
_LINE: Final = qn("w:p")


def blocks_of(page: Page, title: str) -> tuple[Block, ...]:
    """Return the body as blocks: its headings, paragraphs, lists and tables, in their order.

    The title stands at the head of every PDF by itself. Pictures, headers and footers are left to
    the Word file.
    """
    found: list[Block] = []
    for one in page.iter_inner_content():
        if isinstance(one, Table):
            found.extend(_of_table(one))
            continue
        text = plain(one.text)
        if text and not _is_title(one, text, title):
            _add(found, _of_line(one, text))
    return tuple(_under_a_heading(found))


def words_of(page: Page) -> str:
    """Return every word of the file: its body, its headers and its footers, line by line."""
    stories = [page.element.body]
    for section in page.sections:
        stories += [section.header._element, section.footer._element]  # noqa: SLF001  # its XML
        if section.different_first_page_header_footer:
            first = (section.first_page_header, section.first_page_footer)
            stories += [one._element for one in first]  # noqa: SLF001  # its XML
    return "\n".join(_words(line) for story in stories for line in story.iter(_LINE))


def _words(line: object) -> str:
    """Return the text of one paragraph."""
    return "".join(
        (one.text or "") if one.tag == _TEXT else " "
        for one in line.iter()  # type: ignore[attr-defined]  # an element of lxml, which has no types
        if one.tag == _TEXT or one.tag in _BREAKS
    )


def _style(line: Line) -> str:
    style = line.style
    return (style.name or "") if style is not None else ""


def _is_title(line: Line, text: str, title: str) -> bool:
    return _style(line) == "Title" or " ".join(text.split()) == " ".join(title.split())


def _of_line(line: Line, text: str) -> Block:
    style = _style(line)
    if style.startswith("Heading "):
        return Heading(level=1 if style == "Heading 1" else 2, text=text)
    marks = line._p.pPr  # noqa: SLF001  # python-docx has no word for lists
    if style.startswith("List") or (marks is not None and marks.numPr is not None):
        return Items(items=(text,), numbered="Number" in style)
    return Paragraph(text=text, notice="Quote" in style)


def _add(found: list[Block], block: Block) -> None:
    """Add the block; a point goes to the list that stands before it."""
    last = found[-1] if found else None
    if isinstance(block, Items) and isinstance(last, Items) and last.numbered is block.numbered:
        found[-1] = Items(items=(*last.items, *block.items), numbered=last.numbered)
    else:
        found.append(block)


def _of_table(table: Table) -> Iterator[Block]:
    """Yield a table, whose first row names its columns; one of a single row is only a setting."""
    rows = [tuple(plain(cell.text) for cell in row.cells) for row in table.rows]
    rows = [row for row in rows if any(row)]
    if len(rows) < 2:  # a head and something under it
        yield from (Paragraph(text=text) for row in rows for text in row if text)
        return
    width = max(map(len, rows))
    even = [(*row, *("",) * (width - len(row))) for row in rows]
    columns = tuple(text or "(no heading)" for text in even[0])
    yield Grid(caption="", columns=columns, rows=tuple(even[1:]))


def _under_a_heading(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks; a second heading that stands under no first one is a first one itself."""
    has_first = False
    for block in blocks:
        if isinstance(block, Heading):
            yield Heading(level=block.level if has_first else 1, text=block.text)
            has_first = True
        else:
            yield block
