"""What is said of a national review: noted, considered by the group, its actions done (EMB-11)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
    YesNo,
)
from services.domain.national_reviews import NationalPublication


class NoteNationalReview(Command):
    """A national review, or another national publication, that the partnership answers (EMB-11)."""

    kind: NationalPublication = Field(title="What was published?")
    title: ShortText = Field(title="What is its title?")
    published_on: Day = Field(title="When was it published?")
    address: ShortText = Field(
        title="At which web address does it stand?", description="It begins with https://"
    )


class NationalAction(Command):
    """One thing to be done here because of it: what, by whom, by when."""

    action: LongText = Field(title="What is to be done?")
    owner: ShortText = Field(
        title="Who owns it?", description="Agency and post, such as housing, head of service."
    )
    last_day: Day = Field(title="By when?")


class ConsiderNationalReview(Command):
    """What the review group makes of it: how its learning is applied here, or why it is not.

    It may be considered again: actions are then added to those that stand.
    """

    considered_on: Day = Field(title="On which day did the review group consider it?")
    present: LongText = Field(title="Who was there?", description="By post and agency: no name.")
    learning: LongText = Field(title="What is the learning?")
    means: LongText = Field(
        title="What does it mean here?",
        description="Set against your own trends and practice. Name no case, and nobody.",
    )
    is_anything_to_do: YesNo = Field(title="Is there anything to do here?")
    actions: Annotated[
        tuple[NationalAction, ...], Rows(4, "action"), NeededWhen("if there is anything to do")
    ] = Field(default=(), title="What is to be done, by whom, and by when?")
    nothing_because: Annotated[LongText | None, NeededWhen("if there is nothing to do")] = Field(
        default=None, title="Why is there nothing to do?"
    )


class RecordNationalAction(Command):
    """That an action is done, and what changed."""

    number: int = Field(title="Number of the action", ge=1, le=999)
    done_on: Day = Field(title="On which day was it done?")
    evidence: LongText = Field(title="What changed in practice, and how do you know?")
