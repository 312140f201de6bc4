"""How answers written in Python are typed into a form, each in the parts the page asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from tests.acceptance.dates import in_england
from tests.acceptance.forms import Form


@dataclass(frozen=True, slots=True)
class Labelled:
    """A choice by the label that a person reads, such as an agency's name."""

    label: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to send: its name, what it says it is, its bytes."""

    name: str
    media_type: str
    content: bytes


# Text, yes or no, a number, a day, a moment, a choice by its label, a file, or a sequence of
# those or of rows; whatever else is refused when it is typed.
Answers: TypeAlias = Mapping[str, object]


@dataclass(slots=True)
class Typed:
    """A form as it is posted: the answers by name, in order, and the files."""

    answers: dict[str, list[str]]
    files: dict[str, tuple[str, bytes, str]]


def typed(answers: Answers, form: Form) -> Typed:
    """Type the answers into the form, on top of what it carries by itself."""
    sheet = Typed({name: [value] for name, value in form.hidden.items()}, {})
    for name, answer in answers.items():
        _type(sheet, form, name, answer)
    return sheet


def _type(sheet: Typed, form: Form, name: str, answer: object) -> None:
    if isinstance(answer, File):
        sheet.files[name] = (answer.name, answer.content, answer.media_type)
    elif isinstance(answer, datetime):
        local = in_england(answer)
        _type_day(sheet, name, local.date())
        sheet.answers[f"{name}-time"] = [f"{local:%H:%M}"]
    elif isinstance(answer, date):
        _type_day(sheet, name, answer)
    elif isinstance(answer, Sequence) and not isinstance(answer, str):
        _type_several(sheet, form, name, answer)
    elif answer is not None:
        sheet.answers[name] = [_plain(form, name, answer)]


def _type_several(sheet: Typed, form: Form, name: str, several: Sequence[object]) -> None:
    for number, one in enumerate(several):
        if isinstance(one, Mapping):
            for inner, what in one.items():
                _type(sheet, form, f"{name}-{number}-{inner}", what)
        else:
            sheet.answers.setdefault(name, []).append(_plain(form, name, one))


def _type_day(sheet: Typed, name: str, on: date) -> None:
    for part in ("day", "month", "year"):
        sheet.answers[f"{name}-{part}"] = [str(getattr(on, part))]


def _plain(form: Form, name: str, answer: object) -> str:
    if isinstance(answer, Labelled):
        return form.chosen(name, answer.label)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if not isinstance(answer, str | int):
        raise TypeError(f"{answer!r} cannot be typed into “{name}”.")
    return str(answer)
