"""Each named attendee agrees the record of the meeting, or asks for a correction (RR-47)."""

from pydantic import Field

from services.casework.access.meeting import attends, is_final
from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, ShownRound
from services.casework.effects import EmailContext, close_todos, enqueue_email, last_day, open_todo
from services.casework.steps.attendance.circulation import said_of_record
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AlreadyDone, AnswerRefused, NotPermitted, RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.meeting_record import (
    AnswerToRecord,
    last_answer,
    newest_version,
    open_requests,
    version_answered,
)
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class AnswerRecord(Command):
    """Each person who attended says for themselves whether the record is right (RR-47)."""

    record: ShownRound = Field(title="Version of the record")
    answer: AnswerToRecord = Field(title="Do you agree the record?")
    correction: LongText | None = Field(
        default=None,
        title="If not, what should be corrected?",
        description="Say where in the record, and how it should read.",
    )


def answer_record(work: UnitOfWork, case_id: CaseId, command: AnswerRecord) -> Case:
    """Keep what the actor says of the record in their own person; it holds nothing back."""
    case = begin(work, case_id, ANSWER_RECORD, command)
    if not attends(work, case):
        raise NotPermitted("Only a person who is named to attend the meeting answers (RR-47).")
    _must_be_open(work, case, command)
    asks = command.answer is AnswerToRecord.ASKS_FOR_CORRECTION
    entry_type = EntryType.CORRECTION_ASKED if asks else EntryType.RECORD_AGREED
    person = str(work.actor.person_id)
    entered = Entered(subject=person, entry_type=entry_type)
    entry = record_entry_as(work, case, ANSWER_RECORD, command, entered)
    close_todos(work, case, Todo.AGREE_RECORD, subject=person)
    if asks:
        if not is_final(case):
            open_todo(work, case, Todo.ANSWER_CORRECTION, last_day=last_day(work, case, ClockId.K8))
        about = EmailContext(todo=Todo.ANSWER_CORRECTION, part=str(entry.number))
        enqueue_email(work, case, EmailTrigger.CORRECTION_ASKED, about)
    elif not open_requests(said_of_record(work, case)):
        close_todos(work, case, Todo.ANSWER_CORRECTION)
    return case


ANSWER_RECORD = Act(
    name="answer_record",
    command=AnswerRecord,
    perform=answer_record,
    permission=Permission.ATTEND_MEETING,
    doing="agree the record of the meeting",
    stages=frozenset({Stage.RAPID_REVIEW, Stage.WITH_PANEL}),
    entry=EntryType.RECORD_AGREED,
    other_entry=EntryType.CORRECTION_ASKED,
    todo=Todo.AGREE_RECORD,
    clock=ClockId.K8,
    shows=(EntryType.RECORD_WRITTEN, EntryType.MEETING_HELD),
    is_offered=lambda work, case: attends(work, case) and case.met_on is not None,
    section=Section.MEETING,
    holds_family_data=True,
)


def _must_be_open(work: UnitOfWork, case: Case, command: AnswerRecord) -> None:
    """Refuse an answer to another version, the same answer again, and a request without words."""
    said = said_of_record(work, case)
    newest = newest_version(said)
    if not newest:
        raise StepNotOpen("The record of the meeting has not been written yet.")
    if command.record != newest:
        raise RuleBroken(
            "The record was changed after you opened this page. Open the page again and read "
            "the newest version."
        )
    if command.answer is AnswerToRecord.ASKS_FOR_CORRECTION:
        if command.correction is None:
            raise AnswerRefused("correction", "Enter what should be corrected.")
        return
    before = last_answer(said, work.actor.person_id)
    if (
        before is not None
        and before.entry_type is EntryType.RECORD_AGREED
        and version_answered(said, before) == newest
    ):
        raise AlreadyDone("You have agreed this version of the record already.")
