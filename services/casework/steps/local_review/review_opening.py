"""Gate G6: a local review opens once its terms are endorsed and its reviewer may act."""

from uuid import UUID

from services.casework.effects import last_day, open_todo
from services.casework.joint.own_agencies import tell_review_opened
from services.casework.steps.local_review.review_method import follow_method
from services.casework.steps.rounds.sign_off_rounds import all_agree
from services.database.cases import Case
from services.database.decisions import conflicted_beside, declaration
from services.database.reviewers import closed_since, reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.errors import NotPermitted, RuleBroken
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, move


def reviewers_free(work: UnitOfWork, case: Case) -> tuple[UUID, ...]:
    """Return the case's reviewers but those to whom what they declared closes it (LC-02, G7).

    Who has yet to declare is among them.
    """
    closed = {*closed_since(work.session, case.id), *conflicted_beside(work.session, case.id)}
    return tuple(one for one in reviewers_now(work.session, case.id) if one not in closed)


def may_review(work: UnitOfWork, case: Case, person_id: UUID) -> bool:
    """Tell whether the person has declared no conflict and signed for confidentiality (G7)."""
    declared = declaration(work.session, case.id, person_id)
    if declared is None or not declared.opens_case:
        return False
    return person_id not in conflicted_beside(work.session, case.id)


def must_be_its_reviewer(work: UnitOfWork, case: Case) -> None:
    """Refuse anybody but a reviewer of the case, who has declared (LC-01, G7)."""
    if work.actor.person_id not in reviewers_now(work.session, case.id):
        raise NotPermitted("This is for the reviewers of this case only.")
    if not may_review(work, case, work.actor.person_id):
        raise NotPermitted("Declare any conflict and sign the confidentiality agreement first.")


def must_have_reviewer(work: UnitOfWork, case: Case) -> None:
    """Refuse to go on with a review that nobody is there to carry out (LC-23, G9, G10)."""
    if not any(may_review(work, case, one) for one in reviewers_now(work.session, case.id)):
        raise RuleBroken(
            "Nobody who may act is appointed to carry out this review (LC-23): appoint a reviewer, "
            "who declares first. The report names them, and the three bodies are told (LC-24)."
        )


def open_review_if_ready(work: UnitOfWork, case: Case) -> None:
    """Open the review when G6 holds: every endorsement, and reviewers free of conflict.

    A reviewer in conflict beside one who is free holds nothing up: the case is closed to them.

    The review group is asked to have its progress reported to it, and the partners to monitor its
    time and quality, from the beginning (LC-21).
    """
    reviewers = reviewers_free(work, case)
    if not reviewers or not all(may_review(work, case, one) for one in reviewers):
        return
    if not all_agree(work, case, SignOffMatter.TERMS_OF_REFERENCE):
        return
    case.stage = move(case.stage, Stage.LOCAL_REVIEW)
    case.commissioned_on = work.today
    work.session.add(case)
    limit = last_day(work, case, ClockId.K11)
    open_todo(work, case, Todo.REQUEST_REPORTS, last_day=limit)
    open_todo(work, case, Todo.ASK_FOR_PROGRESS)
    follow_method(work, case)
    open_todo(work, case, Todo.MONITOR_REVIEW)
    open_todo(work, case, Todo.SUBMIT_DRAFT, last_day=limit)
    tell_review_opened(work, case)
