"""Something heard that may have to be notified is logged, and decided: nothing is lost (NOT-08)."""

from datetime import date

from services.casework.act import Act, begin, record_entry
from services.casework.effects import (
    EmailContext,
    cancel_clock,
    close_all_todos,
    close_todos,
    enqueue_email,
    last_day,
    open_todo,
    start_clock,
)
from services.casework.steps.case_opening import begin_case, is_of_authority, open_case
from services.casework.steps.declaration_kept import keep_declaration, must_be_complete
from services.casework.steps.notification.notification_clocks import ON_A_DEATH, deaths_owed
from services.casework.steps.referral.lead_said import DecideLead, LogLead
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.incidents import Suspicion
from services.domain.leads import LeadDecision
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, move
from services.domain.working_days import written


def log_lead(work: UnitOfWork, command: LogLead) -> Case:
    """Open a case on a lead and ask the local authority to decide; who logs it declares with it.

    Where the authority was told of suspected abuse, or of a death in care, its clocks count from
    then (K1, K2; K3, K3b): not confirmed, unless it says so itself.
    """
    partnership = begin_case(work, LOG_LEAD, command)
    _must_be_possible(work, command)
    must_be_complete(command)
    case = open_case(work, partnership, Stage.LEAD, command.heard_at, command.told_at)
    _set_what_is_known(case, command)
    keep_declaration(work, case, command)
    record_entry(work, case, LOG_LEAD, command)
    if case.aware_at is not None:
        _start_clocks(work, case)
    limit = _last_day_of_all(work, case)
    open_todo(work, case, Todo.DECIDE_LEAD, last_day=limit)
    enqueue_email(work, case, EmailTrigger.LEAD_LOGGED, EmailContext(due=limit))
    return case


LOG_LEAD = Act(
    name="log_lead",
    command=LogLead,
    perform=log_lead,
    permission=Permission.LOG_LEAD,
    doing="log a lead",
    stages=frozenset(Stage),
    entry=EntryType.LEAD_LOGGED,
    is_listed=False,
    section=Section.INTERNAL,
    holds_family_data=True,
    opens_case=True,
)


def decide_lead(work: UnitOfWork, case_id: CaseId, command: DecideLead) -> Case:
    """Record that a lead is not to be notified, or waits until a day; both with reasons."""
    case = begin(work, case_id, DECIDE_LEAD, command)
    waits = command.decision is LeadDecision.WAIT
    if waits:
        _must_not_outwait_clock(work, case, command)
    elif command.ask_again_on is not None:
        raise AnswerRefused("ask_again_on", "Answer only where the lead waits.")
    else:
        _must_be_no_death_in_care(work, case, command)
        if command.not_in_care:
            case.is_looked_after_death = case.is_care_leaver_death = False
        case.stage, case.closed_at = move(case.stage, Stage.CLOSED), work.now
    record_entry(work, case, DECIDE_LEAD, command)
    if waits:
        close_todos(work, case, Todo.DECIDE_LEAD)
        open_todo(work, case, Todo.DECIDE_LEAD, last_day=command.ask_again_on)
        return case
    cancel_clock(work, case, because=ClockEnding.NOT_NOTIFIED)
    close_all_todos(work, case)
    start_clock(work, case, ClockId.K15)
    return case


DECIDE_LEAD = Act(
    name="decide_lead",
    command=DecideLead,
    perform=decide_lead,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="decide what becomes of a lead",
    stages=frozenset({Stage.LEAD}),
    entry=EntryType.LEAD_DECIDED,
    todo=Todo.DECIDE_LEAD,
    clock=ClockId.K1,
    shows=(EntryType.LEAD_LOGGED,),
    section=Section.INTERNAL,
    holds_family_data=True,
)


def _must_be_possible(work: UnitOfWork, command: LogLead) -> None:
    """Refuse what was heard or told in the future, and a birth that has not come."""
    if command.heard_at > work.now:
        raise AnswerRefused("heard_at", "It cannot have been heard in the future.")
    if command.told_at is None and is_of_authority(work):
        raise AnswerRefused(
            "told_at", "You speak for the local authority: enter when it was first told (NOT-03)."
        )
    if command.told_at is not None and command.told_at > work.now:
        raise AnswerRefused("told_at", "Enter a time that is not in the future.")
    if command.born_on is not None and command.born_on > work.today:
        raise AnswerRefused("born_on", "Enter a date of birth that is not in the future.")
    subject = command.subject
    for doubt in subject.doubts(work.today) if subject.is_child else ():
        if doubt.field == "statuses":
            raise AnswerRefused("statuses", doubt.message)


def _set_what_is_known(case: Case, command: LogLead) -> None:
    """Set what the clocks ask of the incident; at 18 or over a death in care is told of alone.

    Without a birth date the person may be a child.
    """
    subject = command.subject
    case.abuse_suspected = command.suspicion is not Suspicion.NEITHER
    case.is_death = bool(command.died)
    case.is_looked_after_death = subject.is_looked_after_death
    case.is_care_leaver_death = subject.is_care_leaver_death
    case.has_child = subject.is_child or not subject.is_care_leaver_death


def _start_clocks(work: UnitOfWork, case: Case) -> None:
    """Start what the authority owes by what is logged: the notification, the notice of a death."""
    if case.suspects_abuse_of_child:
        start_clock(work, case, ClockId.K1)
        start_clock(work, case, ClockId.K2)
    for clock in deaths_owed(work, case):
        start_clock(work, case, clock)


def _last_day_of_all(work: UnitOfWork, case: Case) -> date | None:
    """Return the first of the last days to notify that run on the lead, if one does."""
    days = [last_day(work, case, clock) for clock in (ClockId.K1, *ON_A_DEATH)]
    return min((day for day in days if day is not None), default=None)


def _must_be_no_death_in_care(work: UnitOfWork, case: Case, command: DecideLead) -> None:
    """Refuse to end a lead by which a child in care died: it is told of in any case (NOT-05).

    Whether its clock runs does not matter: nobody may have said when the authority was told.
    """
    if deaths_owed(work, case) and not command.not_in_care:
        raise AnswerRefused(
            "not_in_care",
            "By what was logged a looked-after child or care leaver died. Refer it: that death is "
            "notified of whatever else is decided (NOT-05). Or say how you know that it is none.",
        )
    was_logged = case.is_looked_after_death or case.is_care_leaver_death
    if command.not_in_care and not was_logged:
        raise AnswerRefused("not_in_care", "Answer only where such a death was logged.")


def _must_not_outwait_clock(work: UnitOfWork, case: Case, command: DecideLead) -> None:
    """Refuse a day that is not named, has passed, or comes after a last day to notify."""
    day, limit = command.ask_again_on, _last_day_of_all(work, case)
    if day is None:
        raise AnswerRefused("ask_again_on", "Enter the day by which you are asked again.")
    if day < work.today:
        raise AnswerRefused("ask_again_on", "Enter a day that has not passed.")
    if limit is not None and day > max(limit, work.today):
        raise AnswerRefused(
            "ask_again_on",
            f"The last day to notify is {written(limit)}, and waiting does not move it.",
        )
