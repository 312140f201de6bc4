"""Who somebody is whom their organisation vouches for, and the session that they get.

A person is known by issuer and subject, which somebody who knew them has put on record. An address
that their provider tells of them is neither asked for nor believed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from services.casework.accounts.browser_sessions import (
    ByProvider,
    ProofGiven,
    ProvedAgain,
    note_event,
    replace_session,
)
from services.casework.accounts.organisation_door import (
    ABOUT_A_SESSION,
    RENEW,
    STEP_UP,
    OrganisationDoor,
    Returned,
    errand_in,
    receive,
)
from services.casework.accounts.sign_in_tries import (
    TooManyTries,
    Visit,
    count_try,
    take_back_try,
)
from services.casework.accounts.who_is import SignedIn, who_is, who_was
from services.database import identities, sessions
from services.database.sessions import at_the_door
from services.domain.accounts import ProofMethod
from services.domain.audit import AccountEvent
from services.domain.errors import Unavailable
from services.domain.vouching import NotVouched
from services.identity import session_ids
from services.identity.openid import ProviderRefused
from services.identity.openid.code_flow import BEGUN_ELSEWHERE, MISMATCHING_STATE

# The provider's own words for that it let nobody in: nothing was tried at our door.
LET_NOBODY_IN: Final = frozenset(
    {"access_denied", "login_required", "interaction_required", "consent_required"}
)
NOTED: Final = {RENEW: AccountEvent.SIGNED_IN, STEP_UP: AccountEvent.PROVED_AGAIN}
NOT_KNOWN: Final = (
    "Your organisation signed you in, and Keyline does not know you by it. Ask the partnership's "
    "administrator to invite you."
)


def visit_by(provider: str, visit: Visit) -> Visit:
    """Return what a try to sign in by the provider is counted by: who comes is not known yet."""
    return Visit(f"{provider} from {visit.address}", visit.address, device=visit.device)


def enter(
    door: OrganisationDoor, code: str, kept: str, answer: Mapping[str, str], visit: Visit
) -> Returned:
    """Return what the provider vouches for; tries that fail are counted as those by password are.

    A try is an answer to what this browser asked, by which somebody may be guessing. An answer that
    was never asked for is none, since any page of the web can send one, from an office in which
    others work; nor is a sign-in that the provider signed and that is not enough. Raises
    TooManyTries besides what `organisation_door.receive` raises.
    """
    if errand_in(door, code, kept) is None:
        raise ProviderRefused(BEGUN_ELSEWHERE, MISMATCHING_STATE)
    try:
        noted = count_try(door.engine, visit_by(code, visit))
    except TooManyTries:
        raise TooManyTries(
            "Too many tries to sign in by this organisation from where you are. Wait 15 minutes "
            "and try again."
        ) from None
    try:
        returned = receive(door, code, kept, answer)
    except Unavailable:
        take_back_try(door.engine, noted)
        raise
    except ProviderRefused as refused:
        if refused.code in LET_NOBODY_IN:
            take_back_try(door.engine, noted)
        note_event(door.engine, None, AccountEvent.PROVIDER_REFUSED)
        raise
    except NotVouched:
        take_back_try(door.engine, noted)
        note_event(door.engine, None, AccountEvent.PROVIDER_REFUSED)
        raise
    take_back_try(door.engine, noted)
    return returned


def sign_in_by(
    door: OrganisationDoor, returned: Returned, carried: str, today: date, visit: Visit
) -> str:
    """Begin the session of the person who was vouched for; return what the browser will carry.

    Who went to be vouched for again comes back into the role in which they acted, and as the same
    person. Raises NotVouched.
    """
    person_id, identity_id = _person_of(door, returned)
    again, aim = None, returned.errand.aim
    if aim in ABOUT_A_SESSION:
        known = _whose_session(door, returned, carried, today)
        if known is None or known.person_id != person_id:
            raise NotVouched("Another person was signed in here. Sign in again as yourself.")
        again = ProvedAgain(known.acting, NOTED[aim])
    proof = _proof(returned, identity_id, visit)
    return replace_session(door.engine, carried, person_id, proof, again)


def provider_to_ask_again(door: OrganisationDoor, carried: str) -> str:
    """Return the provider that is to vouch again for the session that this browser carries.

    It is in use, and has lasted as long as its provider is believed without being asked again.
    Nothing is returned for a session that ended in another way, nor where the provider vouches for
    nobody any more: there is nobody to ask.
    """
    with at_the_door(door.engine) as session:
        row = sessions.session_to_vouch_for(session, session_ids.kept(carried))
        if row is None:
            return ""
        live = {one.code for one in identities.live_providers(session)}
        return row.provider if row.provider in live else ""


def _person_of(door: OrganisationDoor, returned: Returned) -> tuple[UUID, UUID]:
    """Return the person whom the provider vouches for, and by which identity."""
    vouched = returned.vouched
    with at_the_door(door.engine) as session:
        known = identities.identity_at(session, vouched.issuer, vouched.subject)
        found = (known.person_id, known.id) if known is not None else None
    if found is None:
        note_event(door.engine, None, AccountEvent.PROVIDER_REFUSED)
        raise NotVouched(NOT_KNOWN)
    return found


def _whose_session(
    door: OrganisationDoor, returned: Returned, carried: str, today: date
) -> SignedIn | None:
    """Return the person of the session that is vouched for again, if this browser carries it."""
    if not carried or session_ids.kept(carried) != returned.errand.session:
        return None
    asks = who_was if returned.errand.aim == RENEW else who_is
    return asks(door.engine, carried, today)


def _proof(returned: Returned, identity_id: UUID, visit: Visit) -> ProofGiven:
    provider, vouched = returned.provider, returned.vouched
    by = ByProvider(
        provider=provider.code,
        identity_id=identity_id,
        sid=vouched.sid,
        until=returned.now + provider.lasts,
    )
    return ProofGiven((ProofMethod.ORGANISATION,), visit.device, vouched.at, by)
