"""Which answers stand in a blank form that somebody filled in, by the text of its file.

A question is known by its words, so that the file may be edited in any program: it stands in a
table of its own with the room for its answer under it. What stands anywhere else is told as beside.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from services.domain.plain_text import normalized

MOST_TEXTS: Final = 2_000
MOST_CHARACTERS: Final = 400_000  # each long answer of the scoping form, as long as it may be
_ALIKE: Final = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2013", "''\"\"---")


@dataclass(frozen=True, slots=True)
class TextRow:
    """One row of a table of a file: which table it is in, and the text of each cell."""

    table: int
    cells: tuple[str, ...]


TextBlock = str | TextRow


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankForm:
    """What a blank form asks, by the names of its questions.

    A question is its words, and on lines of their own what helps to answer it. A list is a table,
    known by the titles of its columns; in the first of them a row says whom or what it is about.
    """

    questions: Mapping[str, str]
    lists: Mapping[str, Mapping[str, str]]

    @property
    def names(self) -> frozenset[str]:
        """Return the names of all that it asks."""
        return frozenset(self.questions) | frozenset(self.lists)


@dataclass(slots=True)
class FilledForm:
    """The answers of a form by the names of its questions, and what stands beside them.

    A question that is there and has no answer has an empty one; one that is not there has none.
    """

    answers: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)

    @property
    def found(self) -> Set[str]:
        """Return the names of the questions that are there."""
        return self.answers.keys() | self.rows.keys()


def same_words(text: str) -> str:
    """Return the text without what programs change by themselves: spaces, quotes, line ends."""
    return " ".join(normalized("NFKC", text).translate(_ALIKE).split()).casefold()


def is_too_much(blocks: Sequence[TextBlock]) -> bool:
    """Tell whether this is more text than any filled form has, so that it is not read as one."""
    texts = [cell for one in blocks for cell in (one.cells if isinstance(one, TextRow) else (one,))]
    is_many = len(texts) > MOST_TEXTS or len(blocks) > MOST_TEXTS
    return is_many or sum(map(len, texts)) > MOST_CHARACTERS


def told_in_head(blocks: Sequence[TextBlock], label: str) -> str:
    """Return what stands after a label before the first table, such as the case's reference."""
    head = [one for one in blocks[: _first_row(blocks)] if isinstance(one, str)]
    after = (value for said, value in pairwise(head) if said.strip() == label)
    return next(after, "")


def answers_in(blocks: Sequence[TextBlock], form: BlankForm, made: Set[str]) -> FilledForm:
    """Return the answers; ``made`` is each text of the blank form itself, as same words."""
    reading = _Reading(form, made)
    for block in blocks:
        if isinstance(block, TextRow):
            reading.take_row(block)
        else:
            reading.take_line(block)
    return reading.read()


def texts_of(blocks: Sequence[TextBlock]) -> frozenset[str]:
    """Return each text of a form as it was made, as same words."""
    cells = (cell for one in blocks if isinstance(one, TextRow) for cell in one.cells)
    lines = (one for one in blocks if isinstance(one, str))
    return frozenset(map(same_words, (*lines, *cells)))


def has_answers(filled: FilledForm, made: Set[str]) -> bool:
    """Tell whether anything is said in it that the blank form does not say itself.

    The first of a row names whom it is about, as the blank form does.
    """
    rows = [tuple(row.values()) for rows in filled.rows.values() for row in rows]
    return (
        any(filled.answers.values())
        or bool(filled.beside)
        or any(any(row[1:]) or same_words(row[0]) not in made for row in rows)
    )


def _first_row(blocks: Sequence[TextBlock]) -> int:
    return next((at for at, one in enumerate(blocks) if isinstance(one, TextRow)), len(blocks))


class _Reading:
    """Reads a filled form row by row: a question, or the head of a list, opens what follows."""

    def __init__(self, form: BlankForm, made: Set[str]) -> None:
        self._filled = FilledForm()
        self._said: dict[str, list[str]] = {}
        self._made = made
        self._asked = {_first_line(text): name for name, text in form.questions.items()}
        self._asked |= {same_words(text): name for name, text in form.questions.items()}
        self._lists = {
            tuple(map(same_words, columns.values())): (name, tuple(columns))
            for name, columns in form.lists.items()
        }
        self._table, self._question = -1, ""
        self._list: tuple[str, tuple[str, ...]] = ("", ())

    def read(self) -> FilledForm:
        """Return what was taken, the rows of each answer as its lines."""
        said = self._said.items()
        self._filled.answers = {name: "\n".join(filter(None, texts)) for name, texts in said}
        return self._filled

    def take_line(self, text: str) -> None:
        """Take a paragraph outside a table: nothing is asked there."""
        self._close()
        self._put_beside(text)

    def take_row(self, row: TextRow) -> None:
        """Take a row; in a table that two grew together in, each question opens its own answer."""
        is_first = row.table != self._table
        if is_first:
            self._close()
            self._table = row.table
        head = tuple(map(same_words, row.cells))
        if head in self._lists:
            self._close()
            self._list = self._lists[head]
            self._filled.rows.setdefault(self._list[0], [])
        elif question := self._question_in(head, is_first=is_first):
            self._close()
            self._question = question
            self._said.setdefault(question, [])
            if head[0] not in self._asked:
                self._put_beside(row.cells[0])
        else:
            self._answer(row)

    def _answer(self, row: TextRow) -> None:
        name, columns = self._list
        if columns and len(columns) == len(row.cells):
            self._filled.rows[name].append(dict(zip(columns, row.cells, strict=True)))
        elif self._question:
            self._said[self._question].extend(row.cells)
        else:
            self._put_beside(*row.cells)

    def _question_in(self, head: tuple[str, ...], *, is_first: bool) -> str:
        """Return which question the row asks; an answer may begin with the words of another."""
        if not head or any(head[1:]):
            return ""
        if head[0] in self._asked or not is_first:
            return self._asked.get(head[0], "")
        begun = [one for one in self._asked if head[0].startswith(f"{one} ")]
        return self._asked[max(begun, key=len)] if begun else ""

    def _put_beside(self, *texts: str) -> None:
        if any(same_words(one) not in self._made for one in texts if one):
            self._filled.beside.append("\n".join(filter(None, texts)))

    def _close(self) -> None:
        self._question, self._list = "", ("", ())


def _first_line(text: str) -> str:
    return same_words(text.partition("\n")[0])
