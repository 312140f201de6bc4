"""What an agency says of how its practitioners were told that a review is published (PUB-22)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    AgencyChoice,
    Command,
    Day,
    LongText,
    NeededWhen,
    ShortText,
    YesNo,
)


class ConfirmStaffTold(Command):
    """That senior managers of your agency told its practitioners of the day of publication."""

    told_on: Day = Field(title="On which day were your practitioners told? (PUB-22)")
    told_by: ShortText = Field(title="By which senior manager?", description="Their post.")
    support: LongText = Field(
        title="Which support do they have?",
        description="Before the day, on it and after it. Name no practitioner.",
    )


class RecordStaffTold(Command):
    """What an agency says elsewhere of how its practitioners were told, or why they are not."""

    agency: AgencyChoice = Field(title="Which agency?")
    source: ShortText = Field(
        title="Who of the agency says so, and how did they tell you?",
        description="By post, such as the chief nurse, by email.",
    )
    were_told: YesNo = Field(title="Were its practitioners told of the day of publication?")
    told_on: Annotated[Day | None, NeededWhen("if they were told")] = Field(
        default=None, title="On which day?"
    )
    told_by: Annotated[ShortText | None, NeededWhen("if they were told")] = Field(
        default=None, title="By which senior manager?", description="Their post."
    )
    support: Annotated[LongText | None, NeededWhen("if they were told")] = Field(
        default=None, title="Which support do they have?"
    )
    why_not: Annotated[LongText | None, NeededWhen("if they were not told")] = Field(
        default=None,
        title="Why does publication not wait for it?",
        description="Such as that nobody who knew the family works there any more.",
    )
