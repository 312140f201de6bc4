"""The clocks that a partnership adds for itself: started by an event of the case, like the others.

They are never mixed with those of the framework: each has the one code `extra`, its own code as
subject, and its name from the policy with which the case began.
"""

from datetime import date

from services.casework.effects.clocks import (
    anchors,
    cancel_clock,
    mark_met,
    policy_of,
    start_clock,
)
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.extra import PANEL_ANSWER
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId


def start_extra_clocks(
    work: UnitOfWork, case: Case, anchor: Anchor, on: date | None = None
) -> None:
    """Start what the partnership counts from this event, and move what runs from another day.

    A step that was done for the same day of the event is not asked for again.
    """
    day = on or anchors(case).on(anchor)
    done = {
        one.subject
        for one in clocks(work.session, case.id)
        if one.is_extra and one.met_on is not None and one.anchored_on == day
    }
    if case.panel_answered_on is not None:
        done.add(PANEL_ANSWER)
    for extra in policy_of(case).clocks_of_its_own:
        if extra.anchor is anchor and day is not None and extra.code not in done:
            start_clock(work, case, ClockId.EXTRA, subject=extra.code, **{anchor.value: day})


def end_extra_clocks(work: UnitOfWork, case: Case, anchor: Anchor, because: ClockEnding) -> None:
    """End what the partnership counts from an event that turned out not to count."""
    for extra in policy_of(case).clocks_of_its_own:
        if extra.anchor is anchor:
            cancel_clock(work, case, ClockId.EXTRA, because=because, subject=extra.code)


def await_panel_answer(work: UnitOfWork, case: Case, since: date) -> None:
    """Expect the Panel's answer again, from the day on which it was challenged, if one is."""
    if policy_of(case).panel_answer_within is not None:
        start_clock(work, case, ClockId.EXTRA, subject=PANEL_ANSWER, submission=since)


def panel_has_answered(work: UnitOfWork, case: Case, on: date) -> None:
    """Stop waiting for the Panel's answer, which came on the day."""
    mark_met(work, case, ClockId.EXTRA, on=on, subject=PANEL_ANSWER)


def steps_to_take(work: UnitOfWork, case: Case) -> list[RunningClock]:
    """Return the extra clocks that run and that a person says to be done, soonest first."""
    return [
        one
        for one in clocks(work.session, case.id)
        if one.is_extra and one.subject != PANEL_ANSWER and one.runs
    ]
