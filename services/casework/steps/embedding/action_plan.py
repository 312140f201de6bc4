"""Gate G11: the action plan, each action with an owner and a last day."""

from typing import Annotated

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import AgencyChoice, Command, Day, LongText, Rows
from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
    order_document,
    start_clock,
)
from services.database.actions import Action, actions
from services.database.cases import Case
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import AgencyId, CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


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
    shows=(EntryType.DECISION_PROPOSED, EntryType.REQUEST_CONSIDERED),
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
