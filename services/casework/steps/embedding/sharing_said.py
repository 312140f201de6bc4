"""What is said of the learning as it is shared: what was held, and who was given the briefing."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    Command,
    Day,
    LongText,
    NeededWhen,
    SharingChoice,
    ShortText,
    YesNo,
)
from services.casework.steps.embedding.briefing_said import LearningShared
from services.domain.briefings import SharingCame

_HELD: Final = NeededWhen("if it was held")
_GIVEN: Final = NeededWhen("if they were given it")


class RecordSharing(Command):
    """One way in which the learning was shared, as the plan of its sharing says (EMB-07).

    What is held several times is recorded each time. It is asked for until nothing more of it is to
    come.
    """

    sharing: SharingChoice = Field(title="Which part of the plan of sharing?")
    came: SharingCame = Field(title="What came of it?")
    held_on: Annotated[Day | None, _HELD] = Field(default=None, title="On which day?")
    who_came: Annotated[ShortText | None, _HELD] = Field(
        default=None, title="Who came, or was reached?", description="Agencies and roles: no name."
    )
    how_many: Annotated[int | None, _HELD] = Field(
        default=None, title="How many people?", ge=1, le=100_000
    )
    said: LongText = Field(
        title="What did they say or ask, and what follows? If it was not held: why not?",
        description="Name nobody.",
    )


class SharingRecorded(RecordSharing, LearningShared):
    """What is kept of it: with the part of the plan that it was, as it was planned."""


class ConfirmBriefing(Command):
    """That the staff of your agency were given the briefing on the learning (EMB-07)."""

    given_on: Day = Field(title="On which day were your staff given the briefing?")
    to_whom: ShortText = Field(
        title="Which teams or roles were given it?", description="Name nobody."
    )
    given_how: LongText = Field(
        title="How was it given to them and talked about?",
        description="Such as in team meetings and in supervision.",
    )


class RecordBriefingGiven(Command):
    """What an agency says elsewhere of how its staff were given the briefing, or why they are not.

    Such as by telephone.
    """

    agency: AgencyChoice = Field(title="Which agency?")
    source: ShortText = Field(
        title="Who of the agency says so, and how did they tell you?",
        description="By post, such as the chief nurse, by email.",
    )
    were_given: YesNo = Field(title="Were its staff given the briefing?")
    given_on: Annotated[Day | None, _GIVEN] = Field(default=None, title="On which day?")
    to_whom: Annotated[ShortText | None, _GIVEN] = Field(
        default=None, title="Which teams or roles were given it?"
    )
    given_how: Annotated[LongText | None, _GIVEN] = Field(
        default=None, title="How was it given to them and talked about?"
    )
    why_not: Annotated[LongText | None, NeededWhen("if they were not given it")] = Field(
        default=None, title="Why is it not asked for any more?"
    )
