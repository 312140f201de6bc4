"""Calling who is on duty for a referral or a lead that waits for the authority.

The first is called when it is there, each next one after the policy's hours, until a decision maker
of the authority has opened the case (NOT-07, NOT-08).
"""

from datetime import datetime
from typing import Final

from services.casework.effects import EmailContext, enqueue_email, policy_of
from services.casework.effects.addressees import Declared
from services.database.assignments import Assignment, open_of
from services.database.cases import Case, cases_of
from services.database.directory import Contact
from services.database.duty_roster import on_duty
from services.database.people import Person, members
from services.database.unit_of_work import UnitOfWork
from services.domain.duty import to_call
from services.domain.emails import EmailTrigger
from services.domain.roles import Role
from services.domain.todos import Todo

ASKED_FIRST: Final = (Todo.RECORD_AWARENESS, Todo.DECIDE_LEAD)
"""What the authority is asked first: of a referral, and of a lead."""


def call_on_duty(work: UnitOfWork) -> None:
    """Enqueue an email to each who is to have been called by now; asking again adds none."""
    waiting = {one.case_id: one for one in open_of(work.session, *ASKED_FIRST)}
    roster = on_duty(work.session, work.now) if waiting else []
    if not roster:
        return
    for case in cases_of(work.session, set(waiting)).values():
        if not opened_by_authority(work, case):
            _call(work, case, waiting[case.id], roster)


def called_since(case: Case, asked: Assignment) -> datetime:
    """Return from when the calls count: the referral's receipt, or when the lead was logged."""
    return asked.opened_at if asked.todo is Todo.DECIDE_LEAD else case.referred_at


def opened_by_authority(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a decision maker has opened the case: who declares on it goes on to it.

    One to whom an interest closes it has not: their deputy is called (G7, K1).
    """
    return bool(notifiers_in(work, case))


def notifiers_in(work: UnitOfWork, case: Case) -> list[Person]:
    """Return the decision makers of the authority who have opened the case."""
    declared = Declared.on(work, case)
    notifiers = members(work.session, Role.NOTIFIER, on=work.today)
    return [one for one in notifiers if declared.may_open(one)]


def _call(work: UnitOfWork, case: Case, asked: Assignment, roster: list[Contact]) -> None:
    hours = policy_of(case).next_on_duty_after
    for contact in to_call(roster, called_since(case, asked), work.now, hours):
        part = f"{asked.todo}:{contact.id}"  # a lead that is referred calls again
        about = EmailContext(todo=asked.todo, address=contact.address, part=part)
        enqueue_email(work, case, EmailTrigger.ON_DUTY_CALLED, about)
