"""A case that joins stands aside: the lead carries what is shared; national clocks count once."""

from datetime import date

from services.casework.effects import cancel_clock, close_todos, last_day
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.joint_reviews import ASKS_AGENCIES
from services.domain.sign_off import SignOffMatter
from services.domain.todos import ON_DISSENT, Todo
from services.domain.workflow import Stage, move
from services.domain.working_days import london_date

# What the lead does, and whose clocks count once, on the lead's case (rules.md 4).
LEADS_TO_DO = (
    Todo.SET_MEETING,
    Todo.ACCEPT_PACK,
    Todo.HOLD_MEETING,
    Todo.WRITE_RECORD,
    Todo.ANSWER_CRITERIA,
    Todo.PROPOSE_DECISION,
    Todo.SIGN_RAPID_REVIEW,
    Todo.SUBMIT,
    Todo.CLOSE_OR_REOPEN,
)
COVERED = frozenset({ClockEnding.COVERED_BY_JOINT_REVIEW, ClockEnding.LED_ELSEWHERE})
COUNTED_ONCE = (ClockId.K4, ClockId.K7, ClockId.K8, ClockId.K9, ClockId.K10)


def stand_aside(work: UnitOfWork, case: Case) -> None:
    """Let the lead carry what is shared; a duty to decide on notifying stays on our own case.

    K1 and K2 are the duty of the authority that became aware, whoever leads (NOT-01 to 04). A
    clock that was missed already is never tidied away.
    """
    if case.stage not in {Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH, Stage.RAPID_REVIEW}:
        return
    case.stage = move(case.stage, Stage.JOINT_REVIEW)
    work.session.add(case)
    close_todos(work, case, *LEADS_TO_DO)
    # What our own partners disagreed on is not what the lead puts to them all.
    close_todos(work, case, *ON_DISSENT, subject=SignOffMatter.RAPID_REVIEW.value)
    _cover(work, case, *COUNTED_ONCE)
    membership = membership_of(work.session, case.id)
    if membership is not None and not membership.part.holds(ASKS_AGENCIES):
        stop_asking(work, case)


def stop_asking(work: UnitOfWork, case: Case) -> None:
    """Ask no further agency: we are only consulted. What was asked is still answered."""
    close_todos(work, case, Todo.REQUEST_RETURNS, Todo.REQUEST_REPORTS, Todo.INVITE_PRACTITIONERS)
    close_todos(work, case, Todo.ANSWER_LISTED_ADDRESS, Todo.LIST_AGAIN, Todo.HEAR_OF_DRAFT)
    _cover(work, case, ClockId.K5)


def _cover(work: UnitOfWork, case: Case, *which: ClockId) -> None:
    for one in clocks(work.session, case.id):
        if one.runs and one.clock in which and one.due >= work.today:
            because = ClockEnding.COVERED_BY_JOINT_REVIEW
            cancel_clock(work, case, one.clock, because=because, subject=one.subject)


def stand_aside_if_joining(work: UnitOfWork, case: Case) -> None:
    """Let the lead carry what our own duty has now been done for, if our case joins a review."""
    membership = membership_of(work.session, case.id)
    if membership is not None and not membership.is_lead:
        stand_aside(work, case)


def run_on(work: UnitOfWork, case: Case, *which: ClockId) -> None:
    """Let what the joint review covers run on, each clock at its own date."""
    for clock in covered_clocks(work, case, *which):
        if last_day(work, case, clock.clock, clock.subject) is None:
            clock.ended_on, clock.ended_because = None, None
            work.session.add(clock)
            work.session.flush()


def meet_covered(work: UnitOfWork, case: Case, *, on: date) -> None:
    """Meet our own K10 by the record that was submitted for all that notified."""
    for clock in covered_clocks(work, case, ClockId.K10):
        clock.met_on, clock.ended_on, clock.ended_because = on, None, None
        work.session.add(clock)
    work.session.flush()


def open_submission_again(work: UnitOfWork, case: Case, *, met_on: date) -> None:
    """Open the K10 that a record met which came back, at its own old day (P7).

    Where the record met two, the earlier governs the review, and the other is covered again.
    """
    is_open = last_day(work, case, ClockId.K10) is not None
    for clock in clocks(work.session, case.id):
        if clock.clock is ClockId.K10 and clock.met_on == met_on:
            clock.taken_back, clock.met_on = met_on, None
            if is_open:
                clock.ended_on = work.today
                clock.ended_because = ClockEnding.COVERED_BY_JOINT_REVIEW
            is_open = True
            work.session.add(clock)
    work.session.flush()


def stand_alone(work: UnitOfWork, case: Case) -> None:
    """Let our own clocks run on where the joint review ends before its record met our K10."""
    if covered_clocks(work, case, ClockId.K10):
        run_on(work, case, *COUNTED_ONCE, ClockId.K5)


def covered_clocks(work: UnitOfWork, case: Case, *which: ClockId) -> list[RunningClock]:
    """Return those of these clocks that count in the joint review and not on our own case."""
    return [
        one
        for one in clocks(work.session, case.id)
        if one.clock in which and one.ended_because in COVERED
    ]


def notified_on(case: Case) -> date | None:
    """Return the day of our own notification of the incident, if there was one."""
    return london_date(case.notified_at) if case.notified_at else None
