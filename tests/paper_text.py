"""What a paper says, read back from its bytes: from a PDF by its fonts' own maps, or from Word."""

import io
import re
from collections.abc import Iterator

import docx
import pikepdf

_MAPPED = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_SPANS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_SPAN = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
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
    """Return the text of a PDF or a Word file."""
    text = _of_pdf(content) if content.startswith(b"%PDF-") else _of_word(content)
    return PaperText(" ".join(text.translate(_HIDDEN).split()))


def _of_word(content: bytes) -> str:
    page = docx.Document(io.BytesIO(content))
    texts = [line.text for line in page.paragraphs]
    texts += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)


def _of_pdf(content: bytes) -> str:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return "\n".join(text for page in pdf.pages for text in _of_page(page))


def _of_page(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.resources.Font.items()}
    letters: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                yield _read(bytes(operands[0]), letters)
            case "TJ":
                shown = [one for one in operands[0] if isinstance(one, pikepdf.String)]
                yield "".join(_read(bytes(one), letters) for one in shown)
            case "Tm" | "Td" | "T*":
                yield " "


def _read(shown: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters.get(shown[at : at + 2], "") for at in range(0, len(shown), 2))


def _letters(font: pikepdf.Object) -> dict[bytes, str]:
    """Return which text each two-byte glyph of the font stands for."""
    found: dict[bytes, str] = {}
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
