"""The action plan of a local review is agreed with its report, and goes on once it is public."""

from services.casework.effects import open_todo, order_document
from services.casework.steps.going_on import ask_about_open_actions
from services.casework.steps.plan_standing import audits_owed
from services.casework.steps.rounds.sign_off_rounds import invite, is_settled
from services.database.actions import actions
from services.database.cases import Case
from services.database.history import facts, newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Step


def ask_for_plan(work: UnitOfWork, case: Case) -> None:
    """Ask the chair for the plan that belongs to the report, unless one is put with it (EMB-03)."""
    if not is_put_with_report(work, case):
        open_todo(work, case, Todo.PROPOSE_PLAN)


def is_put_with_report(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a plan was put to the partners since a version of the report was.

    One that was agreed before a local review was decided on follows from the rapid review alone.
    """
    kinds = (EntryType.QUALITY_ASSURED, EntryType.PLAN_PROPOSED)
    found = [one.entry_type for one in facts(work.session, case.id, *kinds)]
    since = found.index(kinds[0]) if kinds[0] in found else len(found)
    return EntryType.PLAN_PROPOSED in found[since:]


def follow_plan_after_report(work: UnitOfWork, case: Case) -> None:
    """Ask for what the plan leaves to do now that the report is published, or for a plan.

    Where every action of it was completed meanwhile the partners sign the completed plan.
    """
    ask_for_plan(work, case)
    ask_about_open_actions(work, case)
    plan = actions(work.session, case.id)
    is_done = bool(plan) and not any(one.is_open for one in plan)
    if not is_done or not is_put_with_report(work, case) or audits_owed(work, case):
        return
    if is_settled(work, case, SignOffMatter.PROPOSED_PLAN):
        invite(work, case, SignOffMatter.ACTION_PLAN)
        newest = newest_place(work.session, case.id)
        order_document(work, newest, Step.EMBED, DocumentKind.ACTION_PLAN)
