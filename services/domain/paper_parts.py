"""What papers are made of: answers, tables, headed parts, a letter's paragraphs; and as made."""

from dataclasses import dataclass
from enum import StrEnum


class DocumentForm(StrEnum):
    """A form in which a paper is made."""

    PDF = "pdf"
    WORD = "word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One question or fact with what was answered; one without a text stands in no paper."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under named columns, with a caption where the heading does not say what they are."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("A table needs at least one column.")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("Every row of a table needs one text for each column.")

    @property
    def without_empty_columns(self) -> "Table":
        """Return it without columns under which nothing stands; one to be filled in keeps all."""
        kept = [at for at in range(len(self.columns)) if any(row[at] for row in self.rows)]
        return Table(
            caption=self.caption,
            columns=tuple(self.columns[at] for at in kept) or self.columns,
            rows=tuple(tuple(row[at] for at in kept) if kept else row for row in self.rows),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A picture as SVG, with what it shows in words for who does not see it."""

    svg: str
    in_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSection:
    """One headed part of a paper, with the parts under it.

    ``blanks`` are questions with room to write in; a second line of one helps to answer it.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    items: tuple[str, ...] = ()
    table: Table | None = None
    drawing: Drawing | None = None
    blanks: tuple[str, ...] = ()
    parts: tuple["PaperSection", ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands under the heading."""
        told = self.paragraphs or self.answers or self.items or self.table or self.drawing
        return not (told or self.blanks or self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """A letter's own paragraphs: those before what is on record, and those after it."""

    opening: tuple[str, ...]
    closing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedDocument:
    """A paper as made: its bytes, what they are, and from which template they came."""

    content: bytes
    media_type: str
    filename: str
    sha256: str
    template: str
