"""Whose turn it is after what was said of an action: its owner's, an auditor's, the partners'."""

from datetime import date

from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.steps.plan_standing import ask_about_plan
from services.casework.steps.rounds.sign_off_rounds import ask_no_more, invite, is_settled
from services.database.actions import Action, actions
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Progress
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def open_again(work: UnitOfWork, case: Case, action: Action, by: date | None = None) -> None:
    """Have an action that is open, or open again, followed up by its last day (K14).

    The day is the one that was agreed, unless an audit named another.
    """
    action.last_day = by or action.last_day
    work.session.add(action)
    start_clock(work, case, ClockId.K14, subject=str(action.number), action_due=action.last_day)
    subject = str(action.agency_id)
    open_todo(work, case, Todo.UPDATE_ACTIONS, last_day=action.last_day, subject=subject)


def have_done_again(
    work: UnitOfWork, case: Case, action: Action, by: date | None, entry: Entry
) -> None:
    """Open an action again whose improvement does not last; its owner is told by email (EMB-09)."""
    action.progress = Progress.OPEN
    open_again(work, case, action, by)
    about = EmailContext(
        matter=EmailMatter.COMPLETE_ACTION,
        due=action.last_day,
        todo=Todo.UPDATE_ACTIONS,
        agency_id=action.agency_id,
        part=f"again:{entry.number}",
    )
    enqueue_email(work, case, EmailTrigger.ACTION_DUE, about)


def close_turns_of_plan(work: UnitOfWork, case: Case) -> None:
    """Ask nobody any more to sign the completed plan, or to close: something of it changed."""
    work.session.flush()
    close_todos(work, case, Todo.CLOSE, Todo.SEE_PRACTICE)
    ask_no_more(work, case, SignOffMatter.ACTION_PLAN)


def follow_actions(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Ask whose turn it is now; once no action is open and no audit is owed, the partners sign.

    They sign once the case is at its learning: a review that follows may add actions.
    """
    close_turns_of_plan(work, case)
    plan = actions(work.session, case.id)
    left = [one for one in plan if one.is_open]
    owing = {one.agency_id for one in left}
    for one in plan:
        if one.agency_id not in owing:
            close_todos(work, case, Todo.UPDATE_ACTIONS, subject=str(one.agency_id))
    if not left:
        close_todos(work, case, Todo.REVIEW_PLAN)
    if case.stage is not Stage.EMBEDDING:
        return
    owed = ask_about_plan(work, case)
    is_done = not left and not owed
    if is_done and is_settled(work, case, SignOffMatter.PROPOSED_PLAN):
        invite(work, case, SignOffMatter.ACTION_PLAN)
        order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)
