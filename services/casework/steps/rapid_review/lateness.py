"""The word to the Panel's secretariat that the rapid review will be late (RR-37)."""

from datetime import date

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText
from services.casework.effects import ToSend, close_todos, last_day, order_dispatches
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.lateness import TellingTime, time_of_telling
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step
from services.domain.working_days import written


class TellLateness(Command):
    """Notice to the Panel's secretariat that the rapid review will be late (RR-37)."""

    reasons: LongText = Field(title="Why will it be late?")
    expected_on: Day = Field(title="When is it expected?")


class LatenessTold(TellLateness):
    """What is kept of it: the day by which it was due, and whether that had passed."""

    due_on: date | None = Field(title="By which day is it due?")
    told: TellingTime = Field(title="When is the Panel told?")


def tell_lateness(work: UnitOfWork, case_id: CaseId, command: TellLateness) -> Case:
    """Tell the Panel's secretariat that the rapid review will be late, before the day (RR-37).

    After the day it is told all the same, and stays on record as told late.
    """
    case = begin(work, case_id, TELL_LATENESS, command)
    if command.expected_on < work.today:
        raise AnswerRefused("expected_on", "Enter a day from today on.")
    due_on = last_day(work, case, ClockId.K10)
    told = time_of_telling(due_on, command.expected_on, work.today)
    if due_on is not None and told is TellingTime.NOT_NEEDED:
        raise AnswerRefused(
            "expected_on", f"That is in time: it is due by the end of {written(due_on)} (RR-34)."
        )
    kept = LatenessTold(**command.model_dump(exclude={"once"}), due_on=due_on, told=told)
    entry = record_entry_as(work, case, TELL_LATENESS, command, Entered(kept=kept))
    close_todos(work, case, Todo.TELL_LATENESS)
    notice = Notice.LATENESS_FORECAST
    order_dispatches(work, case, entry, ToSend(Step.SUBMIT, notice, command.expected_on))
    return case


TELL_LATENESS = Act(
    name="tell_lateness",
    command=TellLateness,
    perform=tell_lateness,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="tell of lateness",
    stages=frozenset({Stage.RAPID_REVIEW}),
    entry=EntryType.LATENESS_TOLD,
    kept=LatenessTold,
    todo=Todo.TELL_LATENESS,
    clock=ClockId.K10,
    section=Section.CRITERIA_AND_DECISION,
)
