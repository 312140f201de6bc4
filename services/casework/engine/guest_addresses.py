"""The one-time address and the code of a guest, made when the email with it is written.

Neither is kept: the address as its SHA-256, the code as argon2id makes it.
"""

import secrets
from datetime import date
from uuid import UUID

from services.casework.access.learning import event_opens_until
from services.casework.effects.addressees import Declared, open_address
from services.casework.steps.dispatches.address_astray import was_reported
from services.database.cases import Case
from services.database.guests import Guest, GuestLink, get_link, guest_of
from services.database.outbox import OutboxEmail
from services.database.partnerships import get_agency
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import RuleBroken
from services.domain.guests import GUESTS, ComesFor, open_until
from services.domain.identifiers import AgencyId
from services.identity import session_ids
from services.identity.passwords import STRONG


def new_address(work: UnitOfWork, case: Case, outbox_email: OutboxEmail) -> str:
    """Return what the address of the email ends with, and keep what it lets in: whom, how long.

    An address that an earlier email brought stays open beside it. None is sent to a mailbox that is
    on record as the wrong one: a person is asked.
    """
    if was_reported(work, case, outbox_email.address):
        raise RuleBroken("The mailbox is on record as the wrong one.")
    agency_id, guest = _whom(work, outbox_email)
    if guest is None:
        _must_be_reached_there(work, case, AgencyId(agency_id), outbox_email.address)
    token = session_ids.new()
    work.session.add(
        GuestLink(
            tenant_id=case.tenant_id,
            case_id=case.id,
            agency_id=agency_id,
            guest_id=guest.id if guest is not None else None,
            address=outbox_email.address,
            address_sha256=session_ids.kept(token),
            written_at=work.now,
            closes_on=_open_until(work, case, guest),
        )
    )
    return token


def new_code(work: UnitOfWork, link_id: UUID) -> str:
    """Return a new code for an address that is open; a code before it opens nothing any more."""
    link = get_link(work.session, link_id)
    if not link.is_open(work.today):
        raise RuleBroken("The address was closed before a code for it was sent.")
    code = "".join(secrets.choice("0123456789") for _ in range(GUESTS.digits))
    link.code_hash, link.code_made_at, link.wrong_codes = STRONG.hashed(code), work.now, 0
    work.session.add(link)
    return code


def _must_be_reached_there(work: UnitOfWork, case: Case, agency_id: AgencyId, address: str) -> None:
    """Refuse an address at which an organisation of this case only is reached no longer."""
    if get_agency(work.session, agency_id).case_id is None:
        return
    now = open_address(work, agency_id, Declared.on(work, case))
    if now.casefold() != address.casefold():
        raise RuleBroken("The organisation is asked elsewhere now, or nowhere.")


def _open_until(work: UnitOfWork, case: Case, guest: Guest | None) -> date:
    """Return its last day: of a practitioner at the learning event, that of their access."""
    if guest is not None and guest.comes_for is ComesFor.LEARNING_EVENT:
        return event_opens_until(work, case)
    return open_until(work.today, work.calendar)


def _whom(work: UnitOfWork, outbox_email: OutboxEmail) -> tuple[UUID, Guest | None]:
    """Return the agency, and the guest where the email is to one in their own person."""
    person = outbox_email.content.get("guest")
    if not person:
        return UUID(outbox_email.content["guest_of"]), None
    guest = guest_of(work.session, UUID(person))
    if guest is None or guest.ended_at is not None:
        raise RuleBroken("Their access was ended before this was sent.")
    return guest.agency_id, guest
