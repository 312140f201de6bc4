"""The tokens of the API: given to a system for its secret, and asked for on each request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import Engine

from services.casework.accounts.browser_sessions import note_event
from services.casework.accounts.sign_in_tries import Visit, count_try, take_back_try
from services.casework.accounts.who_is import SessionNow, SignedIn, signed_in_as
from services.database import sessions
from services.database.api_tokens import (
    ApiToken,
    SystemSecret,
    TokenKind,
    forget_old,
    live_token,
)
from services.database.people import Membership
from services.database.sessions import at_the_door
from services.domain.accounts import methods_in
from services.domain.audit import AccountEvent
from services.domain.roles import Role
from services.domain.systems import OF_ITS_OWN, TOKEN_LASTS, Scope, scopes_in, scopes_written
from services.identity import session_ids
from services.identity.passwords import Passwords


class TokenRefused(Exception):
    """No token is given; the code says why, in the words of RFC 6749, 5.2."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class TokenGiven:
    """A token as it is given, once, and what it opens."""

    token: str = field(repr=False)
    scopes: frozenset[Scope] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemShown:
    """Who asks for a token: the id of a system, its secret, and from where."""

    system_id: UUID
    secret: str = field(repr=False)
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenBearer:
    """Who a token speaks for: the person or the system that acts, by which system, and for what."""

    known: SignedIn
    system_id: UUID
    scopes: frozenset[Scope]

    @property
    def is_system(self) -> bool:
        """Tell whether the system acts for itself."""
        return self.known.person_id == self.system_id


def token_for_system(
    engine: Engine,
    hashing: Passwords,
    shown: SystemShown,
    wanted: Iterable[Scope] | None,
    today: date,
) -> TokenGiven:
    """Give a system a token for itself; raises TokenRefused and TooManyTries.

    Without ``wanted`` it has every scope that the system has for itself.
    """
    held = must_be_system(engine, hashing, shown, today)
    its_own = scopes_in(held.decides) & OF_ITS_OWN
    scopes = its_own if wanted is None else frozenset(wanted)
    if not scopes or not scopes <= its_own:
        raise TokenRefused("invalid_scope")
    row = ApiToken(
        token_sha256="",
        kind=TokenKind.ACCESS,
        system_id=shown.system_id,
        person_id=shown.system_id,
        membership_id=held.id,
        scopes=scopes_written(scopes),
    )
    return TokenGiven(keep_token(engine, row), scopes)


def must_be_system(
    engine: Engine, hashing: Passwords, shown: SystemShown, today: date
) -> Membership:
    """Return the membership of the system that showed its secret; raises TokenRefused."""
    visit = Visit(account=str(shown.system_id), address=shown.place)
    noted = count_try(engine, visit)
    with at_the_door(engine) as session:
        kept = session.get(SystemSecret, shown.system_id)
        known = (kept.secret_hash, kept.membership_id) if kept is not None else None
    is_right = hashing.is_right(shown.secret, known[0] if known else None)
    held = system_held(engine, shown.system_id, known[1], today) if known else None
    if not is_right or held is None:
        note_event(engine, shown.system_id if known else None, AccountEvent.TOKEN_REFUSED)
        raise TokenRefused("invalid_client")
    take_back_try(engine, noted)
    return held


def system_held(
    engine: Engine, system_id: UUID, membership_id: UUID, today: date
) -> Membership | None:
    """Return what the system holds today by that membership, if it is still let in."""
    with at_the_door(engine, system_id) as session:
        for held, _partnership in sessions.roles_held(session, system_id, today):
            if held.id == membership_id and held.role is Role.SYSTEM:
                session.expunge(held)
                return held
    return None


def keep_token(engine: Engine, row: ApiToken) -> str:
    """Keep a new token by its hash, note that it was given, and return it."""
    token = session_ids.new()
    row.token_sha256 = session_ids.kept(token)
    with at_the_door(engine) as session:
        forget_old(session)
        session.add(row)
        person_id = row.person_id
    note_event(engine, person_id, AccountEvent.TOKEN_GIVEN)
    return token


def bearer_of(engine: Engine, token: str, today: date) -> TokenBearer | None:
    """Return for whom the token speaks now; nothing where it, or what they hold, has ended."""
    with at_the_door(engine) as session:
        found = live_token(session, session_ids.kept(token))
        if found is None:
            return None
        row = found.row
        left = TOKEN_LASTS - (found.at - (row.made_at or found.at))
        proved_ago = found.at - (row.proved_at or row.made_at or found.at)
        now = SessionNow(methods_in(row.methods), proved_ago, left, row.provider)
        system_id, person_id, membership_id = row.system_id, row.person_id, row.membership_id
        scopes = scopes_in(row.scopes)
    if system_id != person_id and not _is_let_in(engine, system_id, today):
        return None
    known = signed_in_as(engine, person_id, membership_id, now, today)
    return None if known is None else TokenBearer(known=known, system_id=system_id, scopes=scopes)


def _is_let_in(engine: Engine, system_id: UUID, today: date) -> bool:
    with at_the_door(engine, system_id) as session:
        found = sessions.roles_held(session, system_id, today)
        return any(held.role is Role.SYSTEM for held, _partnership in found)
