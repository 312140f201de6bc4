"""Once a day is approved, agencies tell their practitioners, and the plan's steps are asked for."""

from datetime import date

from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    open_todo,
)
from services.casework.steps.publication.publishers import ask_publishers
from services.casework.steps.publication.staff_standing import unsaid_of
from services.casework.steps.publication.timetable import ask_for_steps
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import count
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo


def ask_who_publishes(work: UnitOfWork, case: Case, *, last_day: date | None) -> None:
    """Ask our agencies and our own people for the steps, and other publishers to send the text."""
    ask_for_steps(work, case)
    ask_for_confirmations(work, case, last_day=last_day)
    ask_publishers(work, case, all_sent=False)


def ask_for_confirmations(work: UnitOfWork, case: Case, *, last_day: date | None) -> None:
    """Ask each agency that was asked to report, by email too, once the day is approved (PUB-22).

    One that is asked already, by the same last day, is not asked twice.
    """
    number = count(work.session, case.id)
    asked = {
        one.subject: one.last_day
        for one in open_assignments(work.session, case.id)
        if one.todo is Todo.CONFIRM_STAFF_TOLD
    }
    for one in unsaid_of(work, case):
        subject = str(one.id)
        if subject in asked and asked[subject] == last_day:
            continue
        close_todos(work, case, Todo.CONFIRM_STAFF_TOLD, subject=subject)
        open_todo(work, case, Todo.CONFIRM_STAFF_TOLD, last_day=last_day, subject=subject)
        about = EmailContext(
            due=last_day,
            todo=Todo.CONFIRM_STAFF_TOLD,
            agency_id=one.id,
            part=f"{subject}:{number}",
        )
        enqueue_email(work, case, EmailTrigger.STAFF_TO_BE_TOLD, about)
