"""How answers written in Python become the fields that a served form posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, TypeAlias

from tests.acceptance.dates import in_england
from tests.acceptance.pages import Form


@dataclass(frozen=True, slots=True)
class Labelled:
    """A choice by the label that people read, such as the name of an agency."""

    label: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload: its name, its stated media type, its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Forged:
    """An answer to a field that the page does not ask for, as a forged request posts it."""

    value: str


@dataclass(frozen=True, slots=True)
class FirstOffered:
    """The first choice that the page offers, where the answer does not matter."""


FIRST_OFFERED: Final = FirstOffered()
# Text, a code, yes or no, a number, a day, a moment, a choice by its label, a file, a sequence of
# those, or a sequence of rows. None leaves the field empty.
Answers: TypeAlias = Mapping[str, object]


@dataclass(slots=True)
class FilledForm:
    """The fields of a form as they are posted, and its files."""

    form: Form
    fields: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes, str]] = field(default_factory=dict)

    def put(self, name: str, value: str) -> None:
        """Fill in one field; a name or a choice that the page does not offer is refused."""
        self._must_ask(name)
        offered = self.form.values_of(name)
        if offered and value not in offered:
            codes = ", ".join(sorted(offered))
            raise LookupError(f"“{name}” does not offer “{value}”; it offers: {codes}.")
        self.fields.setdefault(name, []).append(value)

    def attach(self, name: str, file: File) -> None:
        """Choose the file of one field."""
        self._must_ask(name)
        self.files[name] = (file.name, file.content, file.media_type)

    def _must_ask(self, name: str) -> None:
        if name not in self.form.names:
            asked = ", ".join(sorted(self.form.names))
            raise LookupError(f"The form does not ask for “{name}”; it asks for: {asked}.")


def fill_in(form: Form, answers: Answers) -> FilledForm:
    """Fill in the served form: its hidden fields as they are, and these answers."""
    filled = FilledForm(form, {name: [value] for name, value in form.hidden.items()})
    for name, answer in answers.items():
        _answer(filled, name, answer)
    return filled


def _answer(filled: FilledForm, name: str, answer: object) -> None:
    if isinstance(answer, Forged):
        filled.fields[name] = [answer.value]
    elif isinstance(answer, File):
        filled.attach(name, answer)
    elif isinstance(answer, datetime):
        local = in_england(answer)
        _put_day(filled, name, local.date())
        filled.put(f"{name}-time", f"{local:%H:%M}")
    elif isinstance(answer, date):
        _put_day(filled, name, answer)
    elif isinstance(answer, Sequence) and not isinstance(answer, str):
        _put_several(filled, name, answer)
    elif answer is not None:
        filled.put(name, _value(filled.form, name, answer))


def _put_several(filled: FilledForm, name: str, several: Sequence[object]) -> None:
    for number, item in enumerate(several):
        if isinstance(item, Mapping):
            for column, answer in item.items():
                _answer(filled, f"{name}-{number}-{column}", answer)
        else:
            filled.put(name, _value(filled.form, name, item))


def _put_day(filled: FilledForm, name: str, on: date) -> None:
    for part in ("day", "month", "year"):
        filled.put(f"{name}-{part}", str(getattr(on, part)))


def _value(form: Form, name: str, answer: object) -> str:
    if isinstance(answer, FirstOffered):
        return form.first_value(name)
    if isinstance(answer, Labelled):
        return form.value_labelled(name, answer.label)
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if not isinstance(answer, str | int):
        raise TypeError(f"{answer!r} cannot be typed into “{name}”.")
    return str(answer)
