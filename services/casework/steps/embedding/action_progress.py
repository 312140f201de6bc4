"""Gate G11: the progress of each action, rated and with its evidence, until the plan is signed."""

from typing import Final

from services.casework.act import Act, begin, record_entry
from services.casework.effects import mark_met
from services.casework.steps.embedding.plan_turns import follow_actions, open_again
from services.casework.steps.plan_said import ActionReported, UpdateAction
from services.database.actions import Action, actions, get_action
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Progress
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role, asked_as
from services.domain.todos import Todo
from services.domain.workflow import Stage

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


def update_action(work: UnitOfWork, case_id: CaseId, command: UpdateAction) -> Case:
    """Record progress on an action; when none is open the partners are asked to sign.

    What is completed and owes an audit is audited first (G11).
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
        mark_met(work, case, ClockId.K14, subject=number)
    else:
        open_again(work, case, action)
    follow_actions(work, case, entry)
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
    kept=ActionReported,
    todo=Todo.UPDATE_ACTIONS,
    clock=ClockId.K14,
    section=Section.ACTION_PLAN,
)


def _must_be_theirs(work: UnitOfWork, action: Action, progress: Progress) -> None:
    """Refuse an agency another agency's action; only the partnership accepts a risk."""
    if asked_as(work.actor.role) is not Role.AGENCY_LEAD:
        return
    if action.agency_id != work.actor.agency_id:
        raise NotPermitted("This action belongs to another agency.")
    if progress is Progress.RISK_ACCEPTED:
        raise AnswerRefused("progress", "Only the partnership can accept the risk (G11).")
