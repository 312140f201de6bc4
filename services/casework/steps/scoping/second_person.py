"""The second person who says whether an address is right, at which an organisation is asked."""

from datetime import date
from typing import Final

from services.casework.effects import AboutTodo, AskedSeat, EmailContext, open_todo_of, start_clock
from services.casework.effects.emails import enqueue_email_to
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.database.cases import Case
from services.database.clocks import clocks
from services.database.history import Entry
from services.database.partnerships import Agency
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockId
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo

_OTHER: Final = {
    Role.BUSINESS_MANAGER: (Role.REVIEW_GROUP_CHAIR, Recipient.CHAIR),
    Role.REVIEW_GROUP_CHAIR: (Role.BUSINESS_MANAGER, Recipient.BUSINESS_MANAGER),
}


def ask_second_person(work: UnitOfWork, case: Case, agency: Agency, entry: Entry) -> None:
    """Start the clock of being asked, if it is to be asked, and have the address confirmed."""
    subject, by = str(agency.id), start_being_asked(work, case, agency)
    role, recipient = _OTHER[work.actor.role]
    about = AboutTodo(subject, by)
    open_todo_of(work, case, Todo.ANSWER_LISTED_ADDRESS, AskedSeat(role, None), about)
    told = EmailContext(todo=Todo.ANSWER_LISTED_ADDRESS, due=by, part=str(entry.number))
    enqueue_email_to(work, case, EmailTrigger.ADDRESS_TO_CONFIRM, (recipient,), told)


def start_being_asked(work: UnitOfWork, case: Case, agency: Agency) -> date | None:
    """Start the clock of being asked, unless it was asked; return its last day (K5, RR-39)."""
    if agency.id in asked_this_time(work, case):
        return None
    subject = str(agency.id)
    listed = _first_listed(work, case, subject)
    return start_clock(work, case, ClockId.K5, subject=subject, listing=listed).due


def _first_listed(work: UnitOfWork, case: Case, subject: str) -> date:
    """Return the day on which the organisation was first listed: a wrong address wins no time."""
    every = clocks(work.session, case.id)
    before = (one for one in every if one.anchor is Anchor.LISTING and one.subject == subject)
    return min((one.anchored_on for one in before), default=work.today)
