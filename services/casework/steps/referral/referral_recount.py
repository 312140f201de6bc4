"""What follows from a corrected referral: which duties stand now, and from which day they count."""

from dataclasses import dataclass
from datetime import date

from services.casework.effects import cancel_clock, close_todos, open_todo
from services.casework.steps.joined_cases import carrying_case
from services.casework.steps.notification.notification_clocks import (
    ON_A_DEATH,
    deaths_owed,
    end_duties_of_notifying,
    move_clocks_of_awareness,
    move_clocks_of_referral,
    start_clocks_of_deaths,
    start_local_clocks,
    start_notification_clocks,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.todos import Todo
from services.domain.workflow import Stage, move
from services.domain.working_days import london_date

UNDECIDED = frozenset({Stage.REFERRED, Stage.TO_BE_NOTIFIED})


@dataclass(frozen=True, slots=True)
class Duties:
    """How the case stood before the correction, as far as its clocks hang on the referral."""

    referred_on: date
    incident_on: date | None
    suspects: bool
    deaths: tuple[ClockId, ...]

    @classmethod
    def of(cls, work: UnitOfWork, case: Case) -> "Duties":
        """Return how the case stands now."""
        return cls(
            london_date(case.referred_at),
            case.incident_on,
            case.suspects_abuse_of_child,
            tuple(deaths_owed(work, case)),
        )


def recount(work: UnitOfWork, case: Case, before: Duties, told_on: date | None) -> None:
    """Start, end and count again what hangs on the referral; no first last day is lost.

    Once the Panel is notified the review goes on: that the criteria are no longer met is decided
    there (DEC-12). ``told_on`` is when the authority was told that a child has died since.
    """
    if carrying_case(work, case) is not None:
        return  # the duties of a duplicate run on the case that carries the incident
    now = Duties.of(work, case)
    if now.referred_on != before.referred_on:
        move_clocks_of_referral(work, case)
    _end_deaths(work, case, before, now)
    if case.aware_at is not None:
        if now.incident_on != before.incident_on:  # a partnership may count from it (5A)
            move_clocks_of_awareness(work, case, london_date(case.aware_at))
        start_clocks_of_deaths(work, case, told_on)
    if case.stage not in UNDECIDED or now.suspects is before.suspects:
        return
    if now.suspects:
        _begin(work, case)
    elif not case.has_child or case.duty_elsewhere:
        _end(work, case, now)


def _end_deaths(work: UnitOfWork, case: Case, before: Duties, now: Duties) -> None:
    """End the clock of a death in care that was none."""
    gone = [clock for clock in ON_A_DEATH if clock in before.deaths and clock not in now.deaths]
    if gone:
        cancel_clock(work, case, *gone, because=ClockEnding.REFERRAL_CORRECTED)
    if not now.deaths:
        close_todos(work, case, Todo.RECORD_LOOKED_AFTER_DEATH)


def _begin(work: UnitOfWork, case: Case) -> None:
    """Ask the authority to decide, as a referral that suspects abuse of a child does."""
    close_todos(work, case, Todo.TELL_AREA)
    start_local_clocks(work, case)
    open_todo(work, case, Todo.GIVE_VIEW)
    if case.aware_at is not None:
        start_notification_clocks(work, case)


def _end(work: UnitOfWork, case: Case, now: Duties) -> None:
    """End what runs towards a notification that is not ours to make; the decision is taken anew.

    Nobody was under 18, or the duty is another area's, which is told.
    """
    end_duties_of_notifying(work, case, because=ClockEnding.REFERRAL_CORRECTED)
    close_todos(work, case, Todo.GIVE_VIEW, Todo.RECORD_NOTIFICATION, Todo.DECIDE_TO_NOTIFY)
    if case.stage is Stage.TO_BE_NOTIFIED:
        case.stage = move(case.stage, Stage.REFERRED)
    if not now.deaths:
        open_todo(work, case, Todo.DECIDE_TO_NOTIFY)
    if case.duty_elsewhere and case.has_child:
        open_todo(work, case, Todo.TELL_AREA)
