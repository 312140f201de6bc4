"""Gate G11: the progress of each action with its evidence, until the partners sign the plan."""

from typing import Final

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText
from services.casework.effects import close_todos, mark_met, open_todo, order_document, start_clock
from services.casework.steps.rounds.sign_off_rounds import ask_no_more, invite, is_settled
from services.database.actions import Action, actions, get_action
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Progress
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role, asked_as
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

# Also where a decision that is taken again takes the case: what was agreed runs on (K14).
_WHERE_ACTIONS_ARE: Final = frozenset(
    {
        Stage.WITH_PANEL,
        Stage.NATIONAL_REVIEW,
        Stage.COMMISSIONING,
        Stage.LOCAL_REVIEW,
        Stage.PUBLICATION,
        Stage.EMBEDDING,
    }
)


class UpdateAction(Command):
    """Progress on one action, with its evidence (EMB-08)."""

    number: int = Field(title="Number of the action", ge=1, le=999)
    progress: Progress = Field(title="How does it stand?")
    evidence: LongText = Field(title="Evidence of what changed, or why the risk is accepted")


def update_action(work: UnitOfWork, case_id: CaseId, command: UpdateAction) -> Case:
    """Record progress on an action; when none is open the partners are asked to sign.

    They sign once the case is at its learning: a review that follows may add actions.
    """
    case = begin(work, case_id, UPDATE_ACTION, command)
    action = get_action(work.session, case.id, command.number)
    _must_be_theirs(work, action, command.progress)
    action.progress = command.progress
    action.evidence = command.evidence
    work.session.add(action)
    number = str(command.number)
    entry = record_entry(work, case, UPDATE_ACTION, command, subject=number)
    if command.progress is not Progress.OPEN:
        mark_met(work, case, ClockId.K14, subject=str(command.number))
    else:
        _open_again(work, case, action)
    _close_turns(work, case, entry)
    return case


UPDATE_ACTION = Act(
    name="update_action",
    command=UpdateAction,
    which="number",
    perform=update_action,
    permission=Permission.UPDATE_ACTION,
    doing="report on an action",
    stages=_WHERE_ACTIONS_ARE,
    is_offered=lambda work, case: bool(actions(work.session, case.id)),
    entry=EntryType.ACTION_UPDATED,
    todo=Todo.UPDATE_ACTIONS,
    clock=ClockId.K14,
    section=Section.ACTION_PLAN,
)


def _open_again(work: UnitOfWork, case: Case, action: Action) -> None:
    """Have an action that is open, or open again, followed up by its own last day (K14)."""
    start_clock(work, case, ClockId.K14, subject=str(action.number), action_due=action.last_day)
    subject = str(action.agency_id)
    open_todo(work, case, Todo.UPDATE_ACTIONS, last_day=action.last_day, subject=subject)


def _must_be_theirs(work: UnitOfWork, action: Action, progress: Progress) -> None:
    """Refuse an agency another agency's action; only the partnership accepts a risk."""
    if asked_as(work.actor.role) is not Role.AGENCY_LEAD:
        return
    if action.agency_id != work.actor.agency_id:
        raise NotPermitted("This action belongs to another agency.")
    if progress is Progress.RISK_ACCEPTED:
        raise AnswerRefused("progress", "Only the partnership can accept the risk (G11).")


def _close_turns(work: UnitOfWork, case: Case, entry: Entry) -> None:
    work.session.flush()
    close_todos(work, case, Todo.CLOSE)
    ask_no_more(work, case, SignOffMatter.ACTION_PLAN)
    left = [one for one in actions(work.session, case.id) if one.is_open]
    owing = {one.agency_id for one in left}
    for one in actions(work.session, case.id):
        if one.agency_id not in owing:
            close_todos(work, case, Todo.UPDATE_ACTIONS, subject=str(one.agency_id))
    is_settled_here = case.stage is Stage.EMBEDDING and is_settled(
        work, case, SignOffMatter.PROPOSED_PLAN
    )
    if not left and is_settled_here:
        invite(work, case, SignOffMatter.ACTION_PLAN)
        order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)
