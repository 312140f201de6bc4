"""A step for which the partnership set itself a time, as a person says that it was taken (5A)."""

from datetime import date
from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import (
    Command,
    Day,
    ExtraClockChoice,
    LongText,
    NeededWhen,
    named,
)
from services.casework.effects import mark_met, policy_of, steps_to_take
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.domain.working_days import written

_OPEN: Final = frozenset(Stage) - {Stage.CLOSED}


class RecordExtraStep(Command):
    """A step for which your partnership set itself a time, and that is done (rules.md 5A)."""

    step: ExtraClockChoice = Field(title="Which step?")
    done_on: Day = Field(title="When was it done?")
    note: LongText | None = Field(
        default=None,
        title="What is there to say of it?",
        description="If it was early or late, why. Nobody owes it by law.",
    )
    who_met: Annotated[LongText | None, NeededWhen("if it is a meeting")] = Field(
        default=None, title="Who met?", description="Their names and posts."
    )
    advised: Annotated[LongText | None, NeededWhen("if it is a meeting")] = Field(
        default=None,
        title="What did they advise, and did all agree?",
        description="It is shown beside the decision to notify and that of the rapid review, and "
        "neither waits for it.",
    )


class ExtraStepRecorded(Command):
    """What is kept of it: the step by the name that it has here."""

    step: str = Field(title="Which step?")
    done_on: date = Field(title="When was it done?")
    note: str | None = Field(title="What is there to say of it?")
    who_met: str | None = Field(default=None, title="Who met?")
    advised: str | None = Field(default=None, title="What did they advise, and did all agree?")


def record_extra_step(work: UnitOfWork, case_id: CaseId, command: RecordExtraStep) -> Case:
    """Meet the partnership's own clock on the day; no clock of the framework is touched."""
    case = begin(work, case_id, RECORD_EXTRA_STEP, command)
    refusal = AnswerRefused("step", "Choose one of the steps shown: the others are done.")
    clock = named(steps_to_take(work, case), command.step, refusal)
    if command.done_on > work.today:
        raise AnswerRefused("done_on", "It cannot have been done in the future.")
    if command.done_on < clock.anchored_on:
        raise AnswerRefused(
            "done_on",
            f"It counts from {written(clock.anchored_on)}: enter that day or a later one.",
        )
    _must_say_of_meeting(case, clock.subject, command)
    said = command.model_dump(exclude={"once", "step"})
    kept = ExtraStepRecorded(step=clock.duty, **said)
    record_entry_as(
        work, case, RECORD_EXTRA_STEP, command, Entered(kept=kept, subject=clock.subject)
    )
    mark_met(work, case, ClockId.EXTRA, on=command.done_on, subject=clock.subject)
    return case


def _must_say_of_meeting(case: Case, code: str, said: RecordExtraStep) -> None:
    """Refuse a meeting of which it is not said who met and what they advised, and more of another.

    The policy says which of its steps is a meeting (rules.md 5A).
    """
    is_meeting = any(
        one.code == code and one.is_meeting for one in policy_of(case).clocks_of_its_own
    )
    for field, words in (("who_met", said.who_met), ("advised", said.advised)):
        if is_meeting and words is None:
            raise AnswerRefused(field, "It is a meeting: say who met, and what they advised.")
        if not is_meeting and words is not None:
            raise AnswerRefused(field, "This step is no meeting: leave this empty.")


def _has_steps(work: UnitOfWork, case: Case) -> bool:
    return bool(steps_to_take(work, case))


RECORD_EXTRA_STEP = Act(
    name="record_extra_step",
    command=RecordExtraStep,
    which="step",
    perform=record_extra_step,
    permission=Permission.RUN_SCOPING,
    doing="record a step of our own",
    stages=_OPEN,
    is_offered=_has_steps,
    entry=EntryType.EXTRA_STEP_RECORDED,
    kept=ExtraStepRecorded,
    section=Section.INTERNAL,
    holds_family_data=True,
)
