"""What the cells of a workbook say, as the forms of the acts would be posted, and where it stands.

A cell is named as the spreadsheet does: its sheet, its column by letters, its row by number.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from services.casework.commands import Kind
from services.casework.taking_over.acts_taken import TakenAct
from services.casework.workbook_file import Rows, column_letters
from services.domain.labels import label
from services.web.bringing_in.questions_there import SheetAsked, sheets_of
from services.web.forms.brought_in import typed_as
from services.web.forms.fields import Options, Question
from services.web.forms.messages import about
from services.web.forms.text import is_blank, showable

Book = Mapping[str, Rows]
MOST_ROWS: Final = 20
_SEVERAL: Final = frozenset({Kind.SEVERAL, Kind.AGENCIES})
_CHOSEN: Final = frozenset({Kind.ONE_OF, Kind.AGENCY, *_SEVERAL})


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing to put right: in which cell, or else on which sheet, and what."""

    place: str
    message: str


@dataclass(slots=True)
class ActSaid:
    """What the sheets of an act say: as fields of its form, where each stands, what is wrong."""

    fields: dict[str, tuple[str, ...]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    sheet: str = ""

    def place_of(self, name: str) -> str:
        """Return where the answer to a question stands, or would; else its sheet."""
        return self.places.get(name, self.places.get(name.partition("-")[0], self.sheet))

    def take(self, question: Question, text: str, place: str, options: Options) -> None:
        """Take what a cell says of the question."""
        self.places[question.name] = place
        words = showable(text).strip()
        if is_blank(words):
            return
        said = _fields(question, words, options)
        if said:
            self.fields |= said
        else:
            self.problems.append(CellProblem(place, about(question, _must(question))))


def said_of(book: Book, taken: TakenAct, options: Options) -> ActSaid:
    """Return what the workbook says of the act; nothing stands in it where no sheet is filled."""
    said = ActSaid(sheet=taken.sheet)
    for asked in sheets_of(taken):
        rows = book.get(asked.name, ())
        if asked.rows_of:
            _take_list(said, asked, rows, options)
        else:
            _take_form(said, asked, rows, options)
    return said


def strange_sheets(book: Book, known: Iterable[str]) -> Iterator[CellProblem]:
    """Yield what stands on a sheet that the workbook does not have: it would be left out."""
    for name in book.keys() - set(known):
        yield CellProblem(name, "This sheet is not of the workbook. Take it out of the file.")


def _take_form(said: ActSaid, asked: SheetAsked, rows: Rows, options: Options) -> None:
    known = {_plain(one.label): one for one in asked.questions}
    for number, cells in rows[1:]:
        what, answer = [*cells, "", ""][:2]
        question = known.get(_plain(what))
        place = f"{asked.name}, cell B{number}"
        if question is not None:
            said.take(question, answer, place, options)
        elif not is_blank(answer):
            told = "The question beside it is not of this sheet. Take the blank workbook again."
            said.problems.append(CellProblem(place, told))


def _take_list(said: ActSaid, asked: SheetAsked, rows: Rows, options: Options) -> None:
    known = {_plain(one.label): one for one in asked.questions}
    head = rows[0][1] if rows else ()
    columns = {at: known[_plain(one)] for at, one in enumerate(head) if _plain(one) in known}
    said.places[asked.rows_of] = asked.name
    filled = [(number, cells) for number, cells in rows[1:] if not all(map(is_blank, cells))]
    if len(filled) > MOST_ROWS:
        said.problems.append(CellProblem(asked.name, f"Enter {MOST_ROWS} rows or fewer."))
        return
    for at_row, (number, cells) in enumerate(filled):
        for at, text in enumerate(cells):
            place = f"{asked.name}, cell {column_letters(at + 1)}{number}"
            if at in columns:
                question = replace(columns[at], name=f"{asked.rows_of}-{at_row}-{columns[at].name}")
                said.take(question, text, place, options)
            elif not is_blank(text):
                told = "The heading of this column is not of this sheet."
                said.problems.append(CellProblem(place, told))
        for at, one in columns.items():
            name = f"{asked.rows_of}-{at_row}-{one.name}"
            said.places.setdefault(name, f"{asked.name}, cell {column_letters(at + 1)}{number}")


def _fields(question: Question, words: str, options: Options) -> dict[str, tuple[str, ...]]:
    """Return what is posted for the words of a cell; nothing where they are no such answer."""
    if question.kind not in _CHOSEN:
        typed = typed_as(question, words)
        return {name: (typed[name],) for name in question.parts if name in typed}
    offered = _offered(question, options)
    many = question.kind in _SEVERAL
    said = [_plain(one) for one in words.replace("\n", ";").split(";")] if many else [_plain(words)]
    chosen = [offered.get(one, "") for one in said if one]
    return {question.name: tuple(chosen)} if chosen and all(chosen) else {}


def _offered(question: Question, options: Options) -> dict[str, str]:
    """Return what is posted for each answer that may be chosen, by its words."""
    if question.words:
        return {_plain(label(one)): one.value for one in question.words}
    return {_plain(one.label): one.value for one in options.get(question.name, ())}


def _must(question: Question) -> str:
    if question.kind in {Kind.DAY, Kind.MOMENT}:
        return "must be a day as people write it, such as 12 December 2025"
    if question.kind is Kind.YES_NO:
        return "must be yes or no"
    return "must be one of the answers that the sheet names"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
