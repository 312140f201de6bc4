"""The review group asks the lead reviewer in writing how the review goes on (LC-21)."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, NeededWhen
from services.casework.effects import close_todos, open_todo
from services.casework.steps.local_review.review_opening import must_be_its_reviewer
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class AskForProgress(Command):
    """What the review group asks the lead reviewer to write about the review (LC-21)."""

    asked: LongText = Field(
        title="What is the lead reviewer asked?",
        description="About progress and quality, besides what every progress report says.",
    )
    by_when: Day = Field(title="By when?")


class ReportProgress(Command):
    """How the review goes on, in the lead reviewer's words, to the review group (LC-21)."""

    done: LongText = Field(title="What was done since the last time?")
    quality: LongText = Field(
        title="How does it meet the terms of reference so far?",
        description="Each key line of enquiry, and how good the information is.",
    )
    obstacles: LongText = Field(
        title="What stands in its way?", description="Or that nothing does."
    )
    timescale: LongText = Field(title="When will there be a draft, and will it be in time?")
    is_last: Annotated[LongText | None, NeededWhen("if you name no next day")] = Field(
        default=None, title="Why is there no next progress report?"
    )
    next_on: Day | None = Field(default=None, title="By when do you report next?")


def ask_for_progress(work: UnitOfWork, case_id: CaseId, command: AskForProgress) -> Case:
    """Ask the lead reviewer for a progress report by a day (LC-21)."""
    case = begin(work, case_id, ASK_FOR_PROGRESS, command)
    _must_have_no_draft(case)
    if command.by_when < work.today:
        raise AnswerRefused("by_when", "Enter a day that is not in the past.")
    record_entry(work, case, ASK_FOR_PROGRESS, command)
    close_todos(work, case, Todo.ASK_FOR_PROGRESS)
    open_todo(work, case, Todo.REPORT_PROGRESS, last_day=command.by_when)
    return case


def awaits_draft(_work: UnitOfWork, case: Case) -> bool:
    """Tell whether there is no draft report yet, so that progress is asked about."""
    return case.report_version == 0


ASK_FOR_PROGRESS = Act(
    name="ask_for_progress",
    command=AskForProgress,
    perform=ask_for_progress,
    permission=Permission.OVERSEE_COMMISSIONING,
    doing="ask the lead reviewer for a progress report",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.PROGRESS_ASKED,
    todo=Todo.ASK_FOR_PROGRESS,
    shows=(EntryType.PROGRESS_REPORTED,),
    is_offered=awaits_draft,
    section=Section.TERMS,
    holds_family_data=True,
)


def report_progress(work: UnitOfWork, case_id: CaseId, command: ReportProgress) -> Case:
    """Keep the progress report; the next one is asked for by the day that it names (LC-21)."""
    case = begin(work, case_id, REPORT_PROGRESS, command)
    must_be_its_reviewer(work, case)
    _must_have_no_draft(case)
    _must_say_when_next(work, command)
    record_entry(work, case, REPORT_PROGRESS, command)
    close_todos(work, case, Todo.REPORT_PROGRESS)
    if command.next_on is not None:
        open_todo(work, case, Todo.REPORT_PROGRESS, last_day=command.next_on)
    return case


REPORT_PROGRESS = Act(
    name="report_progress",
    command=ReportProgress,
    perform=report_progress,
    permission=Permission.DRAFT_REPORT,
    doing="report on the progress of the review",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.PROGRESS_REPORTED,
    todo=Todo.REPORT_PROGRESS,
    shows=(EntryType.PROGRESS_ASKED,),
    is_offered=awaits_draft,
    section=Section.TERMS,
    holds_family_data=True,
)


def _must_have_no_draft(case: Case) -> None:
    """Refuse to ask about progress once there is a draft: the group reads and assures that."""
    if case.report_version > 0:
        raise StepNotOpen("There is a draft report: the review group assures that instead.")


def _must_say_when_next(work: UnitOfWork, command: ReportProgress) -> None:
    """Refuse a report that names neither the next day nor why there is none (LC-21)."""
    if command.next_on is not None and command.next_on <= work.today:
        raise AnswerRefused("next_on", "Enter a day to come.")
    if (command.next_on is None) is not (command.is_last is not None):
        raise AnswerRefused(
            "next_on", "Name the next day, or say why there is no next report: one of the two."
        )
