"""What a paper says as it is downloaded, read back from its bytes by whoever compares papers."""

import io
import re
from collections.abc import Iterator

import docx
import pikepdf
from docx.table import Table

_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SPANS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_SPAN = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_MARKER = re.compile(r"(?:[\u2022\u2023\u2013]|\d+\.)")
HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))


def squeezed(text: str) -> str:
    """Return the text without anything that only parts it."""
    return "".join(text.translate(HIDDEN).split())


def said_in_order(content: bytes) -> str:
    """Return all that a paper says between head and foot, in its order, without what parts it.

    What a page repeats and the markers of lists are left out, so that both forms compare.
    """
    if content.startswith(b"%PDF-"):
        text = of_pdf(content, with_artifacts=False)
    else:
        text = "\n".join(_told_in(content))
    words = text.translate(HIDDEN).split()
    return "".join(word for word in words if not _MARKER.fullmatch(word))


def _told_in(content: bytes) -> Iterator[str]:
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            yield from (cell.text for row in part.rows for cell in row.cells)
        else:
            yield part.text


def of_pdf(content: bytes, *, with_artifacts: bool = True) -> str:
    """Return the text of a PDF by its fonts' own maps, with what each page repeats or without."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = (_of_page(page, with_artifacts=with_artifacts) for page in pdf.pages)
        return "\n".join(text for page in pages for text in page)


def _of_page(page: pikepdf.Page, *, with_artifacts: bool) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.resources.Font.items()}
    letters: dict[bytes, str] = {}
    for operands, operator, is_artifact in _marked(page):
        match operator:
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj" | "TJ" if is_artifact and not with_artifacts:
                continue
            case "Tj":
                yield _read(bytes(operands[0]), letters)
            case "TJ":
                shown = [one for one in operands[0] if isinstance(one, pikepdf.String)]
                yield "".join(_read(bytes(one), letters) for one in shown)
            case "Tm" | "Td" | "T*":
                yield " "


def _marked(page: pikepdf.Page) -> Iterator[tuple[list[pikepdf.Object], str, bool]]:
    """Yield each instruction of the page, and whether it draws what a reader is not told."""
    marks: list[str] = []
    for one in pikepdf.parse_content_stream(page):
        operands = list(one.operands)
        match str(one.operator):
            case "BMC" | "BDC":
                marks.append(str(operands[0]))
            case "EMC":
                marks.pop()
            case other:
                yield operands, other, "/Artifact" in marks


def _read(shown: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters.get(shown[at : at + 2], "") for at in range(0, len(shown), 2))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """Return which text each two-byte glyph of the font stands for."""
    found: dict[bytes, str] = {}
    if "/ToUnicode" not in font:
        return found  # that of a watermark, which is no text of the paper
    for kind, body in _SPANS.findall(font.ToUnicode.read_bytes()):
        if kind == b"bfchar":
            for glyph, text in _MAPPED.findall(body):
                found[bytes.fromhex(glyph.decode())] = _utf16(text)
        else:
            for first, last, text in _SPAN.findall(body):
                start = int(text, 16)
                for step in range(int(last, 16) - int(first, 16) + 1):
                    found[(int(first, 16) + step).to_bytes(2, "big")] = chr(start + step)
    return found


def _utf16(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be")
