"""What was logged before there was a referral is referred as a serious incident (NOT-08)."""

from datetime import datetime

from services.casework.act import Act, begin, record_entry
from services.casework.effects import cancel_clock
from services.casework.steps.case_opening import is_of_authority
from services.casework.steps.notification.notification_clocks import (
    ON_A_DEATH,
    deaths_owed,
    move_clocks_of_awareness,
)
from services.casework.steps.referral.incident_kept import keep_children, set_incident
from services.casework.steps.referral.referral import ReferOn, begin_duties
from services.casework.steps.referral.referral_checks import (
    must_be_possible_awareness,
    must_be_possible_referral,
)
from services.casework.steps.rounds.sign_off_rounds import close_turns
from services.database.cases import Case
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import THE_LOG, THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, move
from services.domain.working_days import london_date


def was_never_referred(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case was logged, or a review asked for, and there is no referral of it."""
    found = {one.entry_type for one in facts(work.session, case.id, *THE_LOG, *THE_REFERRAL)}
    return bool(found) and found.isdisjoint(THE_REFERRAL)


def may_be_referred_on(work: UnitOfWork, case: Case) -> bool:
    """Tell whether what was logged may be referred: once a review is decided on, it goes on."""
    return case.outcome is None and was_never_referred(work, case)


def refer_on(work: UnitOfWork, case_id: CaseId, command: ReferOn) -> Case:
    """Refer what was logged: the duties of a referral begin, and the log stays in sight.

    From a case that was closed it is new information: a new awareness, and the first decision
    stays on record.
    """
    case = begin(work, case_id, REFER_ON, command)
    if not may_be_referred_on(work, case):
        raise StepNotOpen("This case was referred already, or its review is decided on.")
    must_be_possible_referral(work, command)
    must_be_possible_awareness(work, command.aware_at, command.incident_on)
    before = None if case.closed_at else case.aware_at
    _set_awareness(work, case, command)
    case.stage, case.closed_at = move(case.stage, Stage.REFERRED), None
    case.referred_at = command.received_at
    set_incident(case, command)
    keep_children(work, case, command.children, version=1)
    entry = record_entry(work, case, REFER_ON, command)
    close_turns(work, case, Todo.DECIDE_LEAD, Todo.CONSIDER_REQUEST, Todo.SIGN_REQUEST)
    close_turns(work, case, Todo.REFER_REQUEST, Todo.CLOSE_OR_REOPEN)
    cancel_clock(work, case, ClockId.K15, because=ClockEnding.CASE_REOPENED)
    _end_what_is_not_owed(work, case)
    if before is not None:
        move_clocks_of_awareness(work, case, london_date(before))
    begin_duties(work, case, entry)
    return case


REFER_ON = Act(
    name="refer_on",
    command=ReferOn,
    perform=refer_on,
    permission=Permission.LOG_LEAD,
    doing="refer what was logged",
    stages=frozenset({Stage.LEAD, Stage.REQUESTED, Stage.NOT_NOTIFIED, Stage.CLOSED}),
    entry=EntryType.REFERRED,
    todo=Todo.REFER_REQUEST,
    is_offered=may_be_referred_on,
    shows=THE_LOG,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)


def _end_what_is_not_owed(work: UnitOfWork, case: Case) -> None:
    """End the clocks of the log that the referral does not bear out."""
    gone = [] if case.suspects_abuse_of_child else [ClockId.K1, ClockId.K2]
    owed = deaths_owed(work, case)
    gone += [clock for clock in ON_A_DEATH if clock not in owed]
    if gone:
        cancel_clock(work, case, *gone, because=ClockEnding.REFERRAL_CORRECTED)


def _set_awareness(work: UnitOfWork, case: Case, command: ReferOn) -> None:
    """Set when the authority was told; what it has stated is corrected on a page of its own."""
    if case.closed_at is not None:
        _must_be_new(case, command.aware_at)
        case.awareness += 1
    elif command.aware_at in {None, case.aware_at}:
        return
    elif case.awareness_stated:
        raise AnswerRefused(
            "aware_at",
            "The local authority has said when it was aware. Leave its time as it is here, and "
            "correct it on its own page.",
        )
    case.aware_at = command.aware_at
    case.awareness_stated = command.aware_at is not None and is_of_authority(work)


def _must_be_new(case: Case, aware_at: datetime | None) -> None:
    """Refuse new information that the authority is said to have had before it closed the case."""
    if aware_at is not None and case.aware_at is not None and aware_at < case.aware_at:
        raise AnswerRefused("aware_at", "Enter a time after the first awareness.")
