"""What the Panel answers to a rapid review, how partners challenge it, how a national one ends."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, YesNo
from services.casework.effects import (
    EmailContext,
    ToSend,
    cancel_clock,
    close_todos,
    enqueue_email,
    open_todo,
    order_dispatches,
    panel_has_answered,
    start_extra_clocks,
)
from services.casework.joint.ending import end_joint_part
from services.database.cases import Case
from services.database.history import last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId
from services.domain.dispatches import Notice
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Outcome, PanelAnswer, Stage, Step, after_panel, move
from services.domain.working_days import london_date


class RecordAnswer(Command):
    """The Panel's letter (rules.md 2.1, outcomes C to E)."""

    received_on: Day = Field(title="When did the Panel answer?")
    answer: PanelAnswer = Field(title="What does the Panel say?")
    letter: LongText = Field(title="The substance of its letter")


class LodgeChallenge(Command):
    """The partners' challenge of the Panel's disagreement (GOV-17)."""

    grounds: LongText = Field(title="On what grounds do the partners keep to their decision?")
    new_information: LongText | None = Field(
        default=None, title="What new information supports it, if any?"
    )
    all_agree: YesNo = Field(title="Do all three safeguarding partners agree to challenge?")


class EndNationalReview(Command):
    """How the Panel's national review ended, for this case."""

    ended_on: Day = Field(title="When was the national review published or ended?")
    learning: LongText = Field(title="What does it ask of this partnership?")


def record_answer(work: UnitOfWork, case_id: CaseId, command: RecordAnswer) -> Case:
    """Record the Panel's answer; the decision on a local review stays the partners' (GOV-14)."""
    case = begin(work, case_id, RECORD_ANSWER, command)
    if case.panel_answered_on is not None:
        raise RuleBroken("The Panel's answer is on record; the partners now reconsider.")
    if command.received_on > work.today:
        raise AnswerRefused("received_on", "The Panel cannot have answered in the future.")
    if case.submitted_at and command.received_on < london_date(case.submitted_at):
        raise AnswerRefused("received_on", "The Panel cannot have answered before the submission.")
    case.panel_answered_on = command.received_on
    entry = record_entry(work, case, RECORD_ANSWER, command)
    close_todos(work, case, Todo.RECORD_PANEL_ANSWER)
    panel_has_answered(work, case, command.received_on)
    enqueue_email(work, case, EmailTrigger.PANEL_ANSWERED, EmailContext(part=str(entry.number)))
    after = after_panel(case.outcome or Outcome.NO_FURTHER_REVIEW, command.answer)
    if after is None:
        open_todo(work, case, Todo.PROPOSE_DECISION)
    else:
        go_on(work, case, after)
    return case


RECORD_ANSWER = Act(
    name="record_answer",
    command=RecordAnswer,
    perform=record_answer,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="record the Panel's answer",
    stages=frozenset({Stage.WITH_PANEL}),
    entry=EntryType.PANEL_ANSWERED,
    todo=Todo.RECORD_PANEL_ANSWER,
    shows=(EntryType.DECISION_PROPOSED,),
    section=Section.CRITERIA_AND_DECISION,
)


def lodge_challenge(work: UnitOfWork, case_id: CaseId, command: LodgeChallenge) -> Case:
    """Challenge the Panel's disagreement; its answer to the challenge is awaited next (GOV-17)."""
    case = begin(work, case_id, LODGE_CHALLENGE, command)
    answered = last_fact(work.session, case.id, EntryType.PANEL_ANSWERED)
    if answered is None or case.panel_answered_on is None:
        raise StepNotOpen("There is no answer of the Panel to challenge.")
    subject = str(case.decision_round)
    proposed = last_fact(work.session, case.id, EntryType.DECISION_PROPOSED, subject)
    if proposed is not None and proposed.number > answered.number:
        raise StepNotOpen("The partners are deciding again: challenge the Panel's next answer.")
    if not command.all_agree:
        raise AnswerRefused("all_agree", "A challenge is lodged by all three partners together.")
    case.panel_answered_on = None
    entry = record_entry(work, case, LODGE_CHALLENGE, command)
    close_todos(work, case, Todo.PROPOSE_DECISION)
    open_todo(work, case, Todo.RECORD_PANEL_ANSWER)
    start_extra_clocks(work, case, Anchor.SUBMISSION, work.today)
    order_dispatches(work, case, entry, ToSend(Step.SUBMIT, Notice.CHALLENGE_LODGED))
    enqueue_email(work, case, EmailTrigger.CHALLENGE_LODGED, EmailContext(part=str(entry.number)))
    return case


LODGE_CHALLENGE = Act(
    name="lodge_challenge",
    command=LodgeChallenge,
    perform=lodge_challenge,
    permission=Permission.RECONSIDER,
    doing="challenge the Panel's answer",
    stages=frozenset({Stage.WITH_PANEL}),
    entry=EntryType.CHALLENGE_LODGED,
    shows=(EntryType.DECISION_PROPOSED, EntryType.PANEL_ANSWERED),
    section=Section.CRITERIA_AND_DECISION,
    holds_family_data=True,
)


def end_national_review(work: UnitOfWork, case_id: CaseId, command: EndNationalReview) -> Case:
    """Take up the learning of the national review; the local case goes on to embed it."""
    case = begin(work, case_id, END_NATIONAL_REVIEW, command)
    if command.ended_on > work.today:
        raise AnswerRefused("ended_on", "Enter a day that is not in the future.")
    if case.panel_answered_on and command.ended_on < case.panel_answered_on:
        raise AnswerRefused("ended_on", "This cannot be before the Panel's answer.")
    record_entry(work, case, END_NATIONAL_REVIEW, command)
    close_todos(work, case, Todo.END_NATIONAL_REVIEW)
    go_on(work, case, Stage.EMBEDDING)
    return case


END_NATIONAL_REVIEW = Act(
    name="end_national_review",
    command=EndNationalReview,
    perform=end_national_review,
    permission=Permission.SUBMIT_TO_PANEL,
    doing="end the national review",
    stages=frozenset({Stage.NATIONAL_REVIEW}),
    entry=EntryType.NATIONAL_REVIEW_ENDED,
    todo=Todo.END_NATIONAL_REVIEW,
    shows=(EntryType.PANEL_ANSWERED,),
    section=Section.CRITERIA_AND_DECISION,
)


def go_on(work: UnitOfWork, case: Case, stage: Stage) -> None:
    """Move the case past the Panel's answer, and say whose turn it is there."""
    case.stage = move(case.stage, stage)
    work.session.add(case)
    close_todos(work, case, Todo.PROPOSE_DECISION, Todo.SIGN_RAPID_REVIEW)
    if stage is Stage.EMBEDDING:
        end_joint_part(work, case)
    if stage is not Stage.COMMISSIONING:
        cancel_clock(work, case, ClockId.K11, because=ClockEnding.NO_LOCAL_REVIEW)
    turns = {
        Stage.COMMISSIONING: (Todo.AGREE_TERMS, Todo.APPOINT_REVIEWER),
        Stage.NATIONAL_REVIEW: (Todo.END_NATIONAL_REVIEW,),
        Stage.EMBEDDING: (Todo.PROPOSE_PLAN,),
    }
    for todo in turns[stage]:
        open_todo(work, case, todo)
