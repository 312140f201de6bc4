"""A delay to a local review: recorded at once and told, while the first date stays (LC-14)."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, NeededWhen
from services.casework.effects import ToSend, close_todos, last_day, order_dispatches
from services.casework.steps.going_on import has_local_review
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.lateness import TellingTime, time_of_telling
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class DelayCourse(StrEnum):
    """What the partners do while something stands in the way (LC-16)."""

    PROCEED = "proceed"
    DELAY_PUBLICATION = "delay_publication"
    DELAY_REVIEW = "delay_review"


class DelayConsideredBy(StrEnum):
    """Who has considered the delay (LC-14)."""

    REVIEW_GROUP = "review_group"
    PARTNERS = "partners"


class RecordDelay(Command):
    """A delay as soon as it is foreseen; proceedings alone are no reason (LC-14 to LC-16).

    Where it goes beyond the last day, the Panel and the Secretary of State are told.
    """

    considered_by: DelayConsideredBy = Field(title="Who has considered the delay?")
    considered_on: Day = Field(title="When?")
    course: DelayCourse = Field(title="What do the partners do?")
    reasons: LongText = Field(
        title="Why?", description="Criminal or other proceedings are not of themselves a reason."
    )
    learning: Annotated[LongText | None, NeededWhen("if publication or the review is delayed")] = (
        Field(
            default=None,
            title="Which learning is acted on meanwhile?",
            description="What is learnt about systems alone is not delayed.",
        )
    )
    overlap: Annotated[LongText | None, NeededWhen("if the review is delayed")] = Field(
        default=None,
        title="How far does each key line of enquiry overlap with what stands in the way?",
        description="Line by line, with what of it goes on.",
    )
    expected_on: Day = Field(title="When is publication now expected?")
    discussed: LongText | None = Field(
        default=None,
        title="What was said of it with the Panel, if it goes beyond the last day?",
        description="A likely delay beyond the last day is discussed with the Panel (LC-15).",
    )


class DelayRecorded(RecordDelay):
    """What is kept of it: the last day for publication, and whether it had passed."""

    due_on: date = Field(title="What was the last day for publication?")
    told: TellingTime = Field(title="When are the Panel and the Secretary of State told?")


def record_delay(work: UnitOfWork, case_id: CaseId, command: RecordDelay) -> Case:
    """Record a delay that was considered (LC-14); no clock stops (K11).

    The Panel and the Secretary of State are told of one beyond the last day, and of no other
    (LC-15).
    """
    case = begin(work, case_id, RECORD_DELAY, command)
    due_on = last_day(work, case, ClockId.K11)
    if due_on is None:
        raise StepNotOpen(
            "There is no local review with a last day for publication: no delay could be told."
        )
    if command.considered_on > work.today:
        raise AnswerRefused("considered_on", "Enter a day that is not in the future (LC-14).")
    if command.expected_on <= work.today:
        raise AnswerRefused("expected_on", "Enter a day after today.")
    _must_be_decided(command)
    told = time_of_telling(due_on, command.expected_on, work.today)
    kept = DelayRecorded(**command.model_dump(exclude={"once"}), due_on=due_on, told=told)
    entry = record_entry_as(work, case, RECORD_DELAY, command, Entered(kept=kept))
    close_todos(work, case, Todo.RECORD_DELAY)
    if told is not TellingTime.NOT_NEEDED:
        asked = ToSend(_step(case), Notice.DELAY_FORESEEN, command.expected_on)
        order_dispatches(work, case, entry, asked)
    return case


RECORD_DELAY = Act(
    name="record_delay",
    command=RecordDelay,
    perform=record_delay,
    permission=Permission.RUN_REVIEW,
    doing="record a delay",
    stages=frozenset(
        {
            Stage.WITH_PANEL,
            Stage.NATIONAL_REVIEW,
            Stage.COMMISSIONING,
            Stage.LOCAL_REVIEW,
            Stage.PUBLICATION,
        }
    ),
    entry=EntryType.DELAY_RECORDED,
    kept=DelayRecorded,
    todo=Todo.RECORD_DELAY,
    clock=ClockId.K11,
    is_offered=has_local_review,
    section=Section.PUBLICATION,
)


def _must_be_decided(command: RecordDelay) -> None:
    """Refuse a delay on which not the partners decided, or of which nothing was weighed (LC-16)."""
    if command.course is DelayCourse.PROCEED:
        return
    if command.considered_by is not DelayConsideredBy.PARTNERS:
        raise AnswerRefused("considered_by", "The safeguarding partners decide to delay (LC-16).")
    if command.learning is None:
        raise AnswerRefused("learning", "Enter which learning is acted on meanwhile (LC-16).")
    if command.course is DelayCourse.DELAY_REVIEW and command.overlap is None:
        raise AnswerRefused("overlap", "Enter how far each key line of enquiry overlaps (LC-16).")


def _step(case: Case) -> Step:
    """Return the step under which the notice is made: the one at which the case stands."""
    if case.stage in {Stage.WITH_PANEL, Stage.NATIONAL_REVIEW}:
        return Step.SUBMIT
    return Step.PUBLISH if case.stage is Stage.PUBLICATION else Step.COMMISSION
