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
- A partnership's own template is somebody else's program: see `own/`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from services.domain.documents import DocumentForm, DocumentKind, Paper, RenderedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTemplate:
    """A partnership's own Word template of one kind of paper, as it was checked and kept."""

    version: int
    sha256: str
    content: bytes


class TemplateFailed(Exception):
    """A partnership's template cannot be filled in; ``troubles`` say why, each in a sentence."""

    def __init__(self, troubles: tuple[str, ...]) -> None:
        super().__init__(" ".join(troubles))
        self.troubles = troubles


class Documents(Protocol):
    """What casework asks of the room that makes papers."""

    def pdf(self, paper: Paper) -> RenderedDocument:
        """Make a tagged PDF of the paper."""
        ...

    def word(self, paper: Paper) -> RenderedDocument:
        """Make a Word document of the paper, for the partnership to edit."""
        ...

    def from_own(self, paper: Paper, own: OwnTemplate) -> Mapping[DocumentForm, RenderedDocument]:
        """Make the paper from a partnership's template, as Word and as a PDF with its words.

        Raises TemplateFailed where the template cannot be filled in, or leaves out what stands in
        every paper of the kind.
        """
        ...

    def starter(self, kind: DocumentKind) -> bytes:
        """Return a Word template of the kind to begin with: it says what the house's own says."""
        ...
