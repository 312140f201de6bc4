"""The text of a Word file, as its reader sees it."""

import io

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from services.storage.office_text import paragraphs_of

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
