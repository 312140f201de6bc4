"""What the review group says of the commissioning that it oversees (DEC-15, LC-03, G6)."""

from enum import StrEnum
from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    PersonChoice,
    Rows,
    ShownRound,
)
from services.casework.steps.rounds.group_advice import AdviceOnTerms


class OverseenMatter(StrEnum):
    """What the review group considers of a local review that is commissioned."""

    TERMS = "terms"
    METHODOLOGY = "methodology"
    AUTHOR = "author"
    TIMESCALE = "timescale"
    PROGRESS = "progress"


AGREED_BY_GROUP: Final = frozenset(
    {OverseenMatter.TERMS, OverseenMatter.METHODOLOGY, OverseenMatter.AUTHOR}
)
"""What the group agrees of the terms before the partners endorse them (LC-03)."""


class OverseenConcern(Command):
    """A concern of the review group, and what is to be done about it."""

    concern: LongText = Field(title="Which concern?")
    course: LongText = Field(title="What is to be done about it, and by whom?")
    by_when: Day | None = Field(default=None, title="By when?")


class OverseeCommissioning(Command):
    """What the review group considered of the commissioning, and what it advises (DEC-15).

    Terms of reference that wait for its advice are put to the partners by it, or are changed
    first (G6).
    """

    versions: ShownRound = Field(title="Versions of the terms of reference drawn up by then")
    considered_on: Day = Field(title="On which day did the review group consider it?")
    took_part: tuple[PersonChoice, ...] = Field(title="Who took part?")
    matters: tuple[OverseenMatter, ...] = Field(
        title="What did it consider?",
        description="Of terms that are to be endorsed it agrees the methodology, the scope, and "
        "how an independent author is appointed or contributions are made (LC-03).",
    )
    found: LongText = Field(title="What did it find?")
    on_terms: Annotated[
        AdviceOnTerms | None, NeededWhen("if terms of reference wait for the group's advice")
    ] = Field(default=None, title="What does it advise on the terms of reference?")
    advice: LongText = Field(title="What does it advise the safeguarding partners, and why?")
    concerns: Annotated[tuple[OverseenConcern, ...], Rows(3, "concern")] = Field(
        default=(), title="Its concerns"
    )
