"""Audits of the effect of an action: asked for, recorded, and followed (EMB-06, EMB-09, G11)."""

from datetime import date

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.effects import close_todos, order_document
from services.casework.steps.embedding.plan_turns import (
    close_turns_of_plan,
    follow_actions,
    have_done_again,
)
from services.casework.steps.plan_said import AskForAudit, AuditRecorded, RecordAudit
from services.casework.steps.plan_standing import ask_about_plan, audits_asked
from services.casework.steps.practice_seen import completed_on
from services.database.actions import Action, actions, get_action
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import RECHECKED_AFTER, AuditFinding, Progress, Recheck
from services.domain.clocks.counting import add_months
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def ask_for_audit(work: UnitOfWork, case_id: CaseId, command: AskForAudit) -> Case:
    """Keep that an audit is asked for; the plan is signed and the case closed after it (G11)."""
    case = begin(work, case_id, ASK_FOR_AUDIT, command)
    action = get_action(work.session, case.id, command.number)
    if action.progress is Progress.RISK_ACCEPTED:
        raise AnswerRefused("number", "Its risk is accepted: there is no effect to audit (G11).")
    if command.by_when < work.today:
        raise AnswerRefused("by_when", "Enter a day that is not in the past.")
    record_entry(work, case, ASK_FOR_AUDIT, command, subject=str(command.number))
    close_turns_of_plan(work, case)
    ask_about_plan(work, case)
    return case


def has_actions(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a plan of the case is in force."""
    return bool(actions(work.session, case.id))


ASK_FOR_AUDIT = Act(
    name="ask_for_audit",
    command=AskForAudit,
    which="number",
    perform=ask_for_audit,
    permission=Permission.ASK_FOR_AUDIT,
    doing="ask for an audit of an action",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.AUDIT_ASKED,
    shows=(EntryType.PLAN_PROPOSED, EntryType.ACTION_UPDATED),
    is_offered=has_actions,
    section=Section.ACTION_PLAN,
)


def record_audit(work: UnitOfWork, case_id: CaseId, command: RecordAudit) -> Case:
    """Keep what an audit found; what does not last is open again for its owner (EMB-09).

    One that was asked for and is not carried out is owed no more, and the plan's turns go on.
    """
    case = begin(work, case_id, RECORD_AUDIT, command)
    action = get_action(work.session, case.id, command.number)
    is_withdrawn = command.finding is AuditFinding.NOT_CARRIED_OUT
    if is_withdrawn:
        _must_be_asked(work, case, command)
    else:
        _must_be_of_its_effect(work, case, action, command)
        _must_be_followed(work, command)
    kept = AuditRecorded(**command.model_dump(), recheck_on=_recheck_on(command))
    number = str(command.number)
    entry = record_entry_as(work, case, RECORD_AUDIT, command, Entered(subject=number, kept=kept))
    close_todos(work, case, Todo.AUDIT_ACTION, subject=number)
    if command.finding is AuditFinding.NOT_SUSTAINED:
        have_done_again(work, case, action, command.again_by, entry)
    follow_actions(work, case, entry)
    if not is_withdrawn:
        order_document(work, entry, Step.EMBED, DocumentKind.AUDIT_REPORT)
    return case


def has_audits_to_record(work: UnitOfWork, case: Case) -> bool:
    """Tell whether an action is completed and can be audited, or an audit of one is asked for."""
    plan = actions(work.session, case.id)
    return bool(audits_asked(work, case)) or any(one.progress is Progress.COMPLETE for one in plan)


RECORD_AUDIT = Act(
    name="record_audit",
    command=RecordAudit,
    which="number",
    perform=record_audit,
    permission=Permission.RUN_LEARNING,
    doing="record an audit of an action",
    stages=frozenset({Stage.EMBEDDING}),
    entry=EntryType.ACTION_AUDITED,
    kept=AuditRecorded,
    todo=Todo.AUDIT_ACTION,
    shows=(EntryType.PLAN_PROPOSED, EntryType.ACTION_UPDATED, EntryType.AUDIT_ASKED),
    is_offered=has_audits_to_record,
    section=Section.ACTION_PLAN,
)


def _must_be_asked(work: UnitOfWork, case: Case, command: RecordAudit) -> None:
    """Refuse to say of an audit that it was not carried out which nobody asked for, or was."""
    if command.number not in audits_asked(work, case):
        raise AnswerRefused("finding", "No audit of this action is asked for.")
    if command.audited_on is not None:
        raise AnswerRefused("audited_on", "Leave this empty if the audit was not carried out.")


def _must_be_of_its_effect(
    work: UnitOfWork, case: Case, action: Action, command: RecordAudit
) -> None:
    """Refuse an audit of what is not completed, and one from before it was, or still to come."""
    if action.progress is not Progress.COMPLETE:
        raise StepNotOpen("The effect of an action is audited once the action is completed.")
    completed = completed_on(work, case, action)
    if command.audited_on is None or not completed <= command.audited_on <= work.today:
        raise AnswerRefused("audited_on", "Enter a day since it was completed, up to today.")
    if command.auditors is None:
        raise AnswerRefused("auditors", "Enter who audited.")
    if command.sample is None:
        raise AnswerRefused("sample", "Enter what was looked at.")


def _must_be_followed(work: UnitOfWork, command: RecordAudit) -> None:
    """Refuse an audit that leaves open when it is looked at again, or is to be done again by."""
    if command.finding is AuditFinding.NOT_SUSTAINED:
        if command.again_by is None or command.again_by < work.today:
            raise AnswerRefused("again_by", "Enter by when it is to be done again.")
        return
    if command.recheck is None:
        raise AnswerRefused("recheck", "Choose when it is looked at again.")
    if command.recheck is Recheck.NONE and command.no_recheck is None:
        raise AnswerRefused("no_recheck", "Enter why it is not looked at again.")


def _recheck_on(command: RecordAudit) -> date | None:
    if command.finding is not AuditFinding.SUSTAINED or command.recheck is None:
        return None
    months = RECHECKED_AFTER.get(command.recheck)
    if command.audited_on is None or months is None:
        return None
    return add_months(command.audited_on, months)
