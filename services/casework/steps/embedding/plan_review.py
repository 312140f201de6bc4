"""The plan is reviewed at intervals: each open action is rated, the next review set (EMB-04)."""

from services.casework.act import Act, begin, record_entry
from services.casework.effects import close_todos, open_todo, order_document
from services.casework.steps.plan_said import ReviewPlan
from services.casework.steps.plan_standing import must_be_reviewed_in_time
from services.database.actions import actions
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def review_plan(work: UnitOfWork, case_id: CaseId, command: ReviewPlan) -> Case:
    """Keep a review of the plan; the group is asked again by the day that it set (EMB-04)."""
    case = begin(work, case_id, REVIEW_PLAN, command)
    _must_rate_each(work, case, command)
    _must_come_next(work, case, command)
    entry = record_entry(work, case, REVIEW_PLAN, command)
    close_todos(work, case, Todo.REVIEW_PLAN)
    open_todo(work, case, Todo.REVIEW_PLAN, last_day=command.next_on)
    order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)
    return case


def has_open_actions(work: UnitOfWork, case: Case) -> bool:
    """Tell whether an action of the case's plan is open."""
    return any(one.is_open for one in actions(work.session, case.id))


REVIEW_PLAN = Act(
    name="review_plan",
    command=ReviewPlan,
    perform=review_plan,
    permission=Permission.RUN_LEARNING,
    doing="review the action plan",
    # A plan that was agreed with the report may be due before the report is published.
    stages=frozenset({Stage.LOCAL_REVIEW, Stage.PUBLICATION, Stage.EMBEDDING}),
    entry=EntryType.PLAN_REVIEWED,
    todo=Todo.REVIEW_PLAN,
    shows=(EntryType.PLAN_PROPOSED, EntryType.ACTION_UPDATED),
    is_offered=has_open_actions,
    section=Section.ACTION_PLAN,
)


def _must_rate_each(work: UnitOfWork, case: Case, command: ReviewPlan) -> None:
    """Refuse a review that leaves out an open action, rates one twice, or one that is not open."""
    open_ = [one.number for one in actions(work.session, case.id) if one.is_open]
    if not open_:
        raise StepNotOpen("A plan is reviewed while an action of it is open.")
    if sorted(one.number for one in command.ratings) != open_:
        named = ", ".join(map(str, open_))
        raise AnswerRefused("ratings", f"Rate each open action once. Open are: {named}.")


def _must_come_next(work: UnitOfWork, case: Case, command: ReviewPlan) -> None:
    """Refuse a review still to come, and a next one that is no later or that the policy forbids."""
    if command.reviewed_on > work.today:
        raise AnswerRefused("reviewed_on", "Record a review once it was held.")
    must_be_reviewed_in_time(work, case, "next_on", command.next_on)
