"""What is said of publication as it happened."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    KeptFileChoice,
    LongText,
    NeededWhen,
    ShortText,
    YesNo,
)


class Publish(Command):
    """Publication as it happened (PUB-28, PUB-29)."""

    published_on: Day = Field(title="When was it published?")
    address: Annotated[
        ShortText | None,
        NeededWhen("unless the repository publishes it without the partnership's name"),
    ] = Field(
        default=None,
        title="Its web address",
        description="It stays there as long as the policy asks (PUB-29). Of a report that is "
        "published without the partnership's name it is the repository's: enter it once it is "
        "known.",
    )
    file: Annotated[
        KeptFileChoice | None, NeededWhen("if it was laid out as a file of its own")
    ] = Field(
        default=None,
        title="Which file is published?",
        description="Fetch it from its address and add it under Documents first: its bytes are "
        "compared with those of the file that was approved and sent ahead (PUB-26).",
    )
    why_other_day: Annotated[
        LongText | None, NeededWhen("if it was another day than the partners approved")
    ] = Field(
        default=None,
        title="Why was it published on another day?",
        description="A day to come is planned anew, and the partners approve it. What was "
        "published on another day goes back to them: each says what they say to it.",
    )


class ReportPublished(Publish):
    """What is kept of it: with whether its file is another one than went ahead (PUB-02)."""

    made_anew: YesNo | None = Field(
        default=None,
        title="Was Keyline's file of the report made anew since it went ahead, for a correction of "
        "form that the partners signed?",
    )
