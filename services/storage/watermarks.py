"""One line at the foot of every page of a PDF, by which a copy that was handed out is known.

The stored document is never touched: what is stamped is a copy of its bytes. The line is an
artifact, so that what reads the document aloud leaves it out.
"""

import io
from typing import Final

import pikepdf

from services.storage import StoredContentChanged

_SIZE: Final = 7  # points
_FROM_EDGE: Final = 14  # points
_GREY: Final = "0.35 g"
_FONT: Final = pikepdf.Name("/KeylineWatermark")


def with_watermark(content: bytes, line: str) -> bytes:
    """Return a copy of the PDF with the line on each page; the same line makes the same bytes.

    Raises StoredContentChanged for what is no PDF: the documents that are sent are all of our own
    making.
    """
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            font = pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Font,
                    Subtype=pikepdf.Name.Type1,
                    BaseFont=pikepdf.Name.Helvetica,
                    Encoding=pikepdf.Name.WinAnsiEncoding,
                )
            )
            for page in pdf.pages:
                _stamp(pdf, page, font, line)
            stamped = io.BytesIO()
            pdf.save(stamped, deterministic_id=True)
            return stamped.getvalue()
    except pikepdf.PdfError:
        raise StoredContentChanged from None


def _stamp(pdf: pikepdf.Pdf, page: pikepdf.Page, font: pikepdf.Object, line: str) -> None:
    """Write the line over what the page shows, whose own graphics state is left behind first."""
    page.add_resource(font, pikepdf.Name.Font, _FONT)
    left, bottom = (float(edge) for edge in list(page.mediabox)[:2])
    where = f"{left + 2 * _FROM_EDGE:.2f} {bottom + _FROM_EDGE:.2f} Td"
    drawn = f"/Artifact BMC q BT {_GREY} {_FONT} {_SIZE} Tf {where} ({_literal(line)}) Tj ET Q EMC"
    page.contents_add(pdf.make_stream(b"q\n"), prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ\n" + drawn.encode("cp1252", "replace")))


def _literal(line: str) -> str:
    """Return the line as PDF writes a string of letters: its own marks are escaped."""
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
