"""When the rapid review meeting is held: its window (K7), and from which day it can be prepared."""

from datetime import date

from services.casework.effects import as_counted, compute_due_date, policy_of
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.clocks import open_clock
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.due_dates import DueDate
from services.domain.clocks.rules import ClockId
from services.domain.errors import AnswerRefused
from services.domain.working_days import london_date, written


def must_be_in_window(
    work: UnitOfWork, case: Case, field: str, on: date, reason: str | None
) -> None:
    """Refuse a day before the referral, and one outside the window without a reason (K7)."""
    if on < london_date(case.referred_at):
        raise AnswerRefused(field, "Enter a day that is not before the referral.")
    window = _window(work, case)
    opens = window.opens or window.due
    if opens <= on <= window.due or reason:
        return
    early = on < opens
    raise AnswerRefused(
        field,
        f"This is too {'early' if early else 'late'}: the meeting is held from "
        f"{written(opens)} to {written(window.due)} (K7, RR-44). "
        "Choose a day in the window, or give the reason below.",
    )


def when_to_meet(work: UnitOfWork, case: Case) -> str:
    """Say in which window the meeting is held, and from which day its papers can be read (E-14)."""
    window, back = _window(work, case), returns_by(work, case)
    opens, from_on = window.opens or window.due, plan_from(work, case)
    return (
        f"It is held from {written(opens)} to {written(window.due)} (K7). The agencies' forms are "
        f"due back by {written(back)}: plan it for {written(from_on)} or later, so that those who "
        "come can read the papers first (E-14)."
    )


def plan_from(work: UnitOfWork, case: Case) -> date:
    """Return the first day of the window on which the papers can have been read (E-14).

    The framework's own days leave none: sent on day 2 and back on day 7, when the window opens.
    """
    window = _window(work, case)
    calendar = work.calendar.closed_on(policy_of(case).closed_days)
    after = calendar.add_working_days(returns_by(work, case), 1)
    return min(max(window.opens or window.due, after), window.due)


def returns_by(work: UnitOfWork, case: Case) -> date:
    """Return the last day of the agencies' forms: as asked, or as the policy has it (K5, K6)."""
    asked = [one.due for one in requests(work.session, case.id, Asked.SCOPING_RETURN)]
    if asked:
        return max(asked)
    sent = compute_due_date(work, case, ClockId.K5).due
    return compute_due_date(work, case, ClockId.K6, receipt=sent).due


def _window(work: UnitOfWork, case: Case) -> DueDate:
    """Return the window; what runs was capped by the notification that opened the review (E-13)."""
    running = open_clock(work.session, case.id, ClockId.K7)
    return as_counted(running) if running else compute_due_date(work, case, ClockId.K7)
