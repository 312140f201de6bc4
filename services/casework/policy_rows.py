"""The rows of the form of a policy: closed days, steps of one's own, limits counted otherwise."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, Day, ShortText, Without, YesNo
from services.domain.clocks.extra import LONGEST, MAY_BE_TOLD, MAY_START, UNITS
from services.domain.clocks.other_counts import MAY_BE_COUNTED
from services.domain.clocks.rules import Anchor, ClockId, Unit
from services.domain.recipients import Recipient

MayCount = Annotated[ClockId, Without(tuple(one for one in ClockId if one not in MAY_BE_COUNTED))]
StartsStep = Annotated[Anchor, Without(tuple(one for one in Anchor if one not in MAY_START))]
DayUnit = Annotated[Unit, Without(tuple(one for one in Unit if one not in UNITS))]
MayBeTold = Annotated[Recipient, Without(tuple(one for one in Recipient if one not in MAY_BE_TOLD))]


class ClosedDay(Command):
    """A day on which the partnership is closed: it counts for no local limit."""

    on: Day = Field(title="Which day?")
    title: ShortText = Field(title="Why is it closed?")


class OwnStep(Command):
    """A step for which the partnership sets a time itself."""

    name: ShortText = Field(title="What is to be done?")
    anchor: StartsStep = Field(title="From which event does it count?")
    length: int = Field(title="Within how many days?", ge=0, le=LONGEST)
    unit: DayUnit = Field(title="Which days?")
    opens: int | None = Field(default=None, title="From which day on?", ge=0, le=LONGEST)
    tells: MayBeTold | None = Field(default=None, title="Who is reminded, beside the manager?")
    is_meeting: YesNo | None = Field(
        default=None,
        title="Is it a meeting?",
        description="Then it is kept who met and what they advised.",
    )


class OtherWay(Command):
    """A national limit that is counted otherwise."""

    clock: MayCount = Field(title="Which limit?")
    anchor: Anchor = Field(title="From which event does it count?")
    length: int = Field(title="How long?", ge=1, le=LONGEST)
    unit: Unit = Field(title="Which unit?")
