"""How a worded paper is set as a Word document that a partnership can go on editing."""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any

from docx import Document
from docx.document import Document as Page
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph as Line

from services.documents.blocks import Block, Facts, Grid, Heading, Items, Paragraph, Picture
from services.documents.wording import Worded

_FONT = "Arial"
_BLACK = RGBColor(0x0B, 0x0C, 0x0C)
_ROOM = Pt(42)
_EPOCH = (1980, 1, 1, 0, 0, 0)


def set_as_word(paper: Worded, prepared_on: date) -> bytes:
    """Return the paper as a .docx; the same paper gives the same bytes."""
    page = begun(paper, prepared_on)
    for block in paper.blocks:
        if not isinstance(block, Picture):  # what it shows stands in words beside it
            _add(page, block)
    return written(page)


def begun(paper: Worded, prepared_on: date) -> Page:
    """Return a page with the paper's styles, properties, margins and title, and nothing else."""
    page = Document()
    _set_styles(page)
    _set_properties(page, paper, prepared_on)
    _set_margins(page, paper)
    add_line(page, paper.title, "Title")
    return page


def written(page: Page) -> bytes:
    """Return the page as a file; the same page gives the same bytes."""
    content = io.BytesIO()
    page.save(content)
    return with_fixed_times(content.getvalue())


def _set_styles(page: Page) -> None:
    for name, size in (("Normal", 11), ("Title", 20), ("Heading 1", 15), ("Heading 2", 12.5)):
        style = page.styles[name]
        style.font.name = _FONT
        style.font.size = Pt(size)
        style.font.color.rgb = _BLACK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name_theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{name_theme}"), None)
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{script}"), _FONT)
    language = page.styles["Normal"].element.get_or_add_rPr()
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), "en-GB")
    language.append(tongue)


def _set_properties(page: Page, paper: Worded, prepared_on: date) -> None:
    facts = page.core_properties
    facts.title = paper.title[:255]
    facts.subject = paper.reference[:255]
    facts.author = paper.partnership[:255]
    facts.last_modified_by = paper.partnership[:255]
    facts.category = paper.marking
    facts.language = "en-GB"
    facts.comments = paper.template
    facts.created = facts.modified = datetime.combine(prepared_on, time(), UTC)


def _set_margins(page: Page, paper: Worded) -> None:
    section = page.sections[0]
    above = section.header.paragraphs[0]
    above.text = "\n".join(
        each for each in (paper.marking, paper.partnership, paper.reference) if each
    )
    below = section.footer.paragraphs[0]
    below.add_run("Page ")
    _add_field(below, "PAGE")
    below.add_run(" of ")
    _add_field(below, "NUMPAGES")


def _add_field(line: Line, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    line._p.append(field)  # noqa: SLF001  # python-docx has no word for fields


def _add(page: Page, block: Block) -> None:
    match block:
        case Heading():
            add_line(page, block.text, f"Heading {block.level}")
        case Paragraph():
            line = add_line(page, block.text, "Intense Quote" if block.notice else "")
            line.paragraph_format.keep_together = block.kept or None
        case Items():
            style = "List Number" if block.numbered else "List Bullet"
            for item in block.items:
                add_line(page, item, style)
        case Facts():
            for label, text in block.facts:
                _add_fact(page, label, text)
        case Grid():
            _add_grid(page, block)


def add_line(page: Page, text: str, style: str = "") -> Line:
    """Add a paragraph in the style of that name, or in the usual one.

    Its style is set by its id: python-docx looks through all styles of the template for a name.
    """
    line = page.add_paragraph(text)
    if style:
        line._p.style = _style_ids()[style]  # noqa: SLF001  # nor for a style by its id
    return line


@cache
def _style_ids() -> Mapping[str, str]:
    """Return the ids of the styles of python-docx's own template, by their names."""
    return {str(style.name): str(style.style_id) for style in Document().styles}


def _add_fact(page: Page, label: str, text: str | None) -> None:
    if text is None:
        _add_question(page, label)
        return
    line = page.add_paragraph()
    line.paragraph_format.keep_with_next = True
    line.paragraph_format.space_after = Pt(0)
    line.add_run(label).bold = True
    page.add_paragraph(text)


def _add_question(page: Page, asked: str) -> None:
    """Add a question with the room for its answer under it, as one table.

    They stay together whatever is done to the file, and a filled one is read by it.
    """
    table = _add_table(page, rows=2, columns=1)
    head, room = table.rows
    line = head.cells[0].paragraphs[0]
    line.paragraph_format.keep_with_next = True
    question, _, help_to_answer = asked.partition("\n")
    line.add_run(question).bold = True
    if help_to_answer:
        line.add_run(f"\n{help_to_answer}")
    room.height = _ROOM
    page.add_paragraph()


def _add_grid(page: Page, grid: Grid) -> None:
    if grid.caption:
        caption = add_line(page, grid.caption, "Caption")
        caption.paragraph_format.keep_with_next = True
    table = _add_table(page, rows=1, columns=len(grid.columns))
    for cell, column in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.paragraphs[0].add_run(column).bold = True
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    page.add_paragraph()


def _add_table(page: Page, *, rows: int, columns: int) -> Any:  # noqa: ANN401  # untyped there
    """Add a table with lines, whose first row is its header on each page that it is on."""
    table = page.add_table(rows=rows, cols=columns)
    table._tbl.tblStyle_val = _style_ids()["Table Grid"]  # noqa: SLF001  # nor here
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001  # nor for header rows
    return table


def with_fixed_times(content: bytes) -> bytes:
    """Pack the parts again without the time of day, so that the same paper is the same file."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            fixed = zipfile.ZipInfo(part.filename, _EPOCH)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(fixed, source.read(part))
    return packed.getvalue()
