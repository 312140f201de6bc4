"""What the Panel answers to a rapid review, and how a national review ends.

Its answer comes when it comes. What the partners decided has begun by then, or has not: what has
begun is neither moved nor ended by it (GOV-14).
"""

from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    panel_has_answered,
)
from services.casework.steps.going_on import (
    enter,
    go_on,
    national_review_runs,
)
from services.casework.steps.panel_letter import CameHow, LetterFile, must_keep_letter
from services.casework.steps.rapid_review.local_course import SETTLED_AT
from services.casework.steps.rapid_review.reconsidering import (
    is_being_decided,
    is_decided_here,
)
from services.casework.steps.review_runs import awaits_panel, has_local_review
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Outcome, PanelAnswer, Stage, after_panel
from services.domain.working_days import london_date

_BESIDE: Final = frozenset(
    {
        Stage.NATIONAL_REVIEW,
        Stage.COMMISSIONING,
        Stage.LOCAL_REVIEW,
        Stage.PUBLICATION,
        Stage.EMBEDDING,
    }
)
# Also on a case that was closed meanwhile: it is on record then, and a query asks for its reply.
_ANSWERED_AT: Final = _BESIDE | {Stage.WITH_PANEL, Stage.CLOSED}


class RecordAnswer(Command):
    """The Panel's letter (rules.md 2.1, outcomes C to E), which is kept with the case.

    Of answers from before it was asked for, it is not known which file it is.
    """

    received_on: Day = Field(title="When did the Panel answer?")
    answer: PanelAnswer = Field(title="What does the Panel say?")
    letter: LongText = Field(title="The substance of its letter")
    letter_file: LetterFile = None
    came_how: CameHow = None


class EndNationalReview(Command):
    """How the Panel's national review ended, for this case."""

    ended_on: Day = Field(title="When was the national review published or ended?")
    learning: LongText = Field(title="What does it ask of this partnership?")


def record_answer(work: UnitOfWork, case_id: CaseId, command: RecordAnswer) -> Case:
    """Record the Panel's answer; the decision on a local review stays the partners' (GOV-14).

    The entry names what it leads to; a query leads nowhere, and waits for a reply.
    """
    case = begin(work, case_id, RECORD_ANSWER, command)
    _must_be_possible(work, case, command)
    decide_again = is_being_decided(work, case)
    case.panel_answered_on = command.received_on
    work.session.add(case)
    after = after_panel(case.outcome or Outcome.NO_FURTHER_REVIEW, command.answer)
    entry = record_entry(work, case, RECORD_ANSWER, command, subject=after or "")
    close_todos(work, case, Todo.RECORD_PANEL_ANSWER)
    panel_has_answered(work, case, command.received_on)
    enqueue_email(work, case, EmailTrigger.PANEL_ANSWERED, EmailContext(part=str(entry.number)))
    if after is None:
        _have_answered(work, case)
    elif case.stage is Stage.CLOSED:
        return case
    elif after is Stage.NATIONAL_REVIEW:
        _leave_to_panel(work, case, decide_again=decide_again)
    elif case.stage is Stage.WITH_PANEL and not decide_again:
        go_on(work, case, after)
    return case


def _have_answered(work: UnitOfWork, case: Case) -> None:
    """Ask the partners for a reply to the query; they may decide otherwise while that is open."""
    if is_decided_here(work, case):
        open_todo(work, case, Todo.PROPOSE_DECISION)
    open_todo(work, case, Todo.REPLY_TO_PANEL)


RECORD_ANSWER = Act(
    name="record_answer",
    command=RecordAnswer,
    perform=record_answer,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="record the Panel's answer",
    stages=_ANSWERED_AT,
    entry=EntryType.PANEL_ANSWERED,
    todo=Todo.RECORD_PANEL_ANSWER,
    shows=(EntryType.DECISION_PROPOSED,),
    is_offered=awaits_panel,
    section=Section.CRITERIA_AND_DECISION,
)


def end_national_review(work: UnitOfWork, case_id: CaseId, command: EndNationalReview) -> Case:
    """Take up the learning of the national review; the local case goes on to embed it.

    A local review goes on beside it, or waits for the partners to decide on it: it never ends with
    the national one (GOV-14). Where the decision is being taken again, the case stays until every
    seat has signed it: the learning would end a joint part, and with it seats that sign (RR-36).
    On a case that was closed meanwhile it is on record, and opens nothing.
    """
    case = begin(work, case_id, END_NATIONAL_REVIEW, command)
    if not national_review_runs(work, case):
        raise StepNotOpen("The Panel carries out no national review of this case.")
    if command.ended_on > work.today:
        raise AnswerRefused("ended_on", "Enter a day that is not in the future.")
    if case.panel_answered_on and command.ended_on < case.panel_answered_on:
        raise AnswerRefused("ended_on", "Enter a day that is not before the Panel's answer.")
    record_entry(work, case, END_NATIONAL_REVIEW, command)
    close_todos(work, case, Todo.END_NATIONAL_REVIEW)
    if case.stage is not Stage.NATIONAL_REVIEW:
        # What has begun of a local review has gone on meanwhile.
        close_todos(work, case, Todo.PROPOSE_LOCAL_COURSE)
    elif is_being_decided(work, case):
        return case
    elif has_local_review(work, case):
        open_todo(work, case, Todo.PROPOSE_LOCAL_COURSE)
    else:
        go_on(work, case, Stage.EMBEDDING)
    return case


END_NATIONAL_REVIEW = Act(
    name="end_national_review",
    command=EndNationalReview,
    perform=end_national_review,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="end the national review",
    stages=_BESIDE | {Stage.CLOSED},
    entry=EntryType.NATIONAL_REVIEW_ENDED,
    todo=Todo.END_NATIONAL_REVIEW,
    shows=(EntryType.PANEL_ANSWERED,),
    is_offered=national_review_runs,
    section=Section.CRITERIA_AND_DECISION,
)


def _must_be_possible(work: UnitOfWork, case: Case, command: RecordAnswer) -> None:
    if not awaits_panel(work, case):
        raise RuleBroken("No answer of the Panel is awaited: what it answered is on record.")
    if command.received_on > work.today:
        raise AnswerRefused("received_on", "The Panel cannot have answered in the future.")
    if case.submitted_at and command.received_on < london_date(case.submitted_at):
        raise AnswerRefused("received_on", "The Panel cannot have answered before the submission.")
    must_keep_letter(work, case, command.letter_file, command.came_how)


def _leave_to_panel(work: UnitOfWork, case: Case, *, decide_again: bool) -> None:
    """Have the national review's end recorded; the local one is the partners' to settle.

    A case on which nothing has begun waits for it; what has begun goes on beside it.
    """
    if case.stage is Stage.WITH_PANEL:
        (enter if decide_again else go_on)(work, case, Stage.NATIONAL_REVIEW)
    open_todo(work, case, Todo.END_NATIONAL_REVIEW)
    is_settled_now = case.stage in SETTLED_AT and not decide_again
    if is_settled_now and has_local_review(work, case):
        open_todo(work, case, Todo.PROPOSE_LOCAL_COURSE)
