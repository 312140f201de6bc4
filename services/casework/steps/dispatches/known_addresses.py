"""At which addresses a national body is known: the installation's, and what two people have set."""

from datetime import date
from typing import Final

from services.database.directory_entries import contact_entries
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import BODIES, ContactRole
from services.domain.errors import AnswerRefused
from services.domain.labels import label
from services.domain.mailboxes import NOT_PRODUCTION, PRODUCTION, Mailboxes
from services.domain.recipients import Recipient

# The secretariat is the Panel's own: what reaches either mailbox has reached the Panel (E-05).
_OF_THE_PANEL: Final = (Recipient.PANEL, Recipient.PANEL_SECRETARIAT)


# At which address which body is written to as Keyline is installed, in small letters.
INSTALLED: Final = frozenset(
    (body, address.casefold())
    for of in (PRODUCTION, NOT_PRODUCTION)
    for body in BODIES
    if (address := of.address_of(body)) is not None
)


def must_be_known(work: UnitOfWork, recipient: Recipient, address: str, on: date) -> None:
    """Refuse an address that is not one of the recipient's, on the day of sending or today.

    The installation's own addresses of the body count as in the directory; any other one is
    entered there as that body's, and confirmed by a second person.
    """
    known = known_addresses(work, recipient, on)
    if _same(address) not in map(_same, known):
        raise AnswerRefused(
            "address",
            f"This is no known address of {label(recipient)}. Known: {', '.join(known)}. "
            f"Enter another one in the directory, under an organisation that is "
            f"{label(recipient)}, have a second person confirm it, and record this then.",
        )


def known_addresses(work: UnitOfWork, recipient: Recipient, on: date) -> tuple[str, ...]:
    """Return where the body may be sent documents by hand, on the day or today."""
    bodies = _OF_THE_PANEL if recipient in _OF_THE_PANEL else (recipient,)
    kinds = {BODIES[one] for one in bodies}
    installed = (PRODUCTION, NOT_PRODUCTION) if work.partnership.is_demonstration else (PRODUCTION,)
    own = [of.address_of(body) for of in installed for body in bodies]
    set_by_two = [
        one.contact.address
        for one in contact_entries(work.session)
        if one.kind in kinds and (one.holds(on) or one.holds(work.today))
    ]
    return tuple(dict.fromkeys(filter(None, (*own, *set_by_two))))


def address_of_body(work: UnitOfWork, installed: Mailboxes, recipient: Recipient) -> str | None:
    """Return where a national body is written to today, or None for somebody local.

    What the directory says of where its documents are sent comes before the installation's own
    address, from the first day on that two people have set (E-05).
    """
    if recipient not in BODIES:
        return None
    kind = BODIES[recipient]
    found = [
        one.contact
        for one in contact_entries(work.session, ContactRole.WHERE_TO_SEND)
        if one.kind is kind and one.holds(work.today) and _is_email(one.contact.address)
    ]
    found = [one for one in found if installed.may_be_used(one.address)]
    newest = max(found, key=lambda one: (one.valid_from, one.added_at), default=None)
    return newest.address if newest is not None else installed.address_of(recipient)


def _is_email(address: str) -> bool:
    return not address.startswith("https://")


def _same(address: str) -> str:
    return address.strip().casefold()
