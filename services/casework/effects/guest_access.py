"""How a person without an account comes to be let in to a case, and how that ends."""

from collections.abc import Callable
from uuid import UUID

from services.casework.effects.todos import close_todos_of_person
from services.database.cases import Case
from services.database.guests import (
    Guest,
    GuestLink,
    admit,
    all_let_in,
    guest_of,
    links_of,
    shut_out,
)
from services.database.partnerships import listed_for
from services.database.people import emails_of
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import A_DAY
from services.domain.guests import ComesFor, guest_person, participant_person
from services.domain.identifiers import CaseId, PersonId


def guest_named(work: UnitOfWork, case: Case, agency_id: UUID, address: str, name: str) -> Guest:
    """Return the guest of that name at that mailbox: who came before, or one who is new."""
    person_id = guest_person(CaseId(case.id), agency_id, address, name)
    known = guest_of(work.session, person_id, for_change=True)
    return known or _new_guest(work, case, (agency_id, address, name), person_id)


def participant_named(
    work: UnitOfWork, case: Case, agency_id: UUID, address: str, name: str
) -> Guest:
    """Return the practitioner of that name at that mailbox, who comes for the learning event."""
    person_id = participant_person(CaseId(case.id), agency_id, address, name)
    if known := guest_of(work.session, person_id, for_change=True):
        return known
    who = (agency_id, address, name)
    return _new_guest(work, case, who, person_id, ComesFor.LEARNING_EVENT)


def let_guest_in(work: UnitOfWork, guest: Guest) -> None:
    """Have the guest admitted from today on, by the practice clock as by the real one."""
    work.session.add(guest)
    admit(work.session, guest, min(work.today, work.real_today))


def end_access_through(work: UnitOfWork, case: Case) -> None:
    """Close a named lead's mailbox to every practice, as they declare a conflict (LC-02).

    For each practice they come as another guest, who would declare afresh.
    """
    mine = {one.casefold() for one in emails_of(work.session, {work.actor.person_id})}
    through = {one.id for one in listed_for(work.session, case.id) if one.through is not None}
    end_access(
        work,
        case,
        lambda link: link.agency_id in through and link.address.casefold() in mine,
        lambda one: (
            one.agency_id in through
            and one.address.casefold() in mine
            and one.person_id != work.actor.person_id
        ),
    )


def end_access(
    work: UnitOfWork,
    case: Case,
    of_link: Callable[[GuestLink], bool],
    of_guest: Callable[[Guest], bool],
) -> None:
    """Close these addresses and shut these guests out, who are asked nothing any more."""
    for link in links_of(work.session, case.id, for_change=True):
        if of_link(link) and link.ended_at is None:
            link.ended_at, link.code_hash = work.now, ""
            work.session.add(link)
    for guest in all_let_in(work.session, case.id):
        if of_guest(guest) and guest.ended_at is None:
            guest.ended_at = work.now
            work.session.add(guest)
            close_todos_of_person(work, case, guest.person_id)
            shut_out(work.session, guest, work.real_today - A_DAY)


def _new_guest(
    work: UnitOfWork,
    case: Case,
    who: tuple[UUID, str, str],
    person_id: PersonId,
    comes_for: ComesFor = ComesFor.AGENCY,
) -> Guest:
    """Return a row for somebody of the agency, at the address and of the name that `who` tells."""
    agency_id, address, name = who
    return Guest(
        tenant_id=case.tenant_id,
        case_id=case.id,
        agency_id=agency_id,
        name=name,
        post="",
        telephone="",
        address=address,
        since=work.now,
        closes_on=work.today,
        person_id=person_id,
        comes_for=comes_for,
    )
