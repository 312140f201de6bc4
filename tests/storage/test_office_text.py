"""The text of a Word file, as its reader sees it."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.domain.filled_forms import TextRow
from services.storage.office_text import blocks_of, paragraphs_of

_CHANGES = (
    '<w:p {ns}><w:r><w:t xml:space="preserve">We </w:t></w:r>'
    '<w:del w:id="1" w:author="A"><w:r><w:delText>must not</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="A"><w:r><w:t>do</w:t></w:r></w:ins>'
    '<w:moveFrom w:id="3" w:author="A"><w:r><w:t>moved away</w:t></w:r></w:moveFrom></w:p>'
)


def a_letter() -> bytes:
    page = docx.Document()
    page.sections[0].header.paragraphs[0].text = "OFFICIAL-SENSITIVE"
    page.add_heading("Covering letter", 0)
    page.add_paragraph("Dear Panel,\nand all")
    page.add_paragraph("   ")
    page.add_table(rows=1, cols=2).rows[0].cells[1].text = "A cell & more"
    page.element.body.insert(-1, parse_xml(_CHANGES.format(ns=nsdecls("w"))))
    line = page.add_paragraph("One")
    line.add_run(" and").bold = True
    line.add_run("\ttwo")
    written = io.BytesIO()
    page.save(written)
    return written.getvalue()


def test_each_paragraph_is_read_with_its_changes_taken_and_nothing_of_other_parts():
    assert paragraphs_of(a_letter()) == (
        "Covering letter",
        "Dear Panel,\nand all",
        "A cell & more",
        "We do",
        "One and two",
    )


_IN_A_CELL = (
    (
        '<w:p {ns}><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
        '<w:rPr><w:del w:id="4" w:author="A"/></w:rPr></w:pPr>'
        "<w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:noBreakHyphen/></w:r></w:p>"
    ),
    (
        '<w:p {ns}><w:r><w:t>three</w:t></w:r><w:del w:id="5" w:author="A">'
        "<w:r><w:br/><w:tab/><w:delText>x</w:delText></w:r></w:del></w:p>"
    ),
    (
        "<w:sdt {ns}><w:sdtContent><w:p><w:r><w:t>in a control</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    ),
)


def test_rows_are_read_cell_by_cell_and_a_table_in_a_cell_keeps_its_text():
    """Where a paragraph's end was struck out the next one goes on; a struck break is none."""
    page = docx.Document()
    page.add_paragraph("Before")
    table = page.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "First\tand\nlast"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "side"
    for part in _IN_A_CELL:
        table.cell(1, 0)._tc.append(parse_xml(part.format(ns=nsdecls("w"))))
    page.add_paragraph("After")
    page.add_table(rows=1, cols=1).cell(0, 0).text = "Alone"
    written = io.BytesIO()
    page.save(written)
    assert blocks_of(written.getvalue()) == (
        "Before",
        TextRow(0, ("First\tand\nlast", "in\nside")),
        TextRow(0, ("One\ttwo-three\nin a control", "")),
        "After",
        TextRow(1, ("Alone",)),
    )


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAGS = ("p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "del", "br", "tab", "sdt", "moveFrom")
_TREES = st.recursive(
    st.tuples(st.sampled_from(_TAGS), st.just(())),
    lambda inner: st.tuples(st.sampled_from(_TAGS), st.lists(inner, max_size=4).map(tuple)),
    max_leaves=25,
)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.lists(_TREES, max_size=4))
def test_no_tangle_of_paragraphs_and_tables_stops_the_reading_or_loses_its_text(trees):
    """Each text that was not struck out is there, however the parts stand in each other."""
    body, said = etree.Element(f"{_W}body"), []
    for tree in trees:
        _grow(body, tree, said, is_read=True)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", etree.tostring(body))
    found = blocks_of(written.getvalue())
    texts = [one for one in found if isinstance(one, str)]
    texts += [cell for one in found if isinstance(one, TextRow) for cell in one.cells]
    assert sorted(" ".join(texts).split()) == sorted(said)


def _grow(above, tree, said, *, is_read):
    tag, inner = tree
    one = etree.SubElement(above, f"{_W}{tag}")
    if tag == "t":
        one.text = f" word{len(said)} "
        said += [one.text.strip()] if is_read else []
    for each in inner:
        _grow(one, each, said, is_read=is_read and tag not in {"del", "moveFrom"})
