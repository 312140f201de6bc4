"""Tables that leave as a file, CSV or Excel: every cell is text, and none is worked out.

A spreadsheet takes a cell of a CSV file that begins with certain marks for a formula; an apostrophe
before them keeps it text. An Excel file says of each cell that it is text.
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Final
from xml.sax.saxutils import escape, quoteattr

EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
EXTENSIONS: Final = ("xlsx", "csv")
FORMULA_MARKS: Final = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROWS_CHOSEN_FROM: Final = 2_000
_LONGEST_CHOICE: Final = 255
_AT: Final = (1980, 1, 1, 0, 0, 0)
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_KINDS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# The second style is text that is wrapped, the third the same in bold, for the heading row.
_STYLES: Final = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="1" xfId="0" applyNumberFormat="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>'
)

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table as a file: how its name ends, its media type and its bytes."""

    extension: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SheetWritten:
    """One sheet of a workbook: its name, its heading row, its rows, and what a column offers."""

    name: str
    head: Cells
    rows: Sequence[Cells]
    choices: Mapping[int, Sequence[str]]


def as_file(
    extension: str,
    head: Cells,
    rows: Sequence[Cells],
    choices: Mapping[int, Sequence[str]] | None = None,
) -> TableFile:
    """Return the table as an Excel (xlsx) or as a CSV file (csv)."""
    if extension == "xlsx":
        return TableFile(extension, EXCEL, workbook_of(head, rows, choices))
    return TableFile(extension, CSV, csv_of(head, rows))


def csv_of(head: Cells, rows: Sequence[Cells]) -> bytes:
    """Return the table as a CSV file that a spreadsheet opens as it is, with no formula in it."""
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    for row in (head, *rows):
        write([as_text(one) for one in row])
    return out.getvalue().encode("utf-8-sig")


def as_text(cell: str) -> str:
    """Return a cell of a CSV file so that no program takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_MARKS) else cell


def workbook_of(
    head: Cells, rows: Sequence[Cells], choices: Mapping[int, Sequence[str]] | None = None
) -> bytes:
    """Return the table as an Excel file; ``choices`` are offered in a column, by its place."""
    return workbook_of_sheets([SheetWritten("Table", head, rows, choices or {})])


def workbook_of_sheets(sheets: Sequence[SheetWritten]) -> bytes:
    """Return the tables as an Excel file of several sheets, in this order."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _parts(sheets):
            archive.writestr(zipfile.ZipInfo(name, _AT), _HEAD + part, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def _parts(sheets: Sequence[SheetWritten]) -> Iterator[tuple[str, str]]:
    """Yield the parts of the file by their names: what ties them together, then each sheet."""
    places = {at: f"worksheets/sheet{at}.xml" for at in range(1, len(sheets) + 1)}
    named = "".join(
        f'<sheet name={quoteattr(one.name)} sheetId="{at}" r:id="r{at}"/>'
        for at, one in zip(places, sheets, strict=True)
    )
    yield "[Content_Types].xml", _kinds(places.values())
    yield (
        "_rels/.rels",
        _ties([f'Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"']),
    )
    tied = [f'Id="r{at}" Type="{_OFFICE}/worksheet" Target="{one}"' for at, one in places.items()]
    styles = f'Id="styles" Type="{_OFFICE}/styles" Target="styles.xml"'
    yield "xl/_rels/workbook.xml.rels", _ties([*tied, styles])
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'
    yield "xl/workbook.xml", book
    yield "xl/styles.xml", _STYLES
    for place, one in zip(places.values(), sheets, strict=True):
        yield f"xl/{place}", "".join(_sheet(one.head, one.rows, one.choices))


def _ties(ties: Iterable[str]) -> str:
    """Return the part that ties others to one."""
    tied = "".join(f"<Relationship {one}/>" for one in ties)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{tied}</Relationships>'


def _kinds(places: Iterable[str]) -> str:
    """Return the part that says of which kind each other part is."""
    sheets = "".join(
        f'<Override PartName="/xl/{one}" ContentType="{_KINDS}.worksheet+xml"/>' for one in places
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_KINDS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_KINDS}.styles+xml"/>{sheets}</Types>'
    )


def _sheet(
    head: Cells, rows: Sequence[Cells], choices: Mapping[int, Sequence[str]]
) -> Iterator[str]:
    yield f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield "</sheetView></sheetViews>"
    yield f'<cols><col min="1" max="{len(head)}" width="24" style="1" customWidth="1"/></cols>'
    yield "<sheetData>"
    for number, row in enumerate((head, *rows), start=1):
        yield f'<row r="{number}">'
        yield from (_cell(text, 2 if number == 1 else 1) for text in row)
        yield "</row>"
    yield "</sheetData>"
    offered = {at: one for at, one in choices.items() if len(",".join(one)) <= _LONGEST_CHOICE}
    if offered:
        yield f'<dataValidations count="{len(offered)}">'
        yield from (_choice(at, one) for at, one in offered.items())
        yield "</dataValidations>"
    yield "</worksheet>"


def _cell(text: str, style: int) -> str:
    plain = escape(_NOT_XML.sub("", text))
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{plain}</t></is></c>'


def _choice(at: int, words: Sequence[str]) -> str:
    column = chr(ord("A") + at)
    where = quoteattr(f"{column}2:{column}{_ROWS_CHOSEN_FROM}")
    listed = escape(f'"{",".join(words)}"')
    return (
        f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref={where}>'
        f"<formula1>{listed}</formula1></dataValidation>"
    )
