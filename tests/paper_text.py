"""What a paper says, read back from its bytes: from a PDF by its fonts' own maps, or from Word."""

import io
import re
from collections.abc import Iterator

import docx
import pikepdf
from docx.table import Table

from tests.papers_when_read import set_now

_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SPANS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_SPAN = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_MARKER = re.compile(r"(?:[\u2022\u2023\u2013]|\d+\.)")
_HIDDEN = dict.fromkeys(map(ord, "\u00ad\u200b\u2060"))


class PaperText(str):
    """The text of a paper, in which words are found wherever lines and cells are broken."""

    __slots__ = ()

    def __contains__(self, words: object) -> bool:
        return squeezed(str(words)) in squeezed(self)


def squeezed(text: str) -> str:
    """Return the text without anything that only parts it."""
    return "".join(text.translate(_HIDDEN).split())


def text_of(content: bytes) -> PaperText:
    """Return the text of a PDF or a Word file, of which one that was not set yet is set first."""
    content = set_now(content)
    text = _of_pdf(content) if content.startswith(b"%PDF-") else _of_word(content)
    return PaperText(" ".join(text.translate(_HIDDEN).split()))


def said_in_order(content: bytes) -> str:
    """Return all that a paper says between head and foot, in its order, without what parts it.

    What a page repeats and the markers of lists are left out, so that both forms compare.
    """
    if content.startswith(b"%PDF-"):
        text = _of_pdf(content, with_artifacts=False)
    else:
        text = "\n".join(_told_in(content))
    words = text.translate(_HIDDEN).split()
    return "".join(word for word in words if not _MARKER.fullmatch(word))


def headings_of(content: bytes) -> list[tuple[int, str, bool]]:
    """Return each heading of a Word file: its level, its words, and whether it is without text."""
    found: list[tuple[int, str, bool]] = []
    page = docx.Document(io.BytesIO(content))
    for part in page.iter_inner_content():
        style = "" if isinstance(part, Table) else part.style.name
        if style == "Title" or style.startswith("Heading"):
            level = 0 if style == "Title" else int(style.rpartition(" ")[2])
            found = [(*one[:2], one[2] and level <= one[0]) for one in found]
            found.append((level, part.text, True))
        elif isinstance(part, Table) or part.text.strip():
            found = [(*one[:2], False) for one in found]
    return found


def _told_in(content: bytes) -> Iterator[str]:
    for part in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(part, Table):
            yield from (cell.text for row in part.rows for cell in row.cells)
        else:
            yield part.text


def _of_word(content: bytes) -> str:
    page = docx.Document(io.BytesIO(content))
    texts = [line.text for line in page.paragraphs]
    texts += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def _of_pdf(content: bytes, *, with_artifacts: bool = True) -> str:
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
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
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
