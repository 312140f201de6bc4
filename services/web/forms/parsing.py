"""What did the person answer, and which answers cannot be read as they stand."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from services.casework.commands import Kind, RowForEach
from services.domain.cited import plainly
from services.web.forms import days
from services.web.forms.fields import DAY_PARTS, Options, Question
from services.web.forms.messages import about, heading, missing
from services.web.forms.text import Unreadable, is_blank, plain, showable
from services.web.posted_form import Posted, PostedFile

MOST_ROWS: Final = 40
LONGEST_ANSWER: Final = 200_000
OPENED: Final = "first-shown"  # how what the form is about stood when it was opened
SHOWN: Final = "last-shown"  # and when it was shown last
TAKE: Final = "take-other"  # the answer in place of which the other text is to stand
LOOKED: Final = "saved-sections"  # which sections of a long form were saved: no answer itself
OUR_OWN: Final = frozenset({"begun", "csrf", "next", "once", OPENED, SHOWN, TAKE, LOOKED})
OTHERS: Final = "other-window-"  # what another window had kept: no answer itself
WAS: Final = "was-"  # what stood there, or stands in a file that came back: no answer itself
TOLD: Final = "brought-"  # what is told of an answer that a file brought in: no answer itself
NO_ANSWER: Final = (TOLD, OTHERS, WAS)
_A_CODE: Final = re.compile("[a-z0-9_-]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the question, what to say, and the part to go to."""

    field: str
    message: str
    part: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "message", plainly(self.message))

    @property
    def anchor(self) -> str:
        """Return the id of the part of the page where it can be put right."""
        return f"{self.field}-{self.part}" if self.part else self.field


@dataclass(slots=True)
class Answers:
    """What was read from a form: the answers, the problems, and the rows that were kept."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept_rows: dict[str, list[int]] = field(default_factory=dict)


def read(questions: tuple[Question, ...], posted: Posted, options: Options | None) -> Answers:
    """Read every answer; each that cannot be read is a problem and the others stay."""
    answers = Answers()
    for question in questions:
        _read_one(question, posted, options, answers)
    unknown = _names(posted) - asked_names(questions, posted) - OUR_OWN
    if not all(name.startswith(NO_ANSWER) for name in unknown):
        answers.problems.append(
            Problem("", "The form held an answer that this page does not ask for. Try again.")
        )
    return answers


def row_count(question: Question, posted: Posted) -> int:
    """Return how many rows of a list were posted."""
    pattern = re.compile(rf"{re.escape(question.name)}-([0-9]{{1,3}})-")
    found = (pattern.match(name) for name in _names(posted))
    return min(MOST_ROWS, max((int(one[1]) + 1 for one in found if one), default=0))


def in_row(question: Question, number: int) -> tuple[Question, ...]:
    """Return the questions of one row, named as they are posted."""
    return tuple(replace(one, name=f"{question.name}-{number}-{one.name}") for one in question.rows)


def _read_one(
    question: Question, posted: Posted, options: Options | None, answers: Answers
) -> None:
    if question.kind is Kind.ROWS:
        answers.values[question.name] = _rows(question, posted, options, answers)
        return
    try:
        value = _READERS[question.kind](question, posted, options)
    except Unreadable as refused:
        message = about(question, str(refused))
        answers.problems.append(Problem(question.name, message, refused.part))
        return
    if value is None and question.required:
        part = "day" if question.kind in {Kind.DAY, Kind.MOMENT} else ""
        answers.problems.append(Problem(question.name, missing(question), part))
    elif value is not None:
        answers.values[question.name] = value


def _rows(
    question: Question, posted: Posted, options: Options | None, answers: Answers
) -> tuple[dict[str, Any], ...]:
    given = question.layout
    each = list(given.members) if isinstance(given, RowForEach) else []
    rows, kept = [], []
    for number in range(max(row_count(question, posted), len(each))):
        asked = in_row(replace(question, rows=question.asked), number)
        if number >= len(each) and _is_blank(asked, posted):
            continue
        found = Answers()
        for one in asked:
            _read_one(one, posted, _of_column(options, question, number), found)
        where = heading(question, number)
        answers.problems.extend(
            replace(one, message=f"{where}: {one.message}") for one in found.problems
        )
        stem = f"{question.name}-{number}-"
        row = {name.removeprefix(stem): value for name, value in found.values.items()}
        rows.append(row | ({given.field: each[number]} if isinstance(given, RowForEach) else {}))
        kept.append(number)
    answers.kept_rows[question.name] = kept
    return tuple(rows)


def _of_column(options: Options | None, question: Question, number: int) -> Options | None:
    """Let each row choose from the options of its column."""
    if options is None:
        return None
    named = {
        f"{question.name}-{number}-{one.name}": options[f"{question.name}.{one.name}"]
        for one in question.rows
        if f"{question.name}.{one.name}" in options
    }
    return {**options, **named}


def _is_blank(asked: tuple[Question, ...], posted: Posted) -> bool:
    names = [name for one in asked for name in one.parts]
    typed = [posted.all(name) for name in names]
    # What is answered twice is no blank row: no page sends that, and it is refused as elsewhere.
    is_unanswered = all(len(each) < 2 and all(map(is_blank, each)) for each in typed)
    return is_unanswered and not any(name in posted.files for name in names)


def _names(posted: Posted) -> set[str]:
    return set(posted.answers) | set(posted.files)


def asked_names(questions: tuple[Question, ...], posted: Posted) -> set[str]:
    """Return the names of all that the form asks, with as many rows as were posted."""
    names: set[str] = set()
    for question in questions:
        if question.kind is Kind.ROWS:
            each = question.layout
            count = (
                len(each.members) if isinstance(each, RowForEach) else row_count(question, posted)
            )
            asked = replace(question, rows=question.asked)
            rows = (one for number in range(count) for one in in_row(asked, number))
            names.update(part for one in rows for part in one.parts)
        names.update(question.parts)
    return names


def left_over(questions: tuple[Question, ...], posted: Posted) -> Iterator[str]:
    """Yield the texts under names that the form does not know; a chosen code says nothing."""
    unknown = posted.answers.keys() - asked_names(questions, posted) - OUR_OWN
    for name in (one for one in posted.answers if one in unknown and not one.startswith(NO_ANSWER)):
        for text in map(showable, posted.all(name)):
            if not is_blank(text) and not _A_CODE.fullmatch(text):
                yield text


def _once(question: Question, posted: Posted) -> str:
    typed = posted.all(question.name)
    if len(typed) > 1:
        raise Unreadable("give one answer only")
    text = typed[0] if typed else ""
    if len(text) > LONGEST_ANSWER:
        raise Unreadable(f"use {question.longest:,} characters or fewer")
    return text


def _text(question: Question, posted: Posted, _options: Options | None) -> str | None:
    text = plain(_once(question, posted), lines=question.kind is Kind.LONG_TEXT)
    if len(text) > question.longest:
        raise Unreadable(f"use {question.longest:,} characters or fewer. It has {len(text):,} now")
    return text or None


def _number(question: Question, posted: Posted, _options: Options | None) -> int | None:
    text = _once(question, posted).strip()
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text, re.ASCII):
        raise Unreadable("enter a whole number, like 3")
    return int(text)


def _yes_no(question: Question, posted: Posted, _options: Options | None) -> bool | None:
    text = _once(question, posted)
    if text not in {"", "yes", "no"}:
        raise Unreadable("answer yes or no")
    return text == "yes" if text else None


def _word(question: Question, posted: Posted, _options: Options | None) -> StrEnum | None:
    text = _once(question, posted)
    return _one_word(question, text) if text else None


def _words(question: Question, posted: Posted, _options: Options | None) -> tuple[StrEnum, ...]:
    return tuple(_one_word(question, text) for text in dict.fromkeys(posted.all(question.name)))


def _one_word(question: Question, text: str) -> StrEnum:
    found = {one.value: one for one in question.words}.get(text)
    if found is None:
        raise Unreadable("choose one of the answers shown")
    return found


def _choice(question: Question, posted: Posted, options: Options | None) -> UUID | None:
    text = _once(question, posted)
    return _one_choice(question, text, options) if text else None


def _choices(question: Question, posted: Posted, options: Options | None) -> tuple[UUID, ...]:
    chosen = dict.fromkeys(posted.all(question.name))
    return tuple(_one_choice(question, text, options) for text in chosen)


def _one_choice(question: Question, text: str, options: Options | None) -> UUID:
    if options is not None and text not in {one.value for one in options.get(question.name, ())}:
        raise Unreadable("choose one of the answers shown")
    try:
        return UUID(text)
    except ValueError:
        raise Unreadable("choose one of the answers shown") from None


def _document(
    question: Question, posted: Posted, options: Options | None
) -> UUID | PostedFile | None:
    file = posted.files.get(question.name)
    return file or _choice(question, posted, options)


def _day(question: Question, posted: Posted, _options: Options | None) -> Any:  # noqa: ANN401
    typed = _parts(question, posted)
    return days.moment(typed) if question.kind is Kind.MOMENT else days.day(typed)


def _parts(question: Question, posted: Posted) -> dict[str, str]:
    names = (*DAY_PARTS, "time")
    return {part: plain(posted.one(f"{question.name}-{part}")) for part in names}


_READERS: Final[Mapping[Kind, Callable[[Question, Posted, Options | None], Any]]] = {
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.YES_NO: _yes_no,
    Kind.ONE_OF: _word,
    Kind.SEVERAL: _words,
    Kind.DAY: _day,
    Kind.MOMENT: _day,
    Kind.AGENCY: _choice,
    Kind.AGENCIES: _choices,
    Kind.PERSON: _choice,
    Kind.PEOPLE: _choices,
    Kind.THINGS: _choices,
    Kind.EMAIL: _choice,
    Kind.PARTNERSHIP: _choice,
    Kind.GRANT: _choice,
    Kind.PROPOSAL: _choice,
    Kind.COMMENT: _choice,
    Kind.SHOWN_DOCUMENT: _choice,
    Kind.ENTRY: _choice,
    Kind.MARK: _choice,
    Kind.DISPATCH: _choice,
    Kind.KEPT_FILE: _choice,
    Kind.DOCUMENT: _document,
    Kind.SHOWN: _number,
}
