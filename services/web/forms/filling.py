"""What is on record, as the fields of a form that opens with it."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

from services.casework.commands import Kind
from services.domain.working_days import LONDON
from services.web.forms.fields import DAY_PARTS, Question
from services.web.posted_form import Posted

_YES_NO: Final = {True: "yes", False: "no"}


def as_posted(command: BaseModel, questions: tuple[Question, ...]) -> Posted:
    """Return the answers of a command as its form posts them; what it does not hold stays blank."""
    return Posted(dict(_fields(command, questions, "")))


def _fields(
    command: BaseModel, questions: tuple[Question, ...], stem: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for question in questions:
        value, name = getattr(command, question.name, None), f"{stem}{question.name}"
        if question.kind is Kind.ROWS:
            for number, row in enumerate(value or ()):
                yield from _fields(row, question.asked, f"{name}-{number}-")
        elif isinstance(value, date):
            yield from _parts(name, value)
        elif value is not None:
            several = value if isinstance(value, tuple) else (value,)
            yield name, tuple(map(_as_text, several))


def _parts(name: str, day: date) -> Iterator[tuple[str, tuple[str, ...]]]:
    local = day.astimezone(LONDON) if isinstance(day, datetime) else day
    for part in DAY_PARTS:
        yield f"{name}-{part}", (str(getattr(local, part)),)
    if isinstance(local, datetime):
        yield f"{name}-time", (f"{local:%H:%M}",)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return _YES_NO[value]
    return value.value if isinstance(value, StrEnum) else str(value)
