"""The word to the Panel's secretariat that the rapid review will be late (RR-37)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText
from services.casework.effects import ToSend, order_dispatches
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step


class TellLateness(Command):
    """Notice to the Panel's secretariat that the rapid review will be late (RR-37)."""

    reasons: LongText = Field(title="Why will it be late?")
    expected_on: Day = Field(title="When is it expected?")


def tell_lateness(work: UnitOfWork, case_id: CaseId, command: TellLateness) -> Case:
    """Tell the Panel's secretariat, before the day, that the rapid review will be late (RR-37)."""
    case = begin(work, case_id, TELL_LATENESS, command)
    if command.expected_on < work.today:
        raise AnswerRefused("expected_on", "Enter a day from today on.")
    entry = record_entry(work, case, TELL_LATENESS, command)
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
    clock=ClockId.K10,
    section=Section.CRITERIA_AND_DECISION,
)
