"""A spreadsheet is read as text by a process of its own, and nothing in it is worked out."""

import io
import zipfile

import pytest

from services.documents.tables import as_text, csv_of, workbook_of
from services.domain.errors import AnswerRefused
from services.storage.checking import check
from services.storage.office_parts import PartRefused
from services.storage.sheet_child import answered
from services.storage.sheet_text import MOST_CELLS, SEVERAL, TOO_MUCH, table_in
from services.storage.sheets import rows_of_workbook

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
STYLES = (
    f"<styleSheet {MAIN}><numFmts><numFmt numFmtId='164' formatCode='dd/mm/yyyy\\ hh:mm'/>"
    "<numFmt numFmtId='165' formatCode='0.0&quot;days&quot;'/></numFmts>"
    "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
    "<xf numFmtId='14'/><xf numFmtId='20'/><xf numFmtId='164'/><xf numFmtId='165'/></cellXfs>"
    "</styleSheet>"
)


def workbook(sheet: str, **others: str) -> bytes:
    """Return an Excel file with this inside its sheet, and other parts in place of the usual."""
    usual = workbook_of(("x",), ())
    made = {"sheet1": f"<worksheet {MAIN}><sheetData>{sheet}</sheetData></worksheet>"} | others
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, made.pop(stem) if stem in made else old.read(name))
        for stem, part in made.items():
            new.writestr(f"xl/{stem}.xml", part)
    return out.getvalue()


def test_what_is_written_is_read_again_and_is_a_file_that_may_be_sent():
    """LC-33: also what looks like a formula: it is text there, and text when it comes again."""
    rows = [("27/3/2024", "=1+1 & <b>", "Two\nlines"), ("", "", "@here")]
    content = workbook_of(("Date", "Event", "Source"), rows, {1: ("seen", "heard")})
    assert check("made.xlsx", content).extension == "xlsx"
    read, formulas = rows_of_workbook(content)
    assert [list(cells) for _number, cells in read] == [
        ["Date", "Event", "Source"],
        *map(list, rows),
    ]
    assert [number for number, _cells in read] == [1, 2, 3]
    assert not formulas
    assert csv_of(("A",), [("=1",), ("-2",), ("plain",)]).decode("utf-8-sig").split() == [
        "A",
        "'=1",
        "'-2",
        "plain",
    ]
    assert as_text("+44") == "'+44"


def test_days_times_and_shared_texts_are_read_as_they_are_shown():
    """LC-33: a day is a count of days of which the form of its cell says that it is one."""
    strings = f"<sst {MAIN}><si><t>Seen</t></si><si><r><t>by a </t></r><r><t>GP</t></r></si></sst>"
    sheet = (
        '<row r="3"><c r="A3" s="1"><v>45378</v></c><c r="B3" s="2"><v>0.6041666667</v></c>'
        '<c r="C3" t="s"><v>0</v></c><c r="D3" t="s"><v>1</v></c><c r="F3" s="3"><v>45378.5</v>'
        '</c><c r="G3" s="4"><v>12.0</v></c><c r="H3" t="b"><v>1</v></c><c r="I3"><v>45378</v></c>'
        "</row>"
        '<row r="5"><c t="s"><v>9</v></c><c><v>7</v></c></row>'
    )
    table = table_in(workbook(sheet, styles=STYLES, sharedStrings=strings))
    assert table.rows == [
        (
            3,
            [
                "2024-03-27",
                "14:30",
                "Seen",
                "by a GP",
                "",
                "2024-03-27 12:00",
                "12",
                "TRUE",
                "45378",
            ],
        ),
        (5, ["", "7"]),
    ]
    early = workbook('<row r="1"><c r="A1" s="1"><v>1</v></c></row>', styles=STYLES)
    assert table_in(early).rows == [(1, ["1900-01-01"])]


def test_a_formula_is_told_by_its_place_and_never_worked_out():
    sheet = (
        '<row r="2"><c r="B2"><f>1+1</f><v>2</v></c><c r="C2" t="str"><f>A1</f><v>x</v></c></row>'
    )
    assert table_in(workbook(sheet)).formulas == [(2, 2), (2, 3)]


@pytest.mark.parametrize(
    ("sheet", "says"),
    [
        ('<row r="1"><c r="CX1"><v>1</v></c></row>', TOO_MUCH),
        ("<row>" + "<c r='A1'><v>1</v></c>" * (MOST_CELLS + 1) + "</row>", TOO_MUCH),
        ('<row r="1"><c t="inlineStr"><is><t>' + "x" * 400_001 + "</t></is></c></row>", TOO_MUCH),
    ],
)
def test_a_sheet_that_holds_more_than_a_chronology_is_not_read(sheet, says):
    with pytest.raises(PartRefused, match=says):
        table_in(workbook(sheet))


def test_what_cannot_be_read_is_refused_by_the_process_and_not_guessed():
    """A file that is none, and one of two sheets that both hold something."""
    assert "refused" in answered(b"PK no file")
    one = '<row r="1"><c r="A1"><v>1</v></c></row>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="b" Type="x/worksheet" Target="/xl/sheet2.xml"/></Relationships>'
    )
    second = f"<worksheet {MAIN}><sheetData>{one}</sheetData></worksheet>"
    two = workbook(one, sheet2=second)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(two)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            is_tied = name == "xl/_rels/workbook.xml.rels"
            new.writestr(name, relations if is_tied else old.read(name))
    with pytest.raises(AnswerRefused, match="More than one sheet") as found:
        rows_of_workbook(out.getvalue())
    assert (found.value.field, str(found.value)) == ("file", SEVERAL)
