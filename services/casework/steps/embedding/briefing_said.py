"""What is said of sharing the learning: a briefing of seven parts, and who is reached (EMB-07)."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, Day, LongText, Rows, ShortText
from services.domain.briefings import SharingWay


class LearningShared(Command):
    """One way in which the learning is shared: with whom, who sees to it, by when."""

    way: SharingWay = Field(title="How?")
    audience: ShortText = Field(
        title="With whom?", description="Agencies and roles, such as midwives of both hospitals."
    )
    by_whom: ShortText = Field(title="Who sees to it?", description="Agency and post: no name.")
    last_day: Day = Field(title="By when?")


class WriteBriefing(Command):
    """A short briefing on the learning for every team, and how the learning is shared.

    It tells of no child, no family and no practitioner, and is not called a review (LC-09).
    """

    title: ShortText = Field(
        title="What is the briefing called?",
        description="By its learning, such as “Babies who are not seen”.",
    )
    happened: LongText = Field(
        title="1. What happened?",
        description="In a few sentences that tell of nobody: no name, no day, no place.",
    )
    matters: LongText = Field(title="2. Why does it matter?")
    learnt: LongText = Field(title="3. What was learnt?")
    done_well: LongText = Field(title="4. What was done well?")
    differently: LongText = Field(title="5. What is done differently from now on?")
    questions: LongText = Field(title="6. What should a team ask itself?")
    more: LongText = Field(
        title="7. Where is more to be found?",
        description="Such as the published report, local procedures, and whom to ask, by post.",
    )
    sharing: Annotated[tuple[LearningShared, ...], Rows(4, "way")] = Field(
        title="How is the learning shared, with whom, and by when?"
    )
    reached: LongText = Field(title="How will you know that it has reached practice?")
