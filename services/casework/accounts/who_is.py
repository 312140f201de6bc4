"""The person behind what a browser carries, and the roles they hold today."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from services.database import identities, sessions
from services.database.partnerships import Partnership, installation
from services.database.people import Membership, Person
from services.database.sessions import LiveSession, WebSession, at_the_door
from services.domain.accounts import ProofMethod, methods_in
from services.domain.labels import label
from services.domain.labels.own_words import OwnWords, own_words_in
from services.domain.parties import party_name
from services.domain.roles import OF_INSTALLATION, Actor, Role
from services.identity import session_ids
from services.identity.actors import actor_for

VOUCHED_LATELY: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role of the person in one partnership, as it is offered for choosing."""

    membership_id: UUID
    partnership: str
    is_demonstration: bool
    role: Role
    seat: str
    actor: Actor
    own_words: OwnWords = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class SessionNow:
    """How a session stands: by what its person proved who they are, how long ago, when it ends.

    ``ends_in`` is the time that is left to it if nothing more is done.
    """

    methods: tuple[ProofMethod, ...]
    proved_ago: timedelta
    ends_in: timedelta
    provider: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person whose browser is known: their roles today, and the one they act in.

    ``session`` is missing for somebody whose session has ended.
    """

    person_id: UUID
    name: str
    form_secret: str
    roles: tuple[RoleHeld, ...]
    acting: RoleHeld | None
    session: SessionNow | None = None

    @property
    def is_vouched_for(self) -> bool:
        """Tell whether an organisation let them in."""
        return self.session is not None and bool(self.session.provider)


@dataclass(frozen=True, slots=True)
class _Session:
    """What is kept of a session: whose it is, in which role, and its secret."""

    person_id: UUID
    membership_id: UUID | None
    form_secret: str
    now: SessionNow | None = None
    provider: str = ""


def who_is(engine: Engine, carried: str, today: date, *, is_used: bool = True) -> SignedIn | None:
    """Return the person behind what a browser carries, with the roles they hold today.

    What a page asks by itself uses no session (``is_used``): who walked away is signed out.
    """
    with at_the_door(engine) as session:
        found = sessions.live_session(session, session_ids.kept(carried))
        if found is None:
            return None
        if is_used:
            sessions.see_again(session, found.row)
        row = found.row
        begun = _session_of(row, _as_it_stands(found))
    return _person_of(engine, begun, today)


def signed_in_as(
    engine: Engine, person_id: UUID, membership_id: UUID, now: SessionNow, today: date
) -> SignedIn | None:
    """Return the person, or the system, who acts by a token in that one role, if they hold it."""
    begun = _Session(person_id, membership_id, "", now, now.provider)
    found = _person_of(engine, begun, today)
    is_held = found.acting is not None and found.acting.membership_id == membership_id
    return found if is_held else None


def who_was(engine: Engine, carried: str, today: date) -> SignedIn | None:
    """Return the person of a session that ended for want of use or by its age, as `who_is` would.

    Who signed out, chose another role or was never here has none.
    """
    with at_the_door(engine) as session:
        row = sessions.ended_session(session, session_ids.kept(carried))
        if row is None:
            return None
        ended = _session_of(row)
    return _person_of(engine, ended, today)


def lately_vouched_for(known: SignedIn | None) -> UUID | None:
    """Return the person, if an organisation let them in with this browser a short while ago."""
    if known is None or known.session is None or not known.session.provider:
        return None
    return known.person_id if known.session.proved_ago <= VOUCHED_LATELY else None


def _session_of(row: WebSession, now: SessionNow | None = None) -> _Session:
    return _Session(row.person_id, row.membership_id, row.form_secret, now, row.provider)


def _as_it_stands(found: LiveSession) -> SessionNow:
    """Return how the session stands; it is in use at this moment, kept to the minute."""
    row, at = found.row, found.at
    started_at, proved_at = row.started_at or at, row.proved_at or at
    left = min(sessions.IDLE - sessions.SEEN_AGAIN, started_at + sessions.ABSOLUTE - at)
    return SessionNow(methods_in(row.methods), at - proved_at, left, row.provider)


def _person_of(engine: Engine, begun: _Session, today: date) -> SignedIn:
    """Return the person of a session, with the roles they hold today."""
    with at_the_door(engine, begun.person_id) as session:
        person = session.get_one(Person, begun.person_id)
        roles = tuple(
            RoleHeld(
                membership_id=held.id,
                partnership=_named(held, partnership),
                is_demonstration=partnership.is_demonstration,
                role=held.role,
                seat=_seat_name(held, partnership),
                actor=actor_for(held, today),
                own_words=_own_words(held, partnership),
            )
            for held, partnership in _roles_opened(session, begun, today)
        )
        roles = tuple(sorted(roles, key=lambda held: (held.partnership, label(held.role))))
        acting = next((one for one in roles if one.membership_id == begun.membership_id), None)
        acting = acting or (roles[0] if len(roles) == 1 else None)
        return SignedIn(begun.person_id, person.name, begun.form_secret, roles, acting, begun.now)


def _named(held: Membership, partnership: Partnership) -> str:
    """Return for whom the person acts: an operator for the whole installation, held where it is."""
    return (installation() if held.role in OF_INSTALLATION else partnership).name


def _own_words(held: Membership, partnership: Partnership) -> OwnWords:
    """Return the words of the partnership for which the person acts; an operator for none."""
    return {} if held.role in OF_INSTALLATION else own_words_in(partnership.policy)


def _roles_opened(
    session: Session, begun: _Session, today: date
) -> list[tuple[Membership, Partnership]]:
    """Return the roles held today that the session opens.

    Who was vouched for by an organisation acts only for the partnerships that let it vouch for
    their people: no partnership's provider opens the door of another.
    """
    held = sessions.roles_held(session, begun.person_id, today)
    if not begun.provider:
        return held
    opened = identities.partnerships_of(session, begun.provider)
    return [(one, partnership) for one, partnership in held if one.tenant_id in opened]


def _seat_name(held: Membership, partnership: Partnership) -> str:
    """Return what people read for the seat, and nothing where the role has none."""
    if held.seat is None:
        return ""
    return party_name(held.seat, held.authority, partnership.authorities)
