"""The rows of a policy's form: closed days, own steps, other counts, days of warning, ways."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, Day, ShortText, Without, YesNo
from services.domain.clocks.extra import LONGEST, MAY_BE_TOLD, MAY_START, UNITS
from services.domain.clocks.other_counts import MAY_BE_COUNTED
from services.domain.clocks.policy import LATEST_WARNING
from services.domain.clocks.rules import Anchor, ClockId, Unit
from services.domain.directory import BODIES
from services.domain.recipients import Recipient
from services.domain.ways import DocumentClass, Way

MayCount = Annotated[ClockId, Without(tuple(one for one in ClockId if one not in MAY_BE_COUNTED))]
StartsStep = Annotated[Anchor, Without(tuple(one for one in Anchor if one not in MAY_START))]
DayUnit = Annotated[Unit, Without(tuple(one for one in Unit if one not in UNITS))]
MayBeTold = Annotated[Recipient, Without(tuple(one for one in Recipient if one not in MAY_BE_TOLD))]

WarnedOf = Annotated[ClockId, Without((ClockId.EXTRA,))]
Body = Annotated[Recipient, Without(tuple(one for one in Recipient if one not in BODIES))]


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


class WarningDay(Command):
    """A day of a limit on which people are warned of it."""

    clock: WarnedOf = Field(title="Of which limit?")
    day: int | None = Field(
        default=None,
        title="On which day of it?",
        description="Counted as the limit is: back from the day for the notice before publication "
        "and for an action, in months for the local review. Leave it empty to warn on no day.",
        ge=0,
        le=LATEST_WARNING,
    )


class WaySent(Command):
    """How one kind of document leaves for the national bodies, or for one of them."""

    documents: DocumentClass = Field(title="Which documents?")
    usual: Way = Field(title="How are they usually sent?")
    otherwise: Way | None = Field(default=None, title="In which other way may they be sent?")
    to: Body | None = Field(
        default=None, title="To which body only?", description="Leave it empty for all of them."
    )
