"""Something heard that may have to be notified is logged, and decided: nothing is lost (NOT-08)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, Day, LongText, Moment, ShortText, YesNo
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
from services.casework.steps.declaration import keep_declaration, must_be_complete
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


class LogLead(Command):
    """Something heard that may have to be notified: who heard it, when, from whom, and what.

    It is logged before it is clear whether it is a serious incident. The local authority decides.
    """

    heard_at: Moment = Field(title="When was it heard?")
    heard_by: ShortText = Field(
        title="Who heard it?",
        description="Their post and team, for example the duty social worker.",
    )
    heard_from: ShortText = Field(
        title="From whom, or where?",
        description="For example a ward, the police, a school, the press.",
    )
    said: LongText = Field(title="What was heard, in a few words?")
    child: ShortText | None = Field(default=None, title="Which child is it about, if known?")
    born_on: Day | None = Field(default=None, title="The child's date of birth, if known")
    suspicion: Suspicion = Field(title="Is abuse or neglect known or suspected?")
    told_at: Moment | None = Field(
        default=None,
        title="When was the local authority told, if it was?",
        description="Its out-of-hours team counts. Where abuse or neglect is suspected, its five "
        "working days count from this until it says itself when it was aware.",
    )
    has_conflict: YesNo = Field(title="Do you have any conflict of interest in this case?")
    particulars: LongText | None = Field(default=None, title="If so, what is it?")
    keeps_confidential: YesNo = Field(title="Do you agree to keep the case confidential?")


class DecideLead(Command):
    """What becomes of the lead, with reasons; what may be notifiable is referred instead."""

    decision: LeadDecision = Field(title="What do you decide?")
    reasons: LongText = Field(
        title="Reasons",
        description="Against the definition: abuse or neglect known or suspected, and death or "
        "serious harm.",
    )
    ask_again_on: Day | None = Field(
        default=None,
        title="If it waits, until which day?",
        description="You are asked again by this day. A clock that runs does not wait.",
    )


def log_lead(work: UnitOfWork, command: LogLead) -> Case:
    """Open a case on a lead and ask the local authority to decide; who logs it declares with it.

    Where the authority was told of suspected abuse, its clocks count from then (K1, K2): not
    confirmed, unless it says so itself.
    """
    partnership = begin_case(work, LOG_LEAD, command)
    _must_be_possible(work, command)
    must_be_complete(command)
    case = open_case(work, partnership, Stage.LEAD, command.heard_at, command.told_at)
    case.abuse_suspected = command.suspicion is not Suspicion.NEITHER
    keep_declaration(work, case, command)
    record_entry(work, case, LOG_LEAD, command)
    if case.aware_at is not None and case.suspects_abuse_of_child:
        start_clock(work, case, ClockId.K1)
        start_clock(work, case, ClockId.K2)
    limit = last_day(work, case, ClockId.K1)
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
        raise AnswerRefused("told_at", "The local authority cannot be told in the future.")
    if command.born_on is not None and command.born_on > work.today:
        raise AnswerRefused("born_on", "A date of birth cannot be in the future.")


def _must_not_outwait_clock(work: UnitOfWork, case: Case, command: DecideLead) -> None:
    """Refuse a day that is not named, has passed, or comes after the last day to notify (K1)."""
    day, limit = command.ask_again_on, last_day(work, case, ClockId.K1)
    if day is None:
        raise AnswerRefused("ask_again_on", "Enter the day by which you are asked again.")
    if day < work.today:
        raise AnswerRefused("ask_again_on", "Enter a day that has not passed.")
    if limit is not None and day > max(limit, work.today):
        raise AnswerRefused(
            "ask_again_on",
            f"The last day to notify is {written(limit)} (K1), and waiting does not move it.",
        )
