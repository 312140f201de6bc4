"""What the Panel answers to a rapid review, and how a national review ends."""

from pydantic import Field

from services.casework.acting import begin, record
from services.casework.assigning import ask, done
from services.casework.posting import About, post
from services.casework.sign_off import go_on
from services.casework.words import Day, LongText, Words
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.case import Outcome, PanelAnswer, Stage, after_panel, must_stand_at
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.history import Happened
from services.domain.identifiers import CaseId
from services.domain.letters import Event
from services.domain.roles import Permission
from services.domain.todo import Todo
from services.domain.working_days import london_date


class RecordAnswer(Words):
    """The Panel's letter (rules.md 2.1, outcomes C to E)."""

    received_on: Day = Field(title="When did the Panel answer?")
    answer: PanelAnswer = Field(title="What does the Panel say?")
    letter: LongText = Field(title="The substance of its letter")


class EndNationalReview(Words):
    """How the Panel's national review ended, for this case."""

    ended_on: Day = Field(title="When was the national review published or ended?")
    learning: LongText = Field(title="What does it ask of this partnership? (EMB-11)")


def record_answer(work: UnitOfWork, case_id: CaseId, words: RecordAnswer) -> Case:
    """Record the Panel's answer; the decision on a local review stays the partners' (GOV-14)."""
    case = begin(work, case_id, Permission.SUBMIT_TO_PANEL)
    must_stand_at(case.stage, Stage.WITH_PANEL, doing="record the Panel's answer")
    if case.panel_answered_on is not None:
        raise RuleBroken("The Panel's answer is on record; the partners now reconsider.")
    if words.received_on > work.today:
        raise AnswerRefused("received_on", "The Panel cannot have answered in the future.")
    if case.submitted_at and words.received_on < london_date(case.submitted_at):
        raise AnswerRefused("received_on", "The Panel cannot have answered before the submission.")
    case.panel_answered_on = words.received_on
    entry = record(work, case, Happened.PANEL_ANSWERED, words)
    done(work, case, Todo.RECORD_PANEL_ANSWER)
    post(work, case, Event.PANEL_ANSWERED, About(part=str(entry.number)))
    after = after_panel(case.outcome or Outcome.NO_FURTHER_REVIEW, words.answer)
    if after is None:
        ask(work, case, Todo.PROPOSE_DECISION)
    else:
        go_on(work, case, after)
    return case


def end_national_review(work: UnitOfWork, case_id: CaseId, words: EndNationalReview) -> Case:
    """Take up the learning of the national review; the local case goes on to embed it."""
    case = begin(work, case_id, Permission.SUBMIT_TO_PANEL)
    must_stand_at(case.stage, Stage.NATIONAL_REVIEW, doing="end the national review")
    if words.ended_on > work.today:
        raise AnswerRefused("ended_on", "Enter a day that is not in the future.")
    if case.panel_answered_on and words.ended_on < case.panel_answered_on:
        raise AnswerRefused("ended_on", "This cannot be before the Panel's answer.")
    record(work, case, Happened.NATIONAL_REVIEW_ENDED, words)
    done(work, case, Todo.END_NATIONAL_REVIEW)
    go_on(work, case, Stage.EMBEDDING)
    return case
