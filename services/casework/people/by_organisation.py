"""An invitation that ends in an organisation's sign-in: from then on the person is known by it.

They are vouched for at their organisation, and come back to the invitation as themselves; that they
accept is another answer of theirs. No address that the provider tells is believed: who has the
one-time address says which subject they are, once.
"""

from typing import Final
from uuid import UUID

from services.casework.accounts.identities import bind_identity
from services.casework.accounts.organisation_door import OrganisationDoor, Returned
from services.casework.accounts.proving import may_add_a_way_in
from services.casework.accounts.who_is import SignedIn
from services.casework.audit import administered
from services.casework.engine.transactions import TransactionContext
from services.casework.people.door import AddressBrought, AtDoor, open_invited, shown_at
from services.database import audit, identities
from services.database.people import Credential, with_addresses
from services.database.sessions import at_the_door
from services.domain.appointments import AnswerOf
from services.domain.audit import AdministrativeEvent
from services.domain.vouching import NotVouched

CLOSED: Final = (
    "The invitation is not open any more, so nothing was kept. Ask whoever wrote to you to send it "
    "again."
)
NOT_THEIRS: Final = (
    "This organisation does not sign people in for the partnership that invites you."
)
HAS_ACCOUNT: Final = (
    "The address that was invited has an account. Sign in with it first, then open the invitation "
    "again: your organisation's sign-in is added to that account."
)
SHOW_FIRST: Final = (
    "You showed too long ago that it is you, so nothing was kept. Open the invitation again, and "
    "show it first."
)


def bind_invited(
    context: TransactionContext,
    door: OrganisationDoor,
    returned: Returned,
    signed_in: SignedIn | None,
) -> None:
    """Put on record that whom the provider vouches for is the person who was invited.

    Nothing is done for somebody who is known already. An account is opened for an address that has
    none, in the name that was entered; whoever has one is signed in with it, and has lately shown
    again that it is them. They are told. Raises NotVouched.
    """
    vouched, provider = returned.vouched, returned.provider.code
    with at_the_door(door.engine) as session:
        if identities.identity_at(session, vouched.issuer, vouched.subject) is not None:
            return
        vouches_for = identities.partnerships_of(session, provider)
    brought = AddressBrought(returned.errand.invitation)
    found = shown_at(context, brought)
    if found is None or found.answer_of is not AnswerOf.APPOINTED:
        raise NotVouched(CLOSED)
    partnership_id = found.appointment.tenant_id
    if partnership_id not in vouches_for:
        raise NotVouched(NOT_THEIRS)
    person_id = _own_account(door, found, signed_in) or open_invited(
        context, brought, found.appointment.name
    )
    if person_id is None:
        raise NotVouched(CLOSED)
    with at_the_door(door.engine, person_id, partnership_id) as session:
        bound = bind_identity(session, person_id, vouched.issuer, vouched.subject, person_id)
        told = {"object": str(bound.id), "whom": str(person_id), "provider": provider}
        audit.append(session, [administered(AdministrativeEvent.IDENTITY_BOUND, **told)])


def _own_account(door: OrganisationDoor, found: AtDoor, signed_in: SignedIn | None) -> UUID | None:
    """Return the account of the invited address that this sign-in may be added to, if there is one.

    It is that of whoever is signed in and has lately shown it by what is ours, or one that nobody
    can sign in to yet: it was opened here, and what came after failed. A mailbox alone opens no
    account that is in use, nor does a browser that somebody left.
    """
    with at_the_door(door.engine) as session:
        there = with_addresses(session, [found.appointment.address])
        known = next((one for one in there if not one.is_guest), None)
        if known is None:
            return None
        is_in_use = session.get(Credential, known.id) or identities.identities_of(session, known.id)
        person_id = known.id
    if is_in_use:
        if signed_in is None or signed_in.person_id != person_id:
            raise NotVouched(HAS_ACCOUNT)
        if not may_add_a_way_in(signed_in):
            raise NotVouched(SHOW_FIRST)
    return person_id
