"""Who is reminded of which last day: in time, and again when it has passed (P8)."""

from datetime import timedelta
from typing import Final

from services.casework.effects import as_counted, policy_of
from services.casework.effects.duties import tell_as_the_rule_says, tell_duty_holder
from services.casework.effects.emails import key_stem, undeclared_stem
from services.casework.engine.lateness_asked import ask_to_tell_of_lateness
from services.casework.engine.lead_reminders import ask_about_leads
from services.casework.engine.plan_reminders import ask_about_plans
from services.casework.engine.sharing_ends import warn_of_ends
from services.casework.engine.silence_rounds import ask_next_steps
from services.database.cases import Case, cases_of
from services.database.clocks import RunningClock, open_clocks
from services.database.outbox import stems
from services.database.unit_of_work import UnitOfWork
from services.domain.availability import was_kept
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import warning_days
from services.domain.emails import EmailTrigger
from services.domain.working_days import london_date

AHEAD = timedelta(days=400)  # more than the first warning of any clock is before its last day
_REMINDERS: Final = (
    EmailTrigger.DEADLINE_NEAR,
    EmailTrigger.DEADLINE_PASSED,
    EmailTrigger.ANSWER_NOT_COME,
    EmailTrigger.DECLARATION_NEEDED,
    EmailTrigger.SHARING_ENDED,
    EmailTrigger.SHOWING_ENDED,
    EmailTrigger.LEAD_LOGGED,
    EmailTrigger.PLAN_WAITS,
    EmailTrigger.PUBLICATION_STEP_DUE,
    EmailTrigger.SILENCE_STEP_DUE,
    EmailTrigger.SILENCE_TURN_PASSED,
)


def enqueue_reminders(work: UnitOfWork) -> None:
    """Post the reminders that are due today in this partnership; asking again adds none."""
    running = open_clocks(work.session, due_by=work.today + AHEAD)
    cases = cases_of(work.session, {clock.case_id for clock in running})
    posted = stems(work.session, *_REMINDERS)
    for clock in running:
        case = cases[clock.case_id]
        if clock.clock == ClockId.K13:
            _end_if_kept(work, clock)
        elif (told := _to_tell(work, case, clock)) is not None and _is_new(posted, case, told):
            tell_duty_holder(work, case, clock, *told)
            tell_as_the_rule_says(work, case, clock, *told)
    warn_of_ends(work, posted)
    ask_about_leads(work, posted)
    ask_about_plans(work, posted)
    ask_next_steps(work, posted)
    ask_to_tell_of_lateness(work, running, cases)


def _end_if_kept(work: UnitOfWork, clock: RunningClock) -> None:
    """End the year of a published report that was seen at its address to the end (PUB-29).

    Of one that was not seen there a person is asked beforehand, and it ends once it is.
    """
    seen_on = london_date(clock.seen_at) if clock.seen_at else None
    if clock.unseen_since is None and was_kept(seen_on, clock.due, work.today):
        clock.met_on = clock.due
        work.session.add(clock)


def _to_tell(work: UnitOfWork, case: Case, clock: RunningClock) -> tuple[EmailTrigger, str] | None:
    """Say what is to be told of the clock today: that it passed, or the newest of its warnings.

    A warning that was slept through is made up for by the newest one; a moved day is told anew.
    """
    if clock.due < work.today:
        return _passed(clock), f"{clock.id}:passed:{clock.due}"
    has_date = case.meeting_at is not None
    counted, policy = as_counted(clock), policy_of(case)
    days = warning_days(counted, work.calendar, policy, has_date=has_date)
    come = max((day for day in days if day <= work.today), default=None)
    return (EmailTrigger.DEADLINE_NEAR, f"{clock.id}:near:{come}") if come else None


def _passed(clock: RunningClock) -> EmailTrigger:
    """Say that a duty was missed, or only that an expected answer has not come."""
    expected = as_counted(clock).is_expected_only
    return EmailTrigger.ANSWER_NOT_COME if expected else EmailTrigger.DEADLINE_PASSED


def _is_new(posted: set[str], case: Case, told: tuple[EmailTrigger, str]) -> bool:
    """Tell whether nobody was told of it yet, neither in full nor that they must declare first.

    Whoever declares later reads it on the case, which they have open then.
    """
    event, part = told
    return not posted & {key_stem(case, event, part), undeclared_stem(case, event, part)}
