"""A command as the fields that its form posts, and each of its questions as one leaf of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

from services.casework.commands import Kind
from services.web.forms.fields import Question
from services.web.forms.parsing import in_row
from tests.bad_input.corpus import About, Row, day_parts, parts_of, texts_of

Fields = dict[str, list[str]]
OF_DAYS: Final = frozenset({Kind.DAY, Kind.MOMENT})
# Their text has a form of its own, or is one of those on record (a confirmed theme): no row of free
# text is a good answer to them.
WITH_A_FORM: Final = frozenset(
    {"address", "begins", "duplicate_of", "email", "ends", "invited_as", "password", "theme"}
)
# What stands in the boxes of a day that the valid posting leaves empty.
A_DAY: Final = (("day", "11"), ("month", "12"), ("year", "2025"), ("time", "10:00"))


@dataclass(frozen=True, slots=True)
class Leaf:
    """One question as it stands in a posting: a row's question under the row's number."""

    question: Question
    name: str
    is_filled: bool

    @property
    def kind(self) -> str:
        """Return its kind as the corpus names it."""
        return self.question.kind.value

    @property
    def is_free_text(self) -> bool:
        """Tell whether any text is a good answer."""
        is_text = self.question.kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT}
        return is_text and self.name.rpartition("-")[2] not in WITH_A_FORM

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the names under which it is posted."""
        return replace(self.question, name=self.name).parts

    def is_alone(self, valid: Fields) -> bool:
        """Tell whether it is the only answer of its row, which is left out with it."""
        stem, _, _ = self.name.rpartition("-")
        return bool(stem) and not any(
            name.startswith(f"{stem}-") and name not in self.parts for name in valid
        )

    def changed(self, valid: Fields, row: Row, about: About) -> Fields:
        """Return the valid posting with this one answer as the row has it."""
        if self.question.kind not in OF_DAYS:
            return {**valid, self.name: texts_of(row.said["value"], self._about(valid, about))}
        before = {part: valid.get(f"{self.name}-{part}", [usual])[0] for part, usual in A_DAY}
        typed = before | day_parts(row.said["value"], before, about)
        asked = {f"{self.name}-{part}": [text] for part, text in typed.items()}
        return {**valid, **{name: text for name, text in asked.items() if name in self.parts}}

    def _about(self, valid: Fields, about: About) -> About:
        answer = next(iter(valid.get(self.name, [])), "")
        return replace(about, valid=answer, longest=self.question.longest)


def posted(command: BaseModel, questions: tuple[Question, ...], stem: str = "") -> Fields:
    """Return the fields that the form of the command posts, and nothing for what is left out."""
    fields: Fields = {}
    for question in questions:
        value, name = getattr(command, question.name), f"{stem}{question.name}"
        if question.kind is Kind.ROWS:
            for number, row in enumerate(value):
                fields |= posted(row, question.asked, f"{name}-{number}-")
        elif isinstance(value, date):
            fields |= {f"{name}-{part}": [text] for part, text in parts_of(value).items()}
        elif value is not None:
            several = value if isinstance(value, tuple) else (value,)
            fields[name] = [_as_text(one) for one in several]
    return fields


def leaves(questions: tuple[Question, ...], fields: Fields, stem: str = "") -> Iterator[Leaf]:
    """Yield every question of the form, those of the rows that the posting fills in too."""
    for question in questions:
        name = f"{stem}{question.name}"
        if question.kind is not Kind.ROWS:
            leaf = Leaf(question, name, is_filled=False)
            yield replace(leaf, is_filled=any(part in fields for part in leaf.parts))
            continue
        numbers = {one.split("-")[1] for one in fields if one.startswith(f"{name}-")}
        for number in sorted(numbers or {"0"}):
            asked = replace(question, rows=question.asked)
            for one in in_row(asked, int(number)):
                column = one.name.rpartition("-")[2]
                yield from leaves((replace(one, name=column),), fields, f"{name}-{number}-")


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.value if isinstance(value, StrEnum) else str(value)
