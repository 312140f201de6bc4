"""Which questions the sheets of the workbook ask: those of the acts' own forms, in their words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.casework.commands import Kind
from services.casework.taking_over.acts_taken import TAKEN, TakenAct
from services.web.forms.fields import Question, questions

WHEN: Final = "happened_at"
_OTHER_SHEETS: Final = {"children": "Children", "family_members": "Family"}


@dataclass(frozen=True, slots=True)
class SheetAsked:
    """A sheet: a question a row with its answer beside it, or for a list a row for each."""

    name: str
    questions: tuple[Question, ...]
    rows_of: str = ""


def asked_of(taken: TakenAct) -> tuple[Question, ...]:
    """Return the questions of the act that the workbook asks, without what is a person's own."""
    return tuple(one for one in questions(taken.act.command) if one.name not in taken.without)


def when_asked(taken: TakenAct) -> tuple[Question, ...]:
    """Return the question when it was done, where none of the act's own asks it."""
    if not taken.asks_when:
        return ()
    return (Question(name=WHEN, asks=taken.asks_when, helps="", kind=Kind.MOMENT, required=True),)


def sheets_of(taken: TakenAct) -> Iterator[SheetAsked]:
    """Yield the sheet of the act, and one for each list in it."""
    asked = asked_of(taken)
    single = tuple(one for one in asked if one.kind is not Kind.ROWS)
    yield SheetAsked(taken.sheet, (*when_asked(taken), *single))
    for one in asked:
        if one.kind is Kind.ROWS:
            yield SheetAsked(_OTHER_SHEETS[one.name], one.asked, rows_of=one.name)


def all_sheets() -> Iterator[SheetAsked]:
    """Yield every sheet of the workbook."""
    for taken in TAKEN:
        yield from sheets_of(taken)
