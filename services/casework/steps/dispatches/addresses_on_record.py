"""At which addresses somebody local may be sent a held email again: those on record for them.

Whom an email is for is asked as when it was first written, so that what has changed since holds
here too: who fills the role, who declared a conflict, who is named to attend.
"""

from collections.abc import Iterator
from uuid import UUID

from services.casework.effects import EmailContext
from services.casework.effects.addressees import Declared, open_address
from services.casework.effects.duties import DUTIES
from services.casework.effects.email_recipients import NATIONAL, addressees
from services.database.cases import Case
from services.database.directory_entries import contacts_on, ever_addresses_of
from services.database.guests import guest_of
from services.database.outbox import OutboxEmail
from services.database.partnerships import agencies_on
from services.database.unit_of_work import UnitOfWork
from services.domain.duty import MAY_BE_ON_DUTY
from services.domain.errors import AnswerRefused
from services.domain.identifiers import AgencyId
from services.domain.labels import label
from services.domain.recipients import Recipient
from services.domain.roles import Role


def must_be_on_record(work: UnitOfWork, case: Case, email: OutboxEmail, address: str) -> None:
    """Refuse an address that stands on one person's word; what is on record is named."""
    if email.recipient in NATIONAL:
        raise AnswerRefused(
            "address",
            "A national body's address is not chosen on a case. Have it put right in the "
            "directory by two people; sent again without an address, the email goes there.",
        )
    known = _on_record(work, case, email)
    if address.casefold() in {one.casefold() for one in known}:
        return
    listed = f"On record: {', '.join(known)}." if known else "None is on record."
    raise AnswerRefused(
        "address",
        f"This address is not on record for {label(email.recipient)}. {listed} Have another one "
        "put on record first, and send the email then: an agency's or a post's in the directory, "
        "a person's by who administers the accounts.",
    )


def _on_record(work: UnitOfWork, case: Case, email: OutboxEmail) -> list[str]:
    """Return the addresses that the email may go to; a guest's is their own alone."""
    person, agency = email.content.get("guest"), email.content.get("guest_of")
    if person:
        guest = guest_of(work.session, UUID(person))
        return [guest.address] if guest is not None else []
    if agency:
        known = open_address(work, AgencyId(UUID(agency)), Declared.on(work, case))
        return [known] if known else []
    recipient = Recipient(email.recipient)
    if recipient is Recipient.ON_DUTY:
        on_duty = contacts_on(work.session, work.today, *MAY_BE_ON_DUTY)
        return sorted({one.address for one in on_duty})
    declared = Declared.on(work, case)
    found = {
        to.address
        for about in _what_it_may_be_about(work, case, email)
        for to in addressees(work, case, recipient, about, declared)
    }
    return sorted(found - {""})


def _what_it_may_be_about(
    work: UnitOfWork, case: Case, email: OutboxEmail
) -> Iterator[EmailContext]:
    """Yield what decides whom the email is for: the role whose duty it is, the agency it went to.

    An email keeps no id of an agency: it is the one that was ever reached where the email went.
    """
    yield EmailContext()
    matter = email.content["matter"]
    roles = {duty.role for duty in DUTIES.values() if duty.matter == matter}
    for role in roles - {Role.AGENCY_LEAD}:  # an agency is written to, and none of its people
        yield EmailContext(role=role)
    for agency_id in _agencies_at(work, case, email.address):
        yield EmailContext(agency_id=agency_id)


def _agencies_at(work: UnitOfWork, case: Case, address: str) -> Iterator[UUID]:
    for agency in agencies_on(work.session, case.id):
        if address in {agency.address, *ever_addresses_of(work.session, agency.name)}:
            yield agency.id
