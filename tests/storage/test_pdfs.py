"""A PDF that does anything but show its pages is refused, wherever in it that stands."""

import io
import resource
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from services.domain.errors import AnswerRefused
from services.storage.checking import check


def a_pdf(change: Callable[[pikepdf.Pdf], None] = lambda _pdf: None) -> bytes:
    """Return a PDF of one page with its objects in compressed streams."""
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return written.getvalue()


def linking(**action: object) -> Callable[[pikepdf.Pdf], None]:
    """Return a change that puts a link with this action on the page."""

    def change(pdf: pikepdf.Pdf) -> None:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, A=Dictionary(**action))
        pdf.pages[0].Annots = pdf.make_indirect(Array([link]))

    return change


def nested(pdf: pikepdf.Pdf) -> None:
    inner: object = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    for _ in range(45):
        inner = Array([inner])
    pdf.Root.Deep = inner


def unreferenced(pdf: pikepdf.Pdf) -> None:
    thing = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS="app.alert(1)"))
    pdf.Root.Names = Dictionary(X=thing)


def in_the_trailer(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info = Dictionary(Next=Dictionary(S=Name.Launch, F="cmd.exe"))


def bytes_elsewhere(pdf: pikepdf.Pdf) -> None:
    stream = pdf.make_stream(b"x")
    stream.F = String("//evil/share")
    pdf.Root.Elsewhere = stream


REFUSED = {
    "a launch": (linking(S=Name.Launch, F=String("cmd.exe")), "scripts"),
    "a script on a link": (linking(S=Name.JavaScript, JS=String("x")), "scripts"),
    "a film": (linking(S=Name.Rendition, R=Dictionary()), "scripts"),
    "another PDF on a share": (linking(S=Name.GoToR, F=String("\\\\10.0.0.1\\x.pdf")), "linked"),
    "a PDF within": (linking(S=Name.GoToE, T=Dictionary()), "linked"),
    "a link to a file": (linking(S=Name.URI, URI=String("file://10.0.0.1/x")), "linked"),
    "a link to a share": (linking(S=Name.URI, URI=String("\\\\10.0.0.1\\x")), "linked"),
    "a link that is a script": (linking(S=Name.URI, URI=String("javascript:alert(1)")), "linked"),
    "a script 45 lists deep": (nested, "scripts"),
    "a script that no page names": (unreferenced, "scripts"),
    "a launch in the trailer": (in_the_trailer, "scripts"),
    "bytes in another file": (bytes_elsewhere, "linked"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_pdf_that_does_something_is_refused(what: str):
    change, told = REFUSED[what]
    with pytest.raises(AnswerRefused, match=told):
        check("a.pdf", a_pdf(change))


@pytest.mark.parametrize("address", ["https://www.gov.uk", "mailto:a@b.example", "www.gov.uk"])
def test_a_link_that_a_reader_may_follow_is_kept(address: str):
    content = a_pdf(linking(S=Name.URI, URI=String(address)))
    assert check("a.pdf", content).content == content


def packed(size: int) -> bytes:
    """Return a PDF whose one object stream unpacks to so many bytes."""
    inner = zlib.compress(b"5 0 << /A 1 >>" + b" " * size, 9)
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n"
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /X 5 0 R >>",
        stream % len(inner) + inner + b"\nendstream",
    )
    written, rows = b"%PDF-1.5\n", b"\0\0\0\0\0\xff"
    for number, body in enumerate(bodies, 1):
        rows += b"\x01" + len(written).to_bytes(4, "big") + b"\0"
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows += b"\x02\0\0\0\x04\0" + b"\x01" + len(written).to_bytes(4, "big") + b"\0"
    table = b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n"
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % len(written)
    return written + table % len(rows) + rows + end


@pytest.mark.slow
def test_a_pdf_whose_objects_unpack_to_far_too_much_is_refused_without_unpacking_them():
    assert check("a.pdf", packed(10_000)).extension == "pdf"
    bomb = packed(400_000_000)
    assert len(bomb) < 500_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(AnswerRefused, match="unpacks to far more"):
        check("a.pdf", bomb)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_a_pdf_that_is_another_file_too_is_refused():
    archive = b"PK\x05\x06" + bytes(18)
    whole = a_pdf()
    for content in (whole + archive, whole[:-6] + archive + whole[-6:], whole + b"<script>"):
        with pytest.raises(AnswerRefused, match=r"damaged|another kind"):
            check("a.pdf", content)
