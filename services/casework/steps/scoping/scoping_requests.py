"""Agencies asked for their scoping returns: letter, form, clock and email, until all are asked."""

from collections.abc import Iterable, Set
from datetime import date, datetime
from typing import Final
from uuid import UUID

from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    last_day,
    mark_met,
    open_todo,
    order_document,
    start_clock,
)
from services.database.agency_requests import AgencyRequest, ask_agency, requests
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.clocks import clocks
from services.database.history import Entry, facts, review_begun_after, said_for_review
from services.database.partnerships import listed_for
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import NotFound
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step

OPEN_FROM: Final = (Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW, Stage.JOINT_REVIEW)


def asked_this_time(work: UnitOfWork, case: Case) -> set[UUID]:
    """Return the agencies asked for the review that now is: after one that ended, new forms."""
    asked = said_for_review(work.session, case.id, EntryType.RETURNS_REQUESTED)
    return {agency for entry in asked for agency in entry.agencies}


def requests_this_time(work: UnitOfWork, case: Case) -> list[AgencyRequest]:
    """Return the requests to the agencies asked for the review that now is; none of an older."""
    asked = asked_this_time(work, case)
    made = requests(work.session, case.id, Asked.SCOPING_RETURN)
    return [one for one in made if one.agency_id in asked]


def asked_at(work: UnitOfWork, case: Case, agency_id: UUID) -> datetime:
    """Return when the agency was last asked for its return; NotFound if it never was."""
    asked = facts(work.session, case.id, EntryType.RETURNS_REQUESTED)
    mine = [one.at for one in asked if agency_id in one.agencies]
    if not mine:
        raise NotFound("That agency was not asked for a return on this case.")
    return mine[-1]


def ask_for_return(work: UnitOfWork, case: Case, entry: Entry, agency_id: UUID) -> None:
    """Ask the agency: a last day, a letter and a form, and an email (K6)."""
    clock = start_clock(work, case, ClockId.K6, subject=str(agency_id), receipt=work.today)
    ask_agency(work, case, Asked.SCOPING_RETURN, agency_id, clock.due)
    # A review that begins anew asks an agency again: another letter, of its own name.
    since = review_begun_after(work.session, case.id)
    part = f"{agency_id}:{since}" if since else str(agency_id)
    close_todos(work, case, Todo.CONFIRM_RETURN, subject=str(agency_id))
    open_todo(work, case, Todo.SUBMIT_RETURN, last_day=clock.due, subject=str(agency_id))
    for kind in (DocumentKind.SCOPING_LETTER, DocumentKind.SCOPING_FORM):
        order_document(work, entry, Step.SCOPE, kind, agency_id)
    enqueue_email(
        work,
        case,
        EmailTrigger.SCOPING_REQUESTED,
        EmailContext(
            matter=EmailMatter.RETURN_SCOPING,
            due=clock.due,
            todo=Todo.SUBMIT_RETURN,
            agency_id=agency_id,
            part=part,
        ),
    )


def is_left_to_ask(work: UnitOfWork, case: Case, asked: Set[UUID]) -> bool:
    """Tell whether agencies were asked and others were still to be.

    The clock does not say it: it runs on where an agency's email came back (K5).
    """
    waits = open_assignments(work.session, case.id)
    return bool(asked) and any(one.todo is Todo.REQUEST_RETURNS for one in waits)


def listed_to_ask(work: UnitOfWork, case: Case) -> list[date]:
    """Return the last days of the listed organisations that may be asked and were not (K5)."""
    asked = asked_this_time(work, case)
    found = (one for one in listed_for(work.session, case.id) if one.is_reached)
    days = (last_day(work, case, ClockId.K5, str(one.id)) for one in found if one.id not in asked)
    return sorted(filter(None, days))


def count_asking(work: UnitOfWork, case: Case, new: Iterable[UUID], *, is_complete: bool) -> None:
    """Meet K5 once every relevant agency is asked; one found later has a K5 of its own (RR-39).

    That one counts from the referral like the others': it shows how late the agency was asked. An
    organisation that is listed for the case has had its own since it was listed; while one that
    may be asked is not, the manager is asked to.
    """
    by = last_day(work, case, ClockId.K5)
    every = clocks(work.session, case.id)
    whole = [one for one in every if one.clock is ClockId.K5 and not one.subject]
    came_back = any(one.taken_back and not one.met_on and not one.ended_on for one in whole)
    was_met = came_back or (by is None and any(one.met_on for one in whole))
    for agency in map(str, new):
        if was_met and last_day(work, case, ClockId.K5, agency) is None:
            start_clock(work, case, ClockId.K5, subject=agency)
        mark_met(work, case, ClockId.K5, subject=agency)  # one that is listed for the case has one
    if not is_complete:
        open_todo(work, case, Todo.REQUEST_RETURNS, last_day=by)
        return
    if not came_back:  # an email that came back is settled first
        mark_met(work, case, ClockId.K5)
    close_todos(work, case, Todo.REQUEST_RETURNS)
    for day in listed_to_ask(work, case)[:1]:
        open_todo(work, case, Todo.REQUEST_RETURNS, last_day=day)
