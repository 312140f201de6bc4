"""The second person who says whether an address is right, at which an organisation is asked."""

from datetime import date
from typing import Final

from services.casework.effects import (
    AboutTodo,
    AskedSeat,
    EmailContext,
    cancel_clock,
    close_todos,
    open_todo_of,
    start_clock,
)
from services.casework.effects.emails import enqueue_email_to
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.clocks import clocks
from services.database.history import Entry
from services.database.partnerships import Agency, listed_for
from services.database.people import roles_held
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.working_days import london_date

_OTHER: Final = {
    Role.BUSINESS_MANAGER: (Role.REVIEW_GROUP_CHAIR, Recipient.CHAIR),
    Role.REVIEW_GROUP_CHAIR: (Role.BUSINESS_MANAGER, Recipient.BUSINESS_MANAGER),
}


def ask_second_person(work: UnitOfWork, case: Case, agency: Agency, entry: Entry) -> None:
    """Start the clock of being asked, if it is to be asked, and have the address confirmed."""
    _ask_other(work, case, agency, work.actor.role, str(entry.number))


def ask_second_persons_again(work: UnitOfWork, case: Case) -> None:
    """Have every address confirmed that waits: the case is reopened, or asks agencies again."""
    for agency in listed_for(work.session, case.id):
        is_left = agency.waits and not is_with_second_person(work, case, agency)
        if is_left and agency.listed_by is not None:
            held = roles_held(work.session, agency.listed_by, work.today)
            was_chair = Role.REVIEW_GROUP_CHAIR in held and Role.BUSINESS_MANAGER not in held
            by_whom = Role.REVIEW_GROUP_CHAIR if was_chair else Role.BUSINESS_MANAGER
            _ask_other(work, case, agency, by_whom, f"{agency.id}:{work.now.isoformat()}")


def is_with_second_person(work: UnitOfWork, case: Case, agency: Agency) -> bool:
    """Tell whether somebody is asked at present whether the organisation's address is right."""
    waits = open_assignments(work.session, case.id)
    asked = {one.subject for one in waits if one.todo is Todo.ANSWER_LISTED_ADDRESS}
    return str(agency.id) in asked


def list_no_more(work: UnitOfWork, case: Case) -> None:
    """End the asking of every organisation that was listed and not asked by the submission.

    Nobody can be asked for a scoping return from then on.
    """
    close_todos(work, case, Todo.ANSWER_LISTED_ADDRESS, Todo.LIST_AGAIN, Todo.REQUEST_RETURNS)
    for one in listed_for(work.session, case.id):
        because, subject = ClockEnding.NOT_ASKED_BY_SUBMISSION, str(one.id)
        cancel_clock(work, case, ClockId.K5, because=because, subject=subject)


def _ask_other(work: UnitOfWork, case: Case, agency: Agency, by_whom: Role, part: str) -> None:
    subject, by = str(agency.id), start_being_asked(work, case, agency)
    role, recipient = _OTHER[by_whom]
    about = AboutTodo(subject, by)
    open_todo_of(work, case, Todo.ANSWER_LISTED_ADDRESS, AskedSeat(role, None), about)
    told = EmailContext(todo=Todo.ANSWER_LISTED_ADDRESS, due=by, part=part)
    enqueue_email_to(work, case, EmailTrigger.ADDRESS_TO_CONFIRM, (recipient,), told)


def start_being_asked(work: UnitOfWork, case: Case, agency: Agency) -> date | None:
    """Start the clock of being asked, unless it was asked; return its last day (K5, RR-39)."""
    if agency.id in asked_this_time(work, case):
        return None
    subject = str(agency.id)
    listed = _first_listed(work, case, subject)
    return start_clock(work, case, ClockId.K5, subject=subject, listing=listed).due


def _first_listed(work: UnitOfWork, case: Case, subject: str) -> date:
    """Return the day on which the organisation was first listed: a wrong address wins no time.

    What was listed before the case was reopened counts as listed then: new facts, new days.
    """
    every, referred = clocks(work.session, case.id), london_date(case.referred_at)
    days = (
        one.anchored_on
        for one in every
        if one.anchor is Anchor.LISTING and one.subject == subject and one.anchored_on >= referred
    )
    return min(days, default=work.today)
