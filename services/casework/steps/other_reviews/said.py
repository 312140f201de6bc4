"""What is said of another review or proceeding, of contacts about it, and of a joint report."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import Command, Day, LongText, Rows, ShortText, Under
from services.domain.labels import label
from services.domain.lateness import DelayCourse
from services.domain.other_reviews import (
    Constrained,
    LiaisonWith,
    Primacy,
    ProcessKind,
    ProcessState,
    ReviewStep,
)
from services.domain.plain_text import capital


class ProcessConstraint(Command):
    """One thing that this review may not do for now, because of the other process."""

    holds_back: Constrained = Field(title="What is held back?")
    words: LongText = Field(title="What exactly?")
    until: ShortText = Field(title="Until when?", description="A day, or an event such as a plea.")
    asked_by: ShortText | None = Field(default=None, title="Who asked for it?")


class StepEffect(Command):
    """What follows from the other process for one step of this review."""

    step: ReviewStep = Field(title="For which step?")
    effect: LongText = Field(
        title="What follows for it?", description="It is shown beside the forms of that step."
    )


class ProcessDays(Command):
    """Days on which the other process sits, such as a trial or an inquest (PUB-21)."""

    first: Day = Field(title="First day")
    last: Day | None = Field(default=None, title="Last day, if there are several")
    what: ShortText = Field(
        title="What takes place?", description="Such as the trial, or the inquest's hearing."
    )


class ProcessSaid(Command):
    """Another review or proceeding: what it is, how it stands, and what it means for this one."""

    kind: ProcessKind = Field(
        title="What is it?",
        description="The child death review of a child who died is linked apart.",
    )
    called: ShortText | None = Field(
        default=None,
        title="Which number or name does it have?",
        description="Of another kind, say what it is: such as family proceedings.",
    )
    body: ShortText = Field(
        title="Which body carries it out?",
        description="A domestic homicide review: the community safety partnership. A safeguarding "
        "adult review: the safeguarding adults board.",
    )
    contact: ShortText = Field(
        title="Who is reached about it, and how?",
        description="Their post, with a work telephone number or email.",
    )
    state: ProcessState = Field(title="How does it stand?")
    since: Day = Field(title="Since when?")
    goes_first: Annotated[Primacy, Under("Which goes first")] = Field(
        title="Which of the two goes first?",
        description="As the bodies agreed it. A local review goes ahead unless there are clear "
        "reasons not to.",
    )
    agreed_by: ShortText | None = Field(default=None, title="Who agreed that, with whom?")
    agreed_on: Day | None = Field(default=None, title="When was it agreed?")
    constraints: Annotated[
        tuple[ProcessConstraint, ...], Rows(2, "constraint"), Under("What it means for this review")
    ] = Field(default=(), title="What may not be asked, shown or published for now?")
    days: Annotated[tuple[ProcessDays, ...], Rows(2, "day or days")] = Field(
        default=(),
        title="On which days does it sit?",
        description="Publication keeps clear of them.",
    )
    effect: LongText | None = Field(
        default=None,
        title="What follows for this review as a whole?",
        description="What is joined, and what is not done twice.",
    )
    effects: Annotated[tuple[StepEffect, ...], Rows(2, "step")] = Field(
        default=(), title="What follows for single steps of this review? (LC-20)"
    )

    @property
    def name(self) -> str:
        """Return what it is known by on pages and papers: its kind, and its number or name."""
        return name_of_process(self.kind, self.called)


def name_of_process(kind: ProcessKind, called: str | None) -> str:
    """Return what a process of this kind and number or name is known by."""
    words = capital(label(kind))
    return f"{words}: {called}" if called else words


class ProcessChanged(ProcessSaid):
    """What is kept of a change: all of it as it is now, and why it was changed."""

    reason: str = Field(title="What is changed, and why?")


class LiaisonKept(Command):
    """What is kept of a contact: the process by what it is known by, and who had it (LC-27).

    In contacts from before it was asked, who had them is not known.
    """

    whom: LiaisonWith = Field(title="With whom?")
    who: str = Field(title="Who was spoken to, and how?")
    held_on: Day = Field(title="When?")
    process: str | None = Field(default=None, title="About which process?")
    about: str = Field(title="What was it about?")
    outcome: str = Field(title="What was agreed, advised or left open?")
    had_by: str | None = Field(default=None, title="Who had it for this partnership?")
    on_behalf_of: str | None = Field(default=None, title="On whose behalf?")
    on_behalf: str | None = Field(default=None, title="Why on their behalf?")
    course: DelayCourse | None = Field(default=None, title="Which course was agreed? (LC-16)")

    @property
    def by_whom(self) -> str:
        """Return who had the contact, and for whom; nothing where that was not asked yet."""
        by = self.had_by or ""
        return f"{by}, on behalf of {self.on_behalf_of}" if self.on_behalf_of else by


class ReportRequirement(Command):
    """One thing that the other process asks of a report, and where the joint report meets it."""

    requirement: LongText = Field(title="What does it require of the report?")
    met_by: LongText | None = Field(
        default=None,
        title="Where does the joint report meet it?",
        description="Leave it blank until it does.",
    )


class RequirementsListed(Command):
    """What is kept of the key requirements of one process that is part of a joint report."""

    process: str = Field(title="Of which process?")
    requirements: tuple[ReportRequirement, ...] = Field(title="Its key requirements")
