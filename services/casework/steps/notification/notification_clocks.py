"""What starts when the local authority becomes aware (K1, K2, K3, K3b), or is referred to."""

from collections.abc import Iterator
from datetime import date

from services.casework.effects import (
    cancel_clock,
    close_todos,
    last_day,
    move_clock,
    move_todo,
    open_todo,
    stamp_guidance,
    start_clock,
    start_extra_clocks,
)
from services.casework.steps.agencies_told import tell_agencies
from services.casework.steps.attendance.meeting_cancellation import call_off
from services.casework.steps.scoping.ladder import end_ladders
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.history import last_fact
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId
from services.domain.clocks.versions import exists_on
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.guidance import GuidedStep
from services.domain.todos import Todo
from services.domain.working_days import london_date

ON_A_DEATH = (ClockId.K3, ClockId.K3B)
_OF_AWARENESS = (ClockId.K1, ClockId.K2, *ON_A_DEATH)
_OF_REFERRAL = (ClockId.K5, ClockId.K7)
_TODOS_BY_K1 = (Todo.DECIDE_TO_NOTIFY, Todo.RECORD_NOTIFICATION)


def start_notification_clocks(work: UnitOfWork, case: Case) -> None:
    """Start the local authority's clocks and ask it for what they are about.

    The death of a looked-after child is a duty of its own, to the Secretary of State and
    Ofsted, whether or not abuse is suspected (NOT-05); both duties may stand at once. Where
    neither stands, the local authority still decides: the definition may not be met (NOT-14).
    """
    owes_notice_of_death = start_clocks_of_deaths(work, case)
    start_extra_clocks(work, case, Anchor.AWARE)
    stamp_guidance(work, case, GuidedStep.NOTIFYING, _aware_on(work, case))
    if case.suspects_abuse_of_child:
        notify = start_clock(work, case, ClockId.K1)
        start_clock(work, case, ClockId.K2)
        open_todo(work, case, Todo.DECIDE_TO_NOTIFY, last_day=notify.due)
    elif not owes_notice_of_death:
        open_todo(work, case, Todo.DECIDE_TO_NOTIFY)


def start_clocks_of_deaths(work: UnitOfWork, case: Case, told_on: date | None = None) -> bool:
    """Start the clock that each death in care has; new information never gives it more time.

    ``told_on`` is the day on which the authority was told of a death that came after the rest.
    """
    if case.looked_after_notified_at is not None:
        return False
    owed = deaths_owed(work, case)
    for clock in owed:
        due = last_day(work, case, clock)  # one that runs since a lead was logged keeps its day
        if due is None:
            due = start_clock(work, case, clock, aware=told_on or _aware_on(work, case)).due
        open_todo(work, case, Todo.RECORD_LOOKED_AFTER_DEATH, last_day=due)
    return bool(owed)


def deaths_owed(work: UnitOfWork, case: Case) -> list[ClockId]:
    """Return the clocks of the deaths that are told of: of a looked-after child, a care leaver."""
    owed = [ClockId.K3] if case.is_looked_after_death else []
    if case.is_care_leaver_death and _is_owed_for_care_leaver(work, case):
        owed.append(ClockId.K3B)
    return owed


def clocks_of_awareness(work: UnitOfWork, case: Case, before: date) -> Iterator[RunningClock]:
    """Yield the clocks that count from this day of awareness, met or not; none that has ended.

    A death that was told of at an earlier awareness keeps the clock of that one.
    """
    for clock in clocks(work.session, case.id):
        is_of_it = clock.clock in _OF_AWARENESS or (clock.is_extra and clock.anchor is Anchor.AWARE)
        is_earlier = clock.met_on is not None and clock.met_on < before
        of_incident = clock.anchor is Anchor.INCIDENT and not is_earlier
        hangs = clock.anchored_on == before or of_incident
        if is_of_it and hangs and not clock.ended_on:
            yield clock


def move_clocks_of_awareness(work: UnitOfWork, case: Case, before: date) -> None:
    """Count again what counted from the day before; the first last day stays (NOT-03)."""
    stamp_guidance(work, case, GuidedStep.NOTIFYING, _aware_on(work, case))
    for clock in clocks_of_awareness(work, case, before):
        move_clock(work, case, clock)
        if clock.met_on is not None:
            continue
        for todo in _TODOS_BY_K1 if clock.clock is ClockId.K1 else ():
            move_todo(work, case, todo, clock.due)
        if clock.clock in ON_A_DEATH:
            move_todo(work, case, Todo.RECORD_LOOKED_AFTER_DEATH, clock.due)


def start_local_clocks(work: UnitOfWork, case: Case) -> None:
    """Start what hangs on the referral, and have the scoping forms sent (RR-39, RR-44)."""
    scoping = start_clock(work, case, ClockId.K5)
    start_clock(work, case, ClockId.K7)
    start_extra_clocks(work, case, Anchor.REFERRAL)
    open_todo(work, case, Todo.REQUEST_RETURNS, last_day=scoping.due)


def end_duties_of_notifying(work: UnitOfWork, case: Case, because: ClockEnding) -> None:
    """End what runs towards a notification and its rapid review; a death is still told of."""
    which = (ClockId.K1, ClockId.K2, *_OF_REFERRAL, ClockId.K6, ClockId.EXTRA)
    cancel_clock(work, case, *which, because=because)
    call_off(work, case)
    close_todos(
        work,
        case,
        Todo.REQUEST_RETURNS,
        Todo.ANSWER_LISTED_ADDRESS,
        Todo.LIST_AGAIN,
        Todo.SUBMIT_RETURN,
        Todo.CONFIRM_RETURN,
        Todo.ACCEPT_PACK,
        Todo.SET_MEETING,
        Todo.HOLD_MEETING,
    )
    end_ladders(work, case, Asked.SCOPING_RETURN)


def stand_down(work: UnitOfWork, case: Case) -> None:
    """End the duties by a decision not to notify, and tell the agencies (NOT-13, RR-41)."""
    tell_agencies(work, case, EmailTrigger.AGENCIES_STOOD_DOWN, case.awareness)
    end_duties_of_notifying(work, case, because=ClockEnding.NOT_NOTIFIED)


def move_clocks_of_referral(work: UnitOfWork, case: Case) -> None:
    """Count again what hangs on the day of the referral; the first last day stays (R, E-13)."""
    for clock in clocks(work.session, case.id):
        is_extra = clock.is_extra and clock.anchor is Anchor.REFERRAL
        hangs = clock.clock in _OF_REFERRAL and clock.anchor is not Anchor.LISTING
        if (is_extra or hangs) and not clock.ended_on:
            move_clock(work, case, clock)
            if clock.clock is ClockId.K5 and clock.met_on is None:
                move_todo(work, case, Todo.REQUEST_RETURNS, clock.due)


def must_have_told_of_death(work: UnitOfWork, case: Case) -> None:
    """Refuse to end a case on which the separate duty of a death is not done (NOT-05)."""
    if any(last_day(work, case, clock) for clock in ON_A_DEATH):
        raise RuleBroken(
            "Notify the Secretary of State and Ofsted of the death first, and record it: "
            "that duty stands whatever else is decided (NOT-05, K3)."
        )


def must_have_told_area(work: UnitOfWork, case: Case) -> None:
    """Refuse to end a case of which another area must notify, before that area was told."""
    owed = case.duty_elsewhere and case.abuse_suspected and case.has_child
    if owed and last_fact(work.session, case.id, EntryType.AREA_TOLD) is None:
        raise RuleBroken(
            "Tell the authority whose duty it is to notify first, and record it (NOT-04)."
        )


def _is_owed_for_care_leaver(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the duty existed when the care leaver died (from 15 December 2023)."""
    return exists_on(ClockId.K3B, _aware_on(work, case), case.incident_on)


def _aware_on(work: UnitOfWork, case: Case) -> date:
    return london_date(case.aware_at) if case.aware_at else work.today
