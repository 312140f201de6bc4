"""Gate G11: the action plan, its progress with evidence, its sign-off, and the case's close."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, Command, Day, LongText, Rows
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_all_todos,
    close_todos,
    enqueue_email,
    mark_met,
    open_todo,
    order_document,
    start_clock,
)
from services.casework.steps.notification_clocks import must_have_told_of_death
from services.casework.steps.sign_off_rounds import all_agree, invite
from services.database.actions import Action, actions, get_action
from services.database.cases import Case
from services.database.history import Entry
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Progress
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.identifiers import AgencyId, CaseId
from services.domain.roles import Permission, Role
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move


class NewAction(Command):
    """One action: what, by whom, by when, and how we shall know (Doc 18)."""

    recommendation: LongText = Field(title="Recommendation or learning it answers")
    action: LongText = Field(title="Action")
    agency: AgencyChoice = Field(title="Which agency owns it?")
    measure: LongText = Field(title="How will we know that it made a difference?")
    last_day: Day = Field(title="By when?")


class AgreePlan(Command):
    """The action plan and how the learning is shared (EMB-03, EMB-07)."""

    actions: Annotated[tuple[NewAction, ...], Rows(4, "action")] = Field(title="Actions")
    dissemination: LongText = Field(
        title="How is the learning shared?",
        description="Meetings, workshops, briefings. A briefing is not called a review (LC-09).",
    )


class UpdateAction(Command):
    """Progress on one action, with its evidence (EMB-08)."""

    number: int = Field(title="Number of the action", ge=1, le=999)
    progress: Progress = Field(title="How does it stand?")
    evidence: LongText = Field(title="Evidence of what changed, or why the risk is accepted")


class Close(Command):
    """The close of the case at the Executive (EMB-05, G11)."""

    audit: LongText = Field(title="Which audit or assurance was asked for, and what did it show?")
    sustained: LongText = Field(title="How will the improvement be sustained? (EMB-09)")


def agree_plan(work: UnitOfWork, case_id: CaseId, command: AgreePlan) -> Case:
    """Agree the plan; each action has an owner and a last day of its own (K14)."""
    case = begin(work, case_id, AGREE_PLAN, command)
    if not command.actions:
        raise AnswerRefused("actions", "Enter at least one action.")
    if any(one.last_day < work.today for one in command.actions):
        raise AnswerRefused("actions", "An action's last day cannot be in the past.")
    planned = len(actions(work.session, case.id))
    entry = record_entry(work, case, AGREE_PLAN, command)
    for number, one in enumerate(command.actions, start=planned + 1):
        _add(work, case, number, one)
    close_todos(work, case, Todo.SIGN_PLAN, Todo.CLOSE)
    close_todos(work, case, Todo.AGREE_PLAN)
    order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)
    return case


AGREE_PLAN = Act(
    name="agree_plan",
    command=AgreePlan,
    perform=agree_plan,
    permission=Permission.RUN_LEARNING,
    doing="agree the action plan",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.PLAN_AGREED,
    todo=Todo.AGREE_PLAN,
    shows=(EntryType.DECISION_PROPOSED,),
    section=Section.ACTION_PLAN,
)


def _add(work: UnitOfWork, case: Case, number: int, new: NewAction) -> None:
    get_agency(work.session, AgencyId(new.agency))
    work.session.add(
        Action(
            tenant_id=case.tenant_id,
            case_id=case.id,
            number=number,
            recommendation=new.recommendation,
            action=new.action,
            agency_id=new.agency,
            measure=new.measure,
            last_day=new.last_day,
        )
    )
    start_clock(work, case, ClockId.K14, subject=str(number), action_due=new.last_day)
    open_todo(work, case, Todo.UPDATE_ACTIONS, last_day=new.last_day, subject=str(new.agency))
    about = EmailContext(
        matter=EmailMatter.COMPLETE_ACTION,
        due=new.last_day,
        todo=Todo.UPDATE_ACTIONS,
        agency_id=new.agency,
        part=f"agreed:{number}",
    )
    enqueue_email(work, case, EmailTrigger.ACTION_DUE, about)


def update_action(work: UnitOfWork, case_id: CaseId, command: UpdateAction) -> Case:
    """Record progress on an action; when none is open the partners are asked to sign."""
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
    perform=update_action,
    permission=Permission.UPDATE_ACTION,
    doing="report on an action",
    stages=frozenset({Stage.EMBEDDING}),
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
    if work.actor.role is not Role.AGENCY_LEAD:
        return
    if action.agency_id != work.actor.agency_id:
        raise NotPermitted("This action belongs to another agency.")
    if progress is Progress.RISK_ACCEPTED:
        raise AnswerRefused("progress", "Only the partnership can accept the risk (G11).")


def _close_turns(work: UnitOfWork, case: Case, entry: Entry) -> None:
    work.session.flush()
    close_todos(work, case, Todo.SIGN_PLAN, Todo.CLOSE)
    left = [one for one in actions(work.session, case.id) if one.progress is Progress.OPEN]
    owing = {one.agency_id for one in left}
    for one in actions(work.session, case.id):
        if one.agency_id not in owing:
            close_todos(work, case, Todo.UPDATE_ACTIONS, subject=str(one.agency_id))
    if not left:
        invite(work, case, SignOffMatter.ACTION_PLAN)
        order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)


def close(work: UnitOfWork, case_id: CaseId, command: Close) -> Case:
    """Close the case at the Executive, after all three signed the completed plan (G11)."""
    case = begin(work, case_id, CLOSE, command)
    plan = actions(work.session, case.id)
    if not plan or any(one.progress is Progress.OPEN for one in plan):
        raise RuleBroken("Every action is completed, or its risk accepted, before the close (G11).")
    if not all_agree(work, case, SignOffMatter.ACTION_PLAN):
        raise RuleBroken("All three partners sign the completed plan first (EMB-05).")
    must_have_told_of_death(work, case)
    case.stage = move(case.stage, Stage.CLOSED)
    case.closed_at = work.now
    entry = record_entry(work, case, CLOSE, command)
    cancel_clock(
        work,
        case,
        *(clock for clock in ClockId if clock not in {ClockId.K13, ClockId.K15}),
        because=ClockEnding.CASE_CLOSED,
    )
    close_all_todos(work, case)
    start_clock(work, case, ClockId.K15)
    order_document(work, entry, Step.EMBED, DocumentKind.ACTION_PLAN)
    enqueue_email(work, case, EmailTrigger.CASE_CLOSED)
    return case


CLOSE = Act(
    name="close",
    command=Close,
    perform=close,
    permission=Permission.CLOSE_CASE,
    doing="close the case",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.CASE_CLOSED,
    todo=Todo.CLOSE,
    shows=(EntryType.PLAN_AGREED,),
    section=Section.INTERNAL,
)
