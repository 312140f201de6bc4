"""An agency's report on its way: what an email says of it, and who is asked to judge it."""

from datetime import date
from uuid import UUID

from services.casework.effects import (
    AboutTodo,
    AskedSeat,
    EmailContext,
    open_todo,
    open_todo_of,
)
from services.casework.steps.local_review.review_opening import reviewer_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter
from services.domain.roles import Role
from services.domain.todos import Todo


def have_judged(work: UnitOfWork, case: Case) -> None:
    """Ask the lead reviewer to judge the report; a partnership that has none asks its chair."""
    if reviewer_of(work, case) is not None:
        open_todo(work, case, Todo.JUDGE_REPORT)
        return
    chair = AskedSeat(Role.REVIEW_GROUP_CHAIR, None)
    open_todo_of(work, case, Todo.JUDGE_REPORT, chair, AboutTodo(""))


def about_report(agency_id: UUID, due: date | None, version: str) -> EmailContext:
    """Return what an email says of one version of an agency's report."""
    return EmailContext(
        matter=EmailMatter.AGENCY_REPORT,
        due=due,
        todo=Todo.SUBMIT_REPORT,
        agency_id=agency_id,
        part=f"{agency_id}:{version}",
    )
