"""A copy that is handed out says whose it is on each page; what is stored stays as it is."""

import io

import pikepdf
import pytest

from services.documents.blocks import Heading, Paragraph
from services.documents.pdf import set_as_pdf
from services.documents.wording import Worded
from services.storage import StoredContentChanged
from services.storage.pdfs import why_pdf_refused
from services.storage.watermarks import with_watermark

LINE = r"NBL-2026-014: collected by the Panel (a \ test) on Wednesday 23 September 2026"


@pytest.fixture(scope="module")
def paper() -> bytes:
    lines = (Paragraph(text=f"Line {number} of a long record.") for number in range(150))
    return set_as_pdf(
        Worded(
            title="Rapid review record",
            reference="NBL-2026-014",
            partnership="Northshire",
            marking="Official",
            template="test",
            blocks=(Heading(level=1, text="What happened"), *lines),
        )
    )


def drawn_on(content: bytes) -> list[bytes]:
    """Return all that each page draws."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
        return [bytes(page.Contents.read_bytes()) for page in pdf.pages]


def lines_of(content: bytes) -> list[bytes]:
    """Return what the newest content stream of each page draws."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [bytes(page.Contents[-1].read_bytes()) for page in pdf.pages]


def test_every_page_has_the_line_and_its_own_words_still(paper):
    stamped = with_watermark(paper, LINE)
    drawn = lines_of(stamped)
    assert len(drawn) > 1
    escaped = LINE.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    assert all(f"({escaped}) Tj".encode() in each for each in drawn)
    assert all(b"/Artifact BMC" in each for each in drawn)
    for before, after in zip(drawn_on(paper), drawn_on(stamped), strict=True):
        assert after.startswith(b"q\n" + before)
    assert why_pdf_refused(stamped) is None


def test_the_same_line_makes_the_same_copy_and_another_line_another(paper):
    before = bytes(paper)
    assert with_watermark(paper, LINE) == with_watermark(paper, LINE)
    assert with_watermark(paper, LINE) != with_watermark(paper, LINE + "!")
    assert paper == before


def test_what_is_no_pdf_is_not_handed_out():
    with pytest.raises(StoredContentChanged):
        with_watermark(b"no document", LINE)
