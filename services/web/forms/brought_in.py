"""The answers of a file that was filled in, put into a form in which something may stand already.

What stands there stays, but for what the form itself opened with where a file takes its place. What
became of each answer is told under names of its own beside the answers, and is kept with the draft
until the form is sent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from services.casework.commands import Kind
from services.domain.filled_forms import FilledForm, same_words
from services.web.forms.days_written import boxes_of
from services.web.forms.fields import Question
from services.web.forms.parsing import (
    MOST_ROWS,
    TOLD,
    Answers,
    asked_names,
    in_row,
    left_over,
    read,
)
from services.web.forms.text import is_blank, showable
from services.web.posted_form import Posted

PUT_IN: Final = "in"
UNANSWERED: Final = "unanswered"
NOT_THERE: Final = "absent"
STAYS: Final = "stays"
UNREAD: Final = "unread"
ANOTHER: Final = "another"
NOT_ASKED: Final = "unasked"
BESIDE: Final = f"{TOLD}beside-words"
LEFT_OVER: Final = f"{TOLD}left-over"
_NOTHING: Final = Posted()
_YES_NO: Final = {"yes": "yes", "y": "yes", "no": "no", "n": "no"}


@dataclass(slots=True)
class _Filling:
    """The answers of the form, what is told of each that was brought in, and what stands beside."""

    answers: dict[str, tuple[str, ...]]
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    beside: list[str] = field(default_factory=list)

    def tell(self, name: str, became: str, words: str = "") -> None:
        self.told[f"{TOLD}{name}"] = (f"{became} {words}".strip(),)

    def has(self, question: Question) -> bool:
        typed = (text for name in question.parts for text in self.answers.get(name, ()))
        return not all(map(is_blank, typed))

    def opens_alike(self, question: Question, opened: Posted) -> bool:
        """Tell whether the answer that stands is the one with which the form opened."""
        return self.has(question) and same_answer(question, Posted(self.answers), opened)

    def drop(self, question: Question) -> None:
        for name in question.parts:
            self.answers.pop(name, None)

    def as_posted(self) -> Posted:
        told = {BESIDE: (showable("\n\n".join(self.beside)),)} if self.beside else {}
        return Posted({**self.answers, **self.told, **told})


def brought_into(
    questions: tuple[Question, ...],
    typed: Posted,
    filled: FilledForm,
    asked: frozenset[str],
    opened: Posted = _NOTHING,
) -> Posted:
    """Return the form with each answer for which it had none, and what became of the others.

    ``asked`` are the names of all that the paper asks; what it asks and this form does not is told.
    What was typed where the form asks nothing any more is told too, and is no answer. ``opened`` is
    with what the form opened, where a text of the file takes the place of that: where the file has
    none, it stays and is told.
    """
    known = asked_names(questions, typed)
    sheet = _Filling({name: said for name, said in typed.answers.items() if name in known})
    left = [one for one in (typed.one(LEFT_OVER), *left_over(questions, typed)) if one]
    if left:
        sheet.told[LEFT_OVER] = ("\n\n".join(left),)
    for question in (one for one in questions if one.name in asked):
        if sheet.opens_alike(question, opened):
            if is_blank(filled.answers.get(question.name, "")):
                sheet.tell(question.name, STAYS)
                continue
            sheet.drop(question)
        _fill(sheet, question, filled)
    here = {one.name for one in questions}
    for name, said in filled.answers.items():
        if name not in here and not is_blank(said):
            sheet.tell(name, NOT_ASKED)
    sheet.beside.extend(filled.beside)
    return sheet.as_posted()


def same_answer(question: Question, some: Posted, other: Posted) -> bool:
    """Tell whether two forms answer a question alike, however their lines and days are written."""
    one, two = (read_alone(question, each) for each in (some, other))
    if not one.problems and not two.problems:
        return one.values == two.values
    return all(same_words(some.one(name)) == same_words(other.one(name)) for name in question.parts)


def read_alone(question: Question, posted: Posted) -> Answers:
    """Return the answer to one question of a form, or what is wrong with it."""
    parts = {name: posted.all(name) for name in question.parts}
    return read((question,), Posted(parts), None)


def one_line(text: str) -> str:
    """Return lines as one, for an answer that has room for one only."""
    lines = [" ".join(one.split()) for one in text.split("\n") if not is_blank(one)]
    ended = [one if one.endswith((",", ";", ":", ".")) else f"{one}," for one in lines[:-1]]
    return " ".join((*ended, *lines[-1:]))


def typed_as(question: Question, words: str) -> dict[str, str]:
    """Return what is posted for an answer in these words; nothing where they are no such answer."""
    if question.kind is Kind.YES_NO:
        said = _YES_NO.get(words.strip(" .,;:!").casefold())
        return {question.name: said} if said else {}
    if question.kind in {Kind.DAY, Kind.MOMENT}:
        boxes = boxes_of(words)
        return {f"{question.name}-{part}": said for part, said in boxes.items()}
    return {question.name: one_line(words) if question.kind is Kind.SHORT_TEXT else words}


def _fill(sheet: _Filling, question: Question, filled: FilledForm) -> None:
    """Put what the file says of the question, or tell that it does not have it."""
    if question.name not in filled.found:
        sheet.tell(question.name, NOT_THERE)
    elif question.kind is Kind.ROWS:
        _put_rows(sheet, question, filled.rows[question.name])
    else:
        _put(sheet, question, filled.answers[question.name])


def _put(sheet: _Filling, question: Question, text: str) -> None:
    """Put one answer where there is none yet; tell of it otherwise."""
    words = showable(text).strip()
    if is_blank(words):
        sheet.tell(question.name, UNANSWERED)
        return
    said = {name: (one,) for name, one in typed_as(question, words).items()}
    if not sheet.has(question):
        sheet.answers |= said
        sheet.tell(question.name, *((PUT_IN,) if said else (UNREAD, words)))
    elif said and same_answer(question, Posted(sheet.answers), Posted(said)):
        sheet.tell(question.name, PUT_IN)
    else:
        sheet.tell(question.name, ANOTHER, words)


def _put_rows(sheet: _Filling, question: Question, rows: Iterable[Mapping[str, str]]) -> None:
    """Put each row of a list to the row about the same, else in the next that is free.

    A row of which nothing can stand in the form is set beside it: no row would tell of it.
    """
    places = [in_row(replace(question, rows=question.asked), at) for at in range(MOST_ROWS)]
    free = [row for row in reversed(places) if not any(map(sheet.has, row))]
    about = defaultdict[str, list[tuple[Question, ...]]](list)
    for place in places:
        if sheet.has(place[0]):
            about[same_words(sheet.answers[place[0].name][0])].append(place)
    for row in rows:
        cells = [row[one.name] for one in question.asked]
        same = about.get(same_words(cells[0]))
        if all(map(is_blank, cells)):
            continue
        if same:
            _put_row(sheet, same.pop(0), cells)
        elif free and _says_something(free[-1], cells):
            _put_row(sheet, free.pop(), cells)
        else:
            sheet.beside.append("\n".join(filter(None, cells)))


def _says_something(place: tuple[Question, ...], cells: list[str]) -> bool:
    said = ((one, showable(text).strip()) for one, text in zip(place, cells, strict=True))
    return any(not is_blank(text) and typed_as(one, text) for one, text in said)


def _put_row(sheet: _Filling, place: tuple[Question, ...], cells: list[str]) -> None:
    for asked, text in zip(place, cells, strict=True):
        if not is_blank(text) or asked.required or asked.needed:
            _put(sheet, asked, text)
