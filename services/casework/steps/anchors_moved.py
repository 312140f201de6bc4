"""The days that a case's clocks hang on, and moving them when a duplicate has earlier ones."""

from dataclasses import dataclass
from datetime import datetime

from services.casework.effects import cancel_clock, close_todos, move_clock, open_todo
from services.casework.steps.moved_days import follow_last_day
from services.casework.steps.notification.notification_clocks import (
    ON_A_DEATH,
    move_clocks_of_awareness,
    move_clocks_of_referral,
    start_notification_clocks,
)
from services.database.cases import Case
from services.database.clocks import clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.domain.working_days import london_date


@dataclass(frozen=True, slots=True)
class CaseAnchors:
    """When the referral was received, when the authority was aware and whether it has said so.

    Of a notified case also when the Panel was notified.
    """

    referred_at: datetime
    aware_at: datetime | None
    stated: bool
    notified_at: datetime | None = None

    @classmethod
    def of(cls, case: Case) -> "CaseAnchors":
        """Return what the case counts from now."""
        return cls(case.referred_at, case.aware_at, case.awareness_stated, case.notified_at)


def earliest(*anchors: CaseAnchors) -> CaseAnchors:
    """Return the earliest referral, the earliest stated awareness, and the earlier notification."""
    stated = any(one.stated for one in anchors)
    aware = [one.aware_at for one in anchors if one.aware_at and one.stated is stated]
    notified = [one.notified_at for one in anchors if one.notified_at]
    return CaseAnchors(
        min(one.referred_at for one in anchors),
        min(aware, default=None),
        stated,
        min(notified, default=None),
    )


def move_anchors(work: UnitOfWork, case: Case, to: CaseAnchors) -> None:
    """Count the case's clocks from other moments; their first last days stay in sight."""
    before = CaseAnchors.of(case)
    case.referred_at, case.aware_at, case.awareness_stated = to.referred_at, to.aware_at, to.stated
    work.session.add(case)
    work.session.flush()
    if london_date(to.referred_at) != london_date(before.referred_at):
        move_clocks_of_referral(work, case)
    if (to.aware_at, to.stated) != (before.aware_at, before.stated):
        _move_awareness(work, case, before)
    if to.notified_at is not None and to.notified_at != before.notified_at:
        _move_notification(work, case, to.notified_at)


def _move_notification(work: UnitOfWork, case: Case, notified_at: datetime) -> None:
    """Count what hangs on the notification from another one, and what is to be done with it."""
    case.notified_at = notified_at
    work.session.add(case)
    for clock in clocks(work.session, case.id):
        if clock.clock is ClockId.K1 and clock.met_on is not None:
            clock.met_on = london_date(notified_at)
            work.session.add(clock)
        hangs_on_it = clock.anchor is Anchor.NOTIFICATION or clock.clock is ClockId.K7
        if hangs_on_it and not clock.ended_on:
            before = clock.due
            move_clock(work, case, clock)
            if clock.met_on is None and clock.due != before:
                follow_last_day(work, case, clock, before)


def _move_awareness(work: UnitOfWork, case: Case, before: CaseAnchors) -> None:
    if case.awareness_stated:
        close_todos(work, case, Todo.RECORD_AWARENESS)
    elif before.stated:
        open_todo(work, case, Todo.RECORD_AWARENESS)
    if case.aware_at is None:
        which = (ClockId.K1, ClockId.K2, *ON_A_DEATH)
        cancel_clock(work, case, *which, because=ClockEnding.REFERRAL_CORRECTED)
        close_todos(work, case, Todo.DECIDE_TO_NOTIFY, Todo.RECORD_LOOKED_AFTER_DEATH)
        return
    if before.aware_at is not None:
        move_clocks_of_awareness(work, case, london_date(before.aware_at))
    if case.stage is Stage.REFERRED:
        start_notification_clocks(work, case)
