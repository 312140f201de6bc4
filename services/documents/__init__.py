"""How a paper of a case becomes a PDF or a Word document.

Traps of this room:
- Words typed by people are data, never markup: Jinja escapes them, Typst gets them as JSON,
  Word gets them through python-docx. Nothing is ever pasted into a template's source.
- The same paper gives the same bytes on every machine: bundled fonts only, no time of day.
- A character that the bundled fonts lack would make Typst refuse the whole PDF (PDF/UA-1), so
  `glyphs.py` puts a mark in its place and names it; the Word document keeps it as typed.
- `fonts/` holds static Noto fonts (OFL) for other scripts. Typst prints bold of a variable font as
  regular without a word, so take no variable ones.
- `KeylineDocuments` in `making.py` is the one implementation; it is quick enough for tests.
"""

from typing import Protocol

from services.domain.documents import Paper, RenderedDocument


class Documents(Protocol):
    """What casework asks of the room that makes papers."""

    def pdf(self, paper: Paper) -> RenderedDocument:
        """Make a tagged PDF of the paper."""
        ...

    def word(self, paper: Paper) -> RenderedDocument:
        """Make a Word document of the paper, for the partnership to edit."""
        ...
