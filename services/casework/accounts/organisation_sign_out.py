"""A provider says that a session of its ended, or a person left: theirs here end with it."""

import hashlib

from sqlmodel import Session

from services.casework.accounts.organisation_door import OrganisationDoor, provider_now
from services.casework.audit import account
from services.database import audit, identities, sessions, sign_in_attempts
from services.database.sessions import WebSession, at_the_door
from services.domain.audit import AccountEvent
from services.identity.openid import NOT_ITS_ANSWER, ProviderRefused, tokens
from services.identity.openid.tokens import Ended


def take_logout(door: OrganisationDoor, code: str, token: str) -> int:
    """End the sessions that the provider's logout token names; return how many there were.

    Raises NotFound for a provider that there is not, ProviderRefused for a token that is not its
    own, is old or came before, ProviderUnavailable where its keys cannot be had.
    """
    provider, now = provider_now(door.engine, code)
    ended = tokens.read_logout_token(token, door.providers, door.client(provider), now)
    with at_the_door(door.engine) as session:
        person_id = next((one.person_id for one in _named(session, code, ended)), None)
    # The token, the sessions and the audit of one person stand or fall together.
    with at_the_door(door.engine, person_id) as session:
        _must_come_first(session, ended)
        found = _named(session, code, ended)
        for row in found:
            session.delete(row)
        if found:
            audit.append(session, [account(AccountEvent.SIGNED_OUT_BY_PROVIDER)])
    return len(found)


def _named(session: Session, code: str, ended: Ended) -> list[WebSession]:
    """Return the sessions that the provider names: all of one person, who has one identity."""
    if not ended.subject:
        return sessions.sessions_by_provider(session, code, sid=ended.sid)
    known = identities.identity_at(session, ended.issuer, ended.subject)
    if known is None:
        return []
    return sessions.sessions_by_provider(session, code, sid=ended.sid, identity_id=known.id)


def _must_come_first(session: Session, ended: Ended) -> None:
    """Refuse a token that came before; it is new for less time than a try is remembered."""
    door = hashlib.sha256(f"logout:{ended.issuer}:{ended.jti}".encode()).hexdigest()
    sign_in_attempts.one_at_a_time(session, door)
    if sign_in_attempts.tries(session, door):
        raise ProviderRefused(NOT_ITS_ANSWER, "came_before")
    sign_in_attempts.note_try(session, (door,))
