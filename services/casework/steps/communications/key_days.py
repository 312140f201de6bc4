"""Days that publication keeps clear of, as the communications strategy names them (PUB-21)."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, Day, ShortText, Without
from services.domain.errors import AnswerRefused
from services.domain.publication_days import (
    READ_BY_KEYLINE,
    AgainstDay,
    Constraint,
    DayStanding,
)


class KeyDays(Command):
    """A day, or several in a row, of which somebody says that publication keeps clear."""

    against: Annotated[AgainstDay, Without(READ_BY_KEYLINE)] = Field(title="What is it?")
    first: Day = Field(title="First day")
    last: Day | None = Field(default=None, title="Last day, if there are several")
    words: ShortText = Field(
        title="What exactly?", description="Name nobody: “a brother's birthday”."
    )
    source: ShortText = Field(
        title="Who says so, or where does it stand?",
        description="Such as the family's coordinator, the school's calendar, or the elections "
        "office.",
    )
    standing: Annotated[DayStanding, Without((DayStanding.CLEAR,))] = Field(
        title="Are they to be avoided, or not possible at all?"
    )


def must_run_forward(named: tuple[KeyDays, ...]) -> None:
    """Refuse days that end before they begin."""
    if any(one.last is not None and one.last < one.first for one in named):
        raise AnswerRefused("kept_clear", "The last day is not before the first.")


def as_constraints(named: tuple[KeyDays, ...]) -> Iterator[Constraint]:
    """Yield what the strategy names, as it speaks against days."""
    for one in named:
        yield Constraint(
            against=one.against,
            first=one.first,
            last=one.last,
            words=one.words,
            source=one.source,
            standing=one.standing,
        )
