"""What an operator says when acting: what shall be done, to which items, and why."""

from enum import StrEnum

from pydantic import Field

from services.casework.commands import Command, PendingChoices, ShortText


class RunCourse(StrEnum):
    """What is done about the machine work of a case."""

    TAKE_UP = "take_up"
    TRY_NOW = "try_now"
    RESUME = "resume"
    BEGIN_ANEW = "begin_anew"


class EmailCourse(StrEnum):
    """What becomes of an email that may or may not have gone, or was refused."""

    SEND_AGAIN = "send_again"
    STOP_EMAIL = "stop_email"


class PrefectCourse(StrEnum):
    """What is done about what carries every partnership's cases."""

    POOL_GOES_ON = "pool_goes_on"
    QUEUES_GO_ON = "queues_go_on"
    REGISTER = "register"


class MendPrefect(Command):
    """Let what was paused in Prefect go on, or register the flow there again."""

    course: PrefectCourse = Field(title="What shall be done?")
    because: ShortText = Field(
        title="Why?",
        description="Operators read this: name no person and no case.",
    )


class ActOnRuns(Command):
    """Have the machine work of some cases go on."""

    course: RunCourse = Field(title="What shall be done?")
    items: PendingChoices = Field(title="For which cases?", min_length=1)
    because: ShortText = Field(
        title="Why?",
        description="It stands on each case's timeline: name no person and no case.",
    )


class ActOnEmails(Command):
    """Send some emails again, or stop them."""

    course: EmailCourse = Field(
        title="What shall become of them?",
        description="An email that is held may have arrived: sent again it may come twice.",
    )
    items: PendingChoices = Field(title="Which emails?", min_length=1)
    because: ShortText = Field(
        title="Why?",
        description="It stands on each case's timeline: name no person and no case.",
    )


class AcknowledgeAlerts(Command):
    """Say that operations know of some alerts; each stays unseen for whose it is to look at."""

    items: PendingChoices = Field(title="Which alerts?", min_length=1)
    because: ShortText = Field(
        title="What is done about them?",
        description="Operators read this: name no person and no case.",
    )
