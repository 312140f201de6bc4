"""The hours of a personal data breach: manager and data protection contact are told in time."""

from services.casework.effects import EmailContext, enqueue_email
from services.casework.steps.dispatches.breaches import undecided
from services.database.assignments import open_of
from services.database.cases import cases_of
from services.database.unit_of_work import UnitOfWork
from services.domain.breaches import BreachStanding, report_by, standing_at
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo
from services.domain.working_days import london_date


def look_after_breaches(work: UnitOfWork) -> None:
    """Tell when a day is left, and when the hours have passed; asking again adds nothing."""
    waiting = open_of(work.session, Todo.DECIDE_ON_BREACH)
    cases = cases_of(work.session, {one.case_id for one in waiting})
    for case in cases.values():
        for breach in undecided(work, case):
            aware_at = breach.kept.aware_at
            standing = standing_at(aware_at, work.now, is_decided=False)
            if standing is BreachStanding.RUNNING:
                continue
            due = london_date(report_by(aware_at))
            about = EmailContext(
                due=due, todo=Todo.DECIDE_ON_BREACH, part=f"{breach.id}:{standing}"
            )
            enqueue_email(work, case, EmailTrigger.BREACH_DUE, about)
