"""What the minutes of a meeting of the review team hold, with the points of every agenda."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.casework.commands import (
    AgencyChoices,
    Command,
    Day,
    LongText,
    NeededWhen,
    PersonChoice,
    Rows,
    ShortText,
)


class TeamMeetingKind(StrEnum):
    """Which meeting of the review team it was."""

    PLANNING = "planning"
    REVIEW_TEAM = "review_team"


class ImmediateAction(Command):
    """What one agency or several do now, before the report (EMB-01)."""

    action: LongText = Field(title="What is done now?")
    agencies: AgencyChoices = Field(title="By which agencies?")
    by_when: Day = Field(title="By when?")


class KeyTheme(Command):
    """A theme that the review team confirmed."""

    theme: ShortText = Field(title="Key theme")


class KeyEpisode(Command):
    """A key practice episode: a time at which practice mattered, and why it is looked at."""

    episode: ShortText = Field(title="Key practice episode")
    why: LongText = Field(title="What is to be learnt from it?")


class RecordTeamMeeting(Command):
    """A meeting of the review team, with the points that stand on each agenda.

    They are the family's part, and whether anything learnt is to be acted on at once.
    """

    meeting: TeamMeetingKind = Field(title="Which meeting was it?")
    held_on: Day = Field(title="When was it held?")
    present: tuple[PersonChoice, ...] = Field(default=(), title="Who was there?")
    others: LongText | None = Field(
        default=None,
        title="Who else was there, and for which body or subject?",
        description="People who have no account here.",
    )
    family: LongText = Field(
        title="The family's part in the review: what was said and decided of it?",
        description="How each person is involved, and what comes next. It is on every agenda.",
    )
    immediate: LongText = Field(
        title="Learning that cannot wait: what did the team consider?",
        description="Whether one agency or several have to act now. It is on every agenda: where "
        "nothing has to be done yet, say so and why.",
    )
    actions: Annotated[tuple[ImmediateAction, ...], Rows(2, "immediate action")] = Field(
        default=(), title="Immediate actions"
    )
    weighed: Annotated[LongText | None, NeededWhen("if an immediate action is agreed")] = Field(
        default=None,
        title="What may they mean for the family and for other investigations?",
        description="It is weighed before anything is shared.",
    )
    followed: Annotated[LongText | None, NeededWhen("if actions were agreed before")] = Field(
        default=None, title="What became of the immediate actions agreed before?"
    )
    themes: Annotated[tuple[KeyTheme, ...], Rows(3, "key theme")] = Field(
        default=(),
        title="Key themes that the team confirms",
        description="Few. Leave it empty while there are none to confirm.",
    )
    episodes: Annotated[tuple[KeyEpisode, ...], Rows(2, "key practice episode")] = Field(
        default=(),
        title="Key practice episodes that the team chooses",
        description="The few times at which practice mattered most, by day and what happened, and "
        "by no name. Leave it empty while there are none to choose.",
    )
    decided: LongText = Field(title="What else was decided?")
    meets_on: Day | None = Field(default=None, title="When does the team meet next?")
