"""Which addresses and telephone numbers a report may print: they are public (PUB-16, PUB-26).

Those of the partnership's business unit and press office, and of the three bodies that it is sent
to. An address of a person there is none of them.
"""

from collections.abc import Iterator
from dataclasses import astuple
from typing import Final

from services.database.directory_entries import contact_entries
from services.database.unit_of_work import UnitOfWork
from services.domain.directory import BODIES, ContactRole, OrganisationKind
from services.domain.mailboxes import NOT_PRODUCTION, PRODUCTION

# Where the three bodies are reached (the Panel is with the Department): known from services of the
# Department and from sites that repeat it, and not compared with gov.uk (decision 0087).
OFFICES: Final = (
    "Sanctuary Buildings, Great Smith Street, London SW1P 3BT, 0370 000 2288",
    "Piccadilly Gate, Store Street, Manchester M1 2WD, 0300 123 1231, enquiries@ofsted.gov.uk",
)
_OF_OUR_OWN: Final = frozenset({ContactRole.UNIT_MANAGER, ContactRole.PRESS_OFFICE})
_BODIES: Final = frozenset(BODIES.values())


def public_addresses(work: UnitOfWork) -> Iterator[str]:
    """Yield what says where the partnership and the three bodies are reached by anybody."""
    yield from OFFICES
    yield from (*astuple(PRODUCTION), *astuple(NOT_PRODUCTION))
    for one in contact_entries(work.session):
        is_own = one.kind is OrganisationKind.PARTNERSHIP and one.contact.role in _OF_OUR_OWN
        is_body = one.kind in _BODIES and one.contact.role is ContactRole.WHERE_TO_SEND
        if (is_own or is_body) and one.holds(work.today):
            yield one.contact.address
            yield one.contact.telephone
