"""The authority's own duty to decide on notifying, where a joint review has begun without it.

The rapid review opens on another area's notification (RR-01); whether to notify stays the
authority's own decision, and what it was asked it still answers (NOT-13).
"""

from collections.abc import Callable
from typing import Final

from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, RuleBroken, StepNotOpen
from services.domain.todos import Todo
from services.domain.workflow import Stage

BESIDE_REVIEW: Final = frozenset(
    {
        Stage.RAPID_REVIEW,
        Stage.JOINT_REVIEW,
        Stage.WITH_PANEL,
        Stage.NATIONAL_REVIEW,
        Stage.COMMISSIONING,
        Stage.LOCAL_REVIEW,
        Stage.PUBLICATION,
        Stage.EMBEDDING,
    }
)
"""Where a review may stand that another area's notification opened."""

TO_DECIDE: Final = (Todo.RECORD_AWARENESS, Todo.DECIDE_TO_NOTIFY)
"""What the authority is asked until it has decided."""

NO_CHILD: Final = (
    "Nobody named in the referral was under 18 on the day of the incident: only the death of a "
    "care leaver is told of, to the Secretary of State and Ofsted (NOT-05, K3b). Where that is "
    "wrong, correct the referral first."
)


def is_owed(work: UnitOfWork, case: Case, *todos: Todo) -> bool:
    """Tell whether the authority is still to do one of these, beside the review or before it."""
    if case.stage not in BESIDE_REVIEW:
        return True
    return any(one.todo in todos for one in open_assignments(work.session, case.id))


def must_be_owed(work: UnitOfWork, case: Case, *todos: Todo) -> None:
    """Refuse what is not asked of the authority any more once the review has begun."""
    if not is_owed(work, case, *todos):
        raise StepNotOpen(
            "The rapid review has begun, and this is on record or was not asked for: it is done "
            "before the review, or where another area's notification opened it."
        )


def owed(*todos: Todo) -> Callable[[UnitOfWork, Case], bool]:
    """Return whether a page offers the act: while one of these is asked."""
    return lambda work, case: is_owed(work, case, *todos)


def must_concern_a_child(case: Case, field: str = "") -> None:
    """Refuse a notification, a review or new clocks where every subject was of age.

    Raises AnswerRefused beside the field, or RuleBroken where there is none.
    """
    if case.has_child:
        return
    if field:
        raise AnswerRefused(field, NO_CHILD)
    raise RuleBroken(NO_CHILD)


def must_be_own_duty(case: Case, field: str) -> None:
    """Refuse to notify of what another area's authority notifies of (NOT-01, NOT-02)."""
    if case.duty_elsewhere:
        raise AnswerRefused(
            field,
            "By the referral the duty to notify is that of another area's authority (NOT-01, "
            "NOT-02). Where that is wrong, correct the referral first.",
        )
