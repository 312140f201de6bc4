"""What follows where a reviewer of the case declares, at first or later (LC-02, G7)."""

from typing import Final

from services.casework.effects import close_todos, open_todo
from services.casework.steps.local_review.review_opening import open_review_if_ready, reviewers_free
from services.casework.steps.names_sent import follow_names
from services.casework.steps.review_runs import has_local_review
from services.database.cases import Case
from services.database.decisions import declarations_on
from services.database.reviewers import reviewers_now
from services.database.unit_of_work import UnitOfWork
from services.domain.todos import Todo
from services.domain.workflow import Stage

APPOINTED_AT: Final = frozenset(
    {Stage.WITH_PANEL, Stage.COMMISSIONING, Stage.LOCAL_REVIEW, Stage.PUBLICATION}
)
_WITH_REVIEWER: Final = frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW})


def reviewer_declared(work: UnitOfWork, case: Case, *, has_conflict: bool) -> None:
    """Open the review, or have another reviewer appointed while there is a review to carry out.

    It is the person who is asked, whatever they act as now; of anybody else nothing follows.
    """
    if work.actor.person_id not in reviewers_now(work.session, case.id):
        return
    have_declared(work, case)
    if not has_conflict or case.stage in _WITH_REVIEWER:
        follow_reviewers(work, case)


def follow_reviewers(work: UnitOfWork, case: Case) -> None:
    """Open the review by who is free to review; where nobody is, have somebody appointed (LC-23).

    After publication, and where there is no local review, nobody is appointed.
    """
    if reviewers_free(work, case):
        close_todos(work, case, Todo.APPOINT_REVIEWER)
        if case.stage is Stage.COMMISSIONING:
            open_review_if_ready(work, case)
    elif case.stage in APPOINTED_AT and (
        case.stage is Stage.PUBLICATION or has_local_review(work, case)
    ):
        open_todo(work, case, Todo.APPOINT_REVIEWER)


def have_declared(work: UnitOfWork, case: Case) -> None:
    """Ask the reviewers to declare while one of them has not, and else nobody (LC-01, G7).

    A text that was sent before publication follows who is to be named (PUB-27).
    """
    follow_names(work, case)
    close_todos(work, case, Todo.DECLARE)
    declared = declarations_on(work.session, case.id)
    has_part = case.stage in APPOINTED_AT
    if has_part and not declared.keys() >= {*reviewers_now(work.session, case.id)}:
        open_todo(work, case, Todo.DECLARE)
