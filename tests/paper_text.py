"""What a paper says, read back from its bytes: from a PDF by its fonts' own maps, or from Word."""

import io

import docx
from docx.table import Table

from tests.acceptance.paper_words import HIDDEN, of_pdf, said_in_order, squeezed
from tests.papers_when_read import set_now

__all__ = ["PaperText", "headings_of", "said_in_order", "squeezed", "text_of"]


class PaperText(str):
    """The text of a paper, in which words are found wherever lines and cells are broken."""

    __slots__ = ()

    def __contains__(self, words: object) -> bool:
        return squeezed(str(words)) in squeezed(self)


def text_of(content: bytes) -> PaperText:
    """Return the text of a PDF or a Word file, of which one that was not set yet is set first."""
    content = set_now(content)
    text = of_pdf(content) if content.startswith(b"%PDF-") else _of_word(content)
    return PaperText(" ".join(text.translate(HIDDEN).split()))


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


def _of_word(content: bytes) -> str:
    page = docx.Document(io.BytesIO(content))
    texts = [line.text for line in page.paragraphs]
    texts += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(texts)
