"""The yearly report's section as a file, PDF or Word: of no case, so that none keeps it."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from services.casework.partnership_learning.yearly_report import YearlyReport
from services.casework.partnership_learning.yearly_told import TITLE, introduced, parts_of
from services.documents.blocks import Block, Grid, Heading, Items, Paragraph, Picture
from services.documents.pdf import set_as_pdf
from services.documents.word import set_as_word
from services.documents.wording import Worded
from services.domain.paper_parts import PaperSection

MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def section_worded(report: YearlyReport) -> Worded:
    """Return the section ready to be set, in the partnership's own words."""
    return Worded(
        title=f"{TITLE}: {report.year.told}",
        reference="",
        partnership=report.partnership,
        marking="",
        blocks=tuple(_blocks(report)),
        template="",
    )


def as_file(section: Worded, made_on: date, extension: str) -> bytes:
    """Return the section as the file of that extension; in Word tables stand for the pictures."""
    return set_as_pdf(section) if extension == "pdf" else set_as_word(section, made_on)


def _blocks(report: YearlyReport) -> Iterator[Block]:
    for text in introduced(report):
        yield Paragraph(text=text)
    for part in parts_of(report):
        yield from _part(part, 1)


def _part(part: PaperSection, level: int) -> Iterator[Block]:
    yield Heading(level=level, text=part.heading)
    for text in part.paragraphs:
        for line in filter(str.strip, text.splitlines()):
            yield Paragraph(text=line)
    if part.items:
        yield Items(items=part.items)
    if part.drawing is not None:
        yield Picture(svg=part.drawing.svg, in_words=part.drawing.in_words)
    if part.table is not None:
        yield Grid(caption="", columns=part.table.columns, rows=part.table.rows)
    for under in part.parts:
        yield from _part(under, level + 1)
