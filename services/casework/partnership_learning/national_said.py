"""What is said of a national review: noted, considered by the group, its actions done (EMB-11)."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    LongText,
    NeededWhen,
    Rows,
    ShortText,
    Without,
    YesNo,
)
from services.domain.actions import RECHECKED_AFTER, AuditFinding, LookedBy, Recheck
from services.domain.clocks.counting import add_months
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


_RECHECK: Final = "When is it looked at again whether the improvement lasts?"
_NUMBER: Final = Field(title="Number of the action", ge=1, le=999)


class NationalActionDone(Command):
    """An action that is done, as it is kept; of one from before, no later look was asked for."""

    number: int = _NUMBER
    done_on: Day = Field(title="On which day was it done?")
    evidence: LongText = Field(title="What changed in practice, and how do you know?")
    recheck: Recheck | None = Field(default=None, title=_RECHECK)
    no_recheck: Annotated[LongText | None, NeededWhen("if it is not looked at again")] = Field(
        default=None, title="Why is it not looked at again?"
    )

    @property
    def recheck_on(self) -> date | None:
        """Return when it is looked at again, if it is."""
        return rechecked_on(self.done_on, self.recheck)


class RecordNationalAction(NationalActionDone):
    """That an action is done, what changed, and when it is looked at again (EMB-09, EMB-11)."""

    recheck: Recheck = Field(title=_RECHECK)


class RecordNationalCheck(Command):
    """A later look at an action that was done: whether the improvement lasts (EMB-09, EMB-11).

    What does not last is open again, by another day.
    """

    number: int = _NUMBER
    looked_on: Day = Field(title="On which day was it looked at?")
    looked_by: LookedBy = Field(title="By which audit or observation?")
    seen: LongText = Field(
        title="What was seen in practice, and of how much?", description="Name nobody."
    )
    finding: Annotated[AuditFinding, Without((AuditFinding.NOT_CARRIED_OUT,))] = Field(
        title="Does the improvement last?"
    )
    recheck: Annotated[Recheck | None, NeededWhen("if it lasts")] = Field(
        default=None, title="When is it looked at again?"
    )
    no_recheck: Annotated[LongText | None, NeededWhen("if it is not looked at again")] = Field(
        default=None, title="Why is it not looked at again?"
    )
    again_by: Annotated[Day | None, NeededWhen("if it does not last")] = Field(
        default=None, title="By when is the action to be done again?"
    )

    @property
    def recheck_on(self) -> date | None:
        """Return when it is looked at again, if it is."""
        return rechecked_on(self.looked_on, self.recheck)


def rechecked_on(day: date, recheck: Recheck | None) -> date | None:
    """Return the day of a later look, so many months after a day, if there is to be one."""
    months = None if recheck is None else RECHECKED_AFTER.get(recheck)
    return None if months is None else add_months(day, months)
