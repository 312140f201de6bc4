"""What becomes of a case that is not reviewed: closed with reasons, or reopened on new facts."""

from pydantic import Field

from services.casework.acting import begin, record
from services.casework.assigning import ask, done, done_with_case
from services.casework.notification import must_be_possible
from services.casework.notification_clocks import (
    must_have_told_of_death,
    start_local_clocks,
    start_notification_clocks,
)
from services.casework.posting import About, post
from services.casework.timekeeping import end, start
from services.casework.words import LongText, Moment, Words
from services.database.cases import Case
from services.database.due_work import order
from services.database.unit_of_work import UnitOfWork
from services.domain.case import Stage, move, must_stand_at
from services.domain.clocks import ClockId
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.history import Happened
from services.domain.identifiers import CaseId
from services.domain.letters import Event
from services.domain.roles import Permission
from services.domain.steps import Step
from services.domain.todo import Todo


class CloseUnreviewed(Words):
    """Why a case ends without a review, and what is learned all the same (rules.md 2.1 a, b)."""

    reasons: LongText = Field(title="Why does the case end here?")
    learning: LongText = Field(
        title="What local learning follows, if any?", description="It is not sent to the Panel."
    )


class Reopen(Words):
    """New information that makes the local authority suspect abuse or neglect (2.1 c)."""

    information: LongText = Field(title="What is new?")
    aware_at: Moment = Field(
        title="When did the local authority learn of it?",
        description="A new five working days count from this; the first decision stays on record.",
    )


def close_unreviewed(work: UnitOfWork, case_id: CaseId, words: CloseUnreviewed) -> Case:
    """Close a case that was not notified, or whose looked-after death was, with reasons."""
    case = begin(work, case_id, Permission.RUN_LEARNING)
    must_stand_at(
        case.stage, Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH, doing="close it without a review"
    )
    must_have_told_of_death(work, case)
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    record(work, case, Happened.CLOSED_UNREVIEWED, words)
    end(work, case, because="The case was closed.")
    done_with_case(work, case)
    start(work, case, ClockId.K15)
    order(work, case_id, Step.NOTIFY, "closing", subject=str(case.awareness))
    post(work, case, Event.CASE_CLOSED, About(part=str(case.awareness)))
    return case


def reopen(work: UnitOfWork, case_id: CaseId, words: Reopen) -> Case:
    """Reopen an unnotified case: a new awareness, a new clock, the old decision kept."""
    case = begin(work, case_id, Permission.RUN_LEARNING)
    if case.stage is Stage.CLOSED and case.notified_at is not None:
        raise StepNotOpen("A reviewed case is not reopened; new information is added to it.")
    must_stand_at(
        case.stage,
        Stage.NOT_NOTIFIED,
        Stage.LOOKED_AFTER_DEATH,
        Stage.CLOSED,
        doing="reopen the case",
    )
    must_be_possible(work, case, "aware_at", words.aware_at)
    if case.aware_at is not None and words.aware_at < case.aware_at:
        raise AnswerRefused("aware_at", "This cannot be before the first awareness.")
    case.stage = move(case.stage, Stage.REFERRED)
    case.closed_at = None
    case.abuse_suspected = True
    case.awareness += 1
    case.aware_at = words.aware_at
    # [inf] The guidance names no new referral date; ours count afresh from the new information.
    case.referred_at = words.aware_at
    record(work, case, Happened.REOPENED, words)
    _ask_again(work, case)
    return case


def _ask_again(work: UnitOfWork, case: Case) -> None:
    end(work, case, ClockId.K15, because="The case was reopened.")
    done(work, case, Todo.CLOSE_OR_REOPEN)
    start_notification_clocks(work, case)
    start_local_clocks(work, case)
    ask(work, case, Todo.GIVE_VIEW)
    post(work, case, Event.CASE_REOPENED, About(part=str(case.awareness)))
