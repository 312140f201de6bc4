"""The questions of a form as its visible words ask them, and how a stranger answers one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from playwright.sync_api import Locator

from tests.in_chromium.strangers.words import covered, stems

# What belongs to each field that can be seen: its label, and the legends around it from the inside.
READ: Final = """form => [...form.elements].map((field, place) => {
  const folded = field.closest('details:not([open])');
  const seen = field.checkVisibility() && !field.disabled && !folded;
  const around = [];
  for (let at = field.closest('fieldset'); at; at = at.parentElement.closest('fieldset'))
    around.push(at.querySelector('legend')?.innerText ?? '');
  const label = [...(field.labels ?? [])].map(each => each.innerText).join(' ');
  return {place, seen, kind: field.type, label, around};
}).filter(each => each.seen && each.label)"""
OF_CHOICES: Final = frozenset({"radio", "checkbox"})
PARTS_OF_A_DAY: Final = ("Day", "Month", "Year", "Time")


@dataclass(frozen=True, slots=True)
class Field:
    """One field that can be seen."""

    place: int
    kind: str
    label: str
    around: tuple[str, ...]

    @property
    def is_part(self) -> bool:
        """Tell whether the question stands above it: it is a choice, or a part of a day."""
        return bool(self.around) and (self.kind in OF_CHOICES or self.label in PARTS_OF_A_DAY)

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the question, and what stands over it."""
        return self.around if self.is_part else (self.label, *self.around)


@dataclass(frozen=True, slots=True)
class Question:
    """What a form asks by one field or several."""

    asked: tuple[str, ...]
    fields: tuple[Field, ...]

    def answered_by(self, facts: dict[str, str]) -> str | None:
        """Return the answer of the fact whose every word the question has; none where none is."""
        own = {about: covered(about, self.asked[:1]) for about in facts}
        fitting = [about for about in facts if own[about] and covered(about, self.asked) == 1]
        if not fitting:
            return None
        return facts[max(fitting, key=lambda about: (len(stems(about)), own[about]))]

    def answer(self, form: Locator, answer: str) -> None:
        """Give the answer as this kind of question takes it."""
        first = self.fields[0]
        if first.kind in OF_CHOICES:
            chosen = max(self.fields, key=lambda one: _fits(answer, one.label))
            _field(form, chosen).check()
        elif first.label in PARTS_OF_A_DAY:
            for one, part in zip(self.fields, answer.split(), strict=False):
                _field(form, one).fill(part)
        elif first.kind.startswith("select"):
            offered = _field(form, first).locator("option").all_inner_texts()
            best = max(offered, key=lambda one: _fits(answer, one))
            _field(form, first).select_option(label=best.strip())
        else:
            _field(form, first).fill(answer)


def questions_of(form: Locator) -> Iterator[Question]:
    """Yield the questions of the form that can be seen, in their order."""
    read = form.evaluate(READ)
    fields = (
        Field(one["place"], one["kind"], " ".join(one["label"].split()), tuple(one["around"]))
        for one in read
    )
    for asked, group in groupby(fields, key=lambda field: field.asked):
        yield Question(asked, tuple(group))


def _field(form: Locator, field: Field) -> Locator:
    return form.locator("input, select, textarea, button, fieldset, output, object").nth(
        field.place
    )


def _fits(answer: str, choice: str) -> float:
    if answer == choice.strip():
        return 2
    return covered(answer, (choice,)) + covered(choice, (answer,))
