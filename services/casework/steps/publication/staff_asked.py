"""Once a day is approved, agencies tell their practitioners, and the plan's steps are asked for."""

from datetime import date

from services.casework.effects.agencies_asked import AskedOfAgencies, ask_agencies
from services.casework.steps.publication.publishers import ask_publishers
from services.casework.steps.publication.staff_standing import unsaid_of
from services.casework.steps.publication.timetable import ask_for_steps
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo


def ask_who_publishes(work: UnitOfWork, case: Case, *, last_day: date | None) -> None:
    """Ask our agencies and our own people for the steps, and other publishers to send the text."""
    ask_for_steps(work, case)
    ask_for_confirmations(work, case, last_day=last_day)
    ask_publishers(work, case, all_sent=False)


def ask_for_confirmations(work: UnitOfWork, case: Case, *, last_day: date | None) -> None:
    """Ask each agency that was asked to report, by email too, once the day is approved (PUB-22)."""
    asked = AskedOfAgencies(Todo.CONFIRM_STAFF_TOLD, EmailTrigger.STAFF_TO_BE_TOLD, last_day)
    ask_agencies(work, case, asked, [one.id for one in unsaid_of(work, case)])
