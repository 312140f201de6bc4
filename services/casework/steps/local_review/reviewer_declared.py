"""What follows where the case's own lead reviewer declares, at first or later (LC-02, G7)."""

from typing import Final

from services.casework.effects import close_todos, open_todo
from services.casework.steps.local_review.review_opening import open_review_if_ready, reviewer_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.todos import Todo
from services.domain.workflow import Stage

_WITH_REVIEWER: Final = frozenset({Stage.COMMISSIONING, Stage.LOCAL_REVIEW})


def reviewer_declared(work: UnitOfWork, case: Case, *, has_conflict: bool) -> None:
    """Open the review, or have another reviewer appointed while there is a review to carry out.

    It is the person who is asked, whatever they act as now; of anybody else nothing follows.
    """
    if reviewer_of(work, case) != work.actor.person_id:
        return
    close_todos(work, case, Todo.DECLARE)
    if has_conflict and case.stage in _WITH_REVIEWER:
        open_todo(work, case, Todo.APPOINT_REVIEWER)
    elif not has_conflict and case.stage is Stage.COMMISSIONING:
        open_review_if_ready(work, case)
