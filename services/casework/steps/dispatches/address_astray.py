"""A one-time address of a guest that went to the wrong mailbox: closed, and what was read by it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from services.casework.effects.guest_access import end_access
from services.database.cases import Case
from services.database.documents import documents
from services.database.guests import Guest, GuestLink, all_let_in, links_of
from services.database.history import Viewing, facts, viewings
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.identifiers import AgencyId
from services.domain.labels import label
from services.domain.plain_dates import date_and_time
from services.domain.working_days import london_date

NOBODY_CAME: Final = "Nobody came in by the one-time address, which is closed now."


def addresses_written(work: UnitOfWork, case: Case) -> list[GuestLink]:
    """Return the newest one-time address of each mailbox, if it was not reported as wrong.

    One that is closed is among them: that it was closed starts no hours.
    """
    newest = {one.address: one for one in links_of(work.session, case.id)}
    reported = _mailboxes_reported(work, case)
    return [one for one in newest.values() if one.address not in reported]


def was_reported(work: UnitOfWork, case: Case, address: str) -> bool:
    """Tell whether it is on record that an address of the case went to this mailbox in error."""
    return address in _mailboxes_reported(work, case)


def _mailboxes_reported(work: UnitOfWork, case: Case) -> set[str]:
    reported = {one.subject for one in facts(work.session, case.id, EntryType.BREACH_REPORTED)}
    links = links_of(work.session, case.id) if reported else []
    return {one.address for one in links if str(one.id) in reported}


def address_astray(
    work: UnitOfWork, case: Case, link_id: UUID, aware_at: datetime
) -> GuestLink | None:
    """Return the address that a form names, if it names one; refuse what cannot be."""
    link = next((one for one in links_of(work.session, case.id) if one.id == link_id), None)
    if link is None:
        return None
    if was_reported(work, case, link.address):
        raise AlreadyDone("It is on record already that this went to the wrong mailbox.")
    if aware_at > work.now:
        raise AnswerRefused("aware_at", "Enter a time that is not in the future.")
    if london_date(aware_at) < london_date(link.written_at):
        raise AnswerRefused("aware_at", "This is before it was sent.")
    return link


def agency_of(work: UnitOfWork, link: GuestLink) -> str:
    """Return the name of the agency for which the address lets somebody in."""
    return get_agency(work.session, AgencyId(link.agency_id)).name


def what_was_read(work: UnitOfWork, case: Case, link: GuestLink) -> tuple[str, ...]:
    """Say who came in from that mailbox, and each look of theirs at the case, the first first."""
    titles = {one.id: one.shown_title for one in documents(work.session, case.id)}
    came = {one.person_id: one.name for one in _guests_of(work, case, link)}
    seen = [one for one in reversed(viewings(work.session, case.id)) if one.person_id in came]
    return tuple(_said(one, came[one.person_id], titles) for one in seen) or (NOBODY_CAME,)


def close_mailbox(work: UnitOfWork, case: Case, link: GuestLink) -> None:
    """Close every address that went to that mailbox, and shut out whoever came in by one."""
    end_access(
        work,
        case,
        lambda one: one.address == link.address,
        lambda guest: guest.address == link.address,
    )


def _guests_of(work: UnitOfWork, case: Case, link: GuestLink) -> Sequence[Guest]:
    return [one for one in all_let_in(work.session, case.id) if one.address == link.address]


def _said(viewing: Viewing, name: str, titles: dict[UUID, str]) -> str:
    of = titles.get(viewing.document_id, "") if viewing.document_id is not None else ""
    what = of or label(viewing.what)
    return f"{what}: seen by {name} on {date_and_time(viewing.at)}"
