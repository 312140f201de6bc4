"""A body of JSON as the form that says the same, so that both are read and refused alike."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from services.casework.commands import Command, Kind, RowForEach
from services.domain.working_days import LONDON
from services.web.act_pages.act_page import ActPage
from services.web.api.problems import BodyRefused, FieldProblem
from services.web.forms.fields import Options, Question
from services.web.forms.messages import about
from services.web.forms.parsing import MOST_ROWS, Problem, read
from services.web.forms.validation import understand
from services.web.posted_form import Posted

Kept = TypeVar("Kept")
Fields = dict[str, tuple[str, ...]]
_UNKNOWN: Final = "There is a field here that the act does not have."
_SEVERAL: Final = frozenset({Kind.SEVERAL, Kind.AGENCIES, Kind.PEOPLE, Kind.THINGS})


def command_said(body: bytes, asked: ActPage, options: Options | None) -> Command:
    """Return the act's command as the body says it; raises BodyRefused as its form would be."""
    answers = read(asked.questions, as_posted(body, asked.questions), options)
    command = understand(asked.act.command, asked.questions, answers)
    if isinstance(command, list):
        raise BodyRefused([_told_of(one) for one in command])
    return command


def as_posted(body: bytes, questions: tuple[Question, ...]) -> Posted:
    """Return the form that says what the body says; raises BodyRefused where a form could not."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise BodyRefused([FieldProblem(pointer="#", detail="This is not JSON.")]) from None
    if not isinstance(said, dict):
        raise BodyRefused([FieldProblem(pointer="#", detail="Send one JSON object.")])
    problems: list[FieldProblem] = []
    fields = dict(_fields(said, questions, "", problems))
    if problems:
        raise BodyRefused(problems)
    return Posted(fields)


def _told_of(problem: Problem) -> FieldProblem:
    """Return what a page says beside a field, with where that is in the body."""
    return FieldProblem(pointer=_pointer(problem.field), detail=problem.message)


def _pointer(name: str) -> str:
    return f"#/{name.replace('-', '/')}" if name else "#"


def _fields(
    said: Mapping[str, Any],
    questions: tuple[Question, ...],
    stem: str,
    problems: list[FieldProblem],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each field of the form with its answers; what no form could say is a problem."""
    if said.keys() - {one.name for one in questions}:
        problems.append(FieldProblem(pointer=_pointer(stem.rstrip("-")), detail=_UNKNOWN))
    for question in questions:
        value, name = said.get(question.name), f"{stem}{question.name}"
        if value is None:
            continue
        try:
            yield from _answers(question, value, name, problems)
        except (TypeError, ValueError, KeyError, OverflowError):
            told = about(question, "this was not understood. Answer it again")
            problems.append(FieldProblem(pointer=_pointer(name), detail=told))


def _answers(
    question: Question, value: object, name: str, problems: list[FieldProblem]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the fields of one answer; raises what Python raises where it is of another kind."""
    if question.kind is Kind.ROWS:
        yield from _rows(question, value, name, problems)
    elif question.kind in {Kind.DAY, Kind.MOMENT}:
        yield from _day(question, value, name)
    elif question.kind in _SEVERAL:
        yield name, tuple(_text(one) for one in _list(value))
    elif question.kind is Kind.YES_NO:
        yield name, ({True: "yes", False: "no"}[_of(bool, value)],)
    elif question.kind in {Kind.NUMBER, Kind.SHOWN}:
        yield name, (str(_of(int, value)),)
    else:
        yield name, (_text(value),)


def _rows(
    question: Question, value: object, name: str, problems: list[FieldProblem]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    given = question.layout
    each = list(given.members) if isinstance(given, RowForEach) else []
    rows = _list(value)
    if len(rows) > MOST_ROWS:
        raise ValueError
    for at, row in enumerate(rows):
        told, number = dict(_of(dict, row)), at
        if isinstance(given, RowForEach):
            number = _place(each, told.pop(given.field))
        yield from _fields(told, question.asked, f"{name}-{number}-", problems)


def _place(members: list[StrEnum], code: object) -> int:
    return [one.value for one in members].index(_text(code))


def _day(question: Question, value: object, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a day by its parts; a moment is told in England's time, to the minute."""
    on: date = date.fromisoformat(_text(value)) if question.kind is Kind.DAY else _moment(value)
    yield f"{name}-day", (str(on.day),)
    yield f"{name}-month", (str(on.month),)
    yield f"{name}-year", (str(on.year),)
    if isinstance(on, datetime):
        yield f"{name}-time", (f"{on:%H:%M} {on.tzname()}",)


def _moment(value: object) -> datetime:
    at = datetime.fromisoformat(_text(value))
    if at.tzinfo is None:
        raise ValueError
    return at.astimezone(LONDON)


def _list(value: object) -> list[Any]:
    return _of(list, value)


def _text(value: object) -> str:
    return _of(str, value)


def _of(kind: type[Kept], value: object) -> Kept:
    """Return the value, if JSON gave it as this very kind: no number is taken for a yes."""
    if not isinstance(value, kind) or type(value) is not kind:
        raise TypeError
    return value
