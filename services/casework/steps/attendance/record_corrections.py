"""Each request for a correction of the record is answered: corrected, or not, and why (RR-47)."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, EntryChoice, LongText
from services.casework.effects import EmailContext, close_todos, enqueue_to_people
from services.casework.steps.attendance.circulation import said_of_record
from services.database.cases import Case
from services.database.history import Entry, Fact, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.meeting_record import CorrectionCourse, newest_version, open_requests
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class AnswerCorrection(Command):
    """Every request is answered, and whoever asked is told (RR-47).

    To correct the record, write its newest version first: those whose agreed words it changes
    are asked again.
    """

    request: EntryChoice = Field(title="Whose request do you answer?")
    course: CorrectionCourse = Field(title="Is the record corrected?")
    reasons: LongText = Field(title="What was changed, or why is it not changed?")


def answer_correction(work: UnitOfWork, case_id: CaseId, command: AnswerCorrection) -> Case:
    """Answer one request; it is corrected by a version of the record that is newer than it."""
    case = begin(work, case_id, ANSWER_CORRECTION, command)
    said = said_of_record(work, case)
    request = _open_one(said, command)
    is_corrected = command.course is CorrectionCourse.CORRECTED
    if is_corrected and newest_version(said) < request.number:
        raise AnswerRefused("course", "Write the corrected version of the record first.")
    record_entry(work, case, ANSWER_CORRECTION, command, subject=str(request.number))
    if not open_requests(said_of_record(work, case)):
        close_todos(work, case, Todo.ANSWER_CORRECTION)
    about = EmailContext(todo=Todo.AGREE_RECORD, part=str(request.number))
    asked = (UUID(request.subject),)
    enqueue_to_people(work, case, EmailTrigger.CORRECTION_ANSWERED, about, asked)
    return case


ANSWER_CORRECTION = Act(
    name="answer_correction",
    command=AnswerCorrection,
    which="request",
    perform=answer_correction,
    permission=Permission.WRITE_RAPID_REVIEW,
    doing="answer a request for a correction",
    stages=frozenset({Stage.RAPID_REVIEW, Stage.WITH_PANEL}),
    entry=EntryType.CORRECTION_ANSWERED,
    todo=Todo.ANSWER_CORRECTION,
    clock=ClockId.K8,
    shows=(EntryType.RECORD_WRITTEN,),
    is_offered=lambda work, case: bool(open_requests(said_of_record(work, case))),
    section=Section.MEETING,
    holds_family_data=True,
)


def waiting_requests(work: UnitOfWork, case: Case) -> list[Entry]:
    """Return the requests that wait for an answer, as far as the actor reads them."""
    waiting = {one.id for one in open_requests(said_of_record(work, case))}
    asked = all_of(work.session, case.id, EntryType.CORRECTION_ASKED)
    return [one for one in asked if one.id in waiting]


def _open_one(said: list[Fact], command: AnswerCorrection) -> Fact:
    for one in open_requests(said):
        if one.id == command.request:
            return one
    raise AnswerRefused("request", "Choose a request that waits for an answer.")
