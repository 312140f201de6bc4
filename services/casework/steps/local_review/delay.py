"""A delay to a local review: recorded at once and told, while the first date stays (LC-14)."""

from enum import StrEnum

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


class DelayCourse(StrEnum):
    """What the partners do while something stands in the way (LC-16)."""

    PROCEED = "proceed"
    DELAY_PUBLICATION = "delay_publication"
    DELAY_REVIEW = "delay_review"


class RecordDelay(Command):
    """A delay as soon as it is foreseen; proceedings alone are no reason (LC-14 to LC-16)."""

    course: DelayCourse = Field(title="What do the partners do?")
    reasons: LongText = Field(
        title="Why?", description="Criminal or other proceedings are not of themselves a reason."
    )
    expected_on: Day = Field(title="When is publication now expected?")


def record_delay(work: UnitOfWork, case_id: CaseId, command: RecordDelay) -> Case:
    """Have the Panel and the Secretary of State told of a delay; no clock stops (K11, LC-15)."""
    case = begin(work, case_id, RECORD_DELAY, command)
    if command.expected_on <= work.today:
        raise AnswerRefused("expected_on", "Enter a day after today.")
    entry = record_entry(work, case, RECORD_DELAY, command)
    step = Step.PUBLISH if case.stage is Stage.PUBLICATION else Step.COMMISSION
    notice = Notice.DELAY_FORESEEN
    order_dispatches(work, case, entry, ToSend(step, notice, command.expected_on))
    return case


RECORD_DELAY = Act(
    name="record_delay",
    command=RecordDelay,
    perform=record_delay,
    permission=Permission.PLAN_PUBLICATION,
    doing="record a delay",
    stages=frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.PUBLICATION}),
    entry=EntryType.DELAY_RECORDED,
    clock=ClockId.K11,
    section=Section.PUBLICATION,
)
