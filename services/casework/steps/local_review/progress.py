"""The lead reviewer is asked in writing how the review goes on, and answers (LC-21).

The review group and the safeguarding partners ask. While the report is not signed each answer names
the day of the next: who is asked cannot end it.
"""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, YesNo
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    order_document,
)
from services.casework.steps.local_review.review_opening import must_be_its_reviewer
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class AskForProgress(Command):
    """What the review group or the partners ask the lead reviewer to write (LC-21)."""

    asked: LongText = Field(
        title="What is the lead reviewer asked?",
        description="About progress and quality, besides what every progress report says.",
    )
    by_when: Day = Field(title="By when?")


class ProgressSaid(Command):
    """What every progress report says."""

    done: LongText = Field(title="What was done since the last time?")
    quality: LongText = Field(
        title="How does it meet the terms of reference so far?",
        description="Each key line of enquiry, and how good the information is.",
    )
    obstacles: LongText = Field(
        title="What stands in its way?", description="Or that nothing does."
    )
    timescale: LongText = Field(title="When will there be a draft, and will it be in time?")


class ReportProgress(ProgressSaid):
    """How the review goes on, in the lead reviewer's words, to group and partners (LC-21)."""

    in_time: YesNo = Field(
        title="Do you expect the report to be published by its last day?",
        description="If not, the delay is considered at once (LC-14).",
    )
    next_on: Day = Field(title="By when do you report next?")


class ProgressReported(ProgressSaid):
    """A progress report as it is kept; reviewers once could say why none would follow it."""

    in_time: YesNo | None = Field(default=None, title="Is publication expected by its last day?")
    is_last: LongText | None = Field(default=None, title="Why there is no next progress report")
    next_on: Day | None = Field(default=None, title="By when do you report next?")


def ask_for_progress(work: UnitOfWork, case_id: CaseId, command: AskForProgress) -> Case:
    """Ask the lead reviewer for a progress report by a day, in writing and by email (LC-21)."""
    case = begin(work, case_id, ASK_FOR_PROGRESS, command)
    if command.by_when < work.today:
        raise AnswerRefused("by_when", "Enter a day that is not in the past.")
    entry = record_entry(work, case, ASK_FOR_PROGRESS, command)
    close_todos(work, case, Todo.ASK_FOR_PROGRESS)
    open_todo(work, case, Todo.REPORT_PROGRESS, last_day=command.by_when)
    order_document(work, entry, Step.COMMISSION, DocumentKind.PROGRESS_REQUEST)
    about = EmailContext(part=str(entry.number))
    enqueue_email(work, case, EmailTrigger.PROGRESS_ASKED, about)
    return case


ASK_FOR_PROGRESS = Act(
    name="ask_for_progress",
    command=AskForProgress,
    perform=ask_for_progress,
    permission=Permission.ASK_FOR_PROGRESS,
    doing="ask the lead reviewer for a progress report",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.PROGRESS_ASKED,
    todo=Todo.ASK_FOR_PROGRESS,
    shows=(EntryType.PROGRESS_REPORTED,),
    section=Section.TERMS,
    holds_family_data=True,
)


def report_progress(work: UnitOfWork, case_id: CaseId, command: ReportProgress) -> Case:
    """Keep the progress report; the next one is asked for by the day that it names (LC-21).

    Where it expects publication after its last day, the delay is to be recorded (LC-14).
    """
    case = begin(work, case_id, REPORT_PROGRESS, command)
    must_be_its_reviewer(work, case)
    if command.next_on <= work.today:
        raise AnswerRefused("next_on", "Enter a day to come.")
    entry = record_entry(work, case, REPORT_PROGRESS, command)
    order_document(work, entry, Step.COMMISSION, DocumentKind.PROGRESS_REPORT)
    about = EmailContext(part=str(entry.number))
    enqueue_email(work, case, EmailTrigger.PROGRESS_REPORTED, about)
    close_todos(work, case, Todo.REPORT_PROGRESS)
    open_todo(work, case, Todo.REPORT_PROGRESS, last_day=command.next_on)
    if not command.in_time:
        open_todo(work, case, Todo.RECORD_DELAY, last_day=work.today)
    return case


REPORT_PROGRESS = Act(
    name="report_progress",
    command=ReportProgress,
    perform=report_progress,
    permission=Permission.DRAFT_REPORT,
    doing="report on the progress of the review",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.PROGRESS_REPORTED,
    kept=ProgressReported,
    todo=Todo.REPORT_PROGRESS,
    shows=(EntryType.PROGRESS_ASKED,),
    section=Section.TERMS,
    holds_family_data=True,
)
