"""Signing in and out, and choosing as what to act."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import Field
from sqlalchemy import Engine

from services.casework.audit import account
from services.casework.commands import Command, ShortText
from services.casework.sign_in_tries import Visit, count_try, take_back_try
from services.database import audit, sessions
from services.database.partnerships import Partnership
from services.database.people import Membership, Person
from services.database.sessions import WebSession, at_the_door
from services.database.signed_context import NONE_CHOSEN
from services.domain.audit import AccountEvent
from services.domain.errors import AnswerRefused, NotFound
from services.domain.labels import label
from services.domain.parties import party_name
from services.domain.roles import Actor, Role
from services.identity import passwords, session_ids
from services.identity.actors import actor_for


class SignIn(Command):
    """Who somebody says they are."""

    email: ShortText = Field(title="Your email address")
    password: str = Field(title="Your password", min_length=1, max_length=passwords.LONGEST)


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """One role of the person in one partnership, as it is offered for choosing."""

    membership_id: UUID
    partnership: str
    is_demonstration: bool
    role: Role
    seat: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person whose browser is known: their roles today, and the one they act in."""

    person_id: UUID
    name: str
    form_secret: str
    roles: tuple[RoleHeld, ...]
    acting: RoleHeld | None


@dataclass(frozen=True, slots=True)
class _Session:
    """What is kept of a session: whose it is, in which role, and its secret."""

    person_id: UUID
    membership_id: UUID | None
    form_secret: str


def account_of(command: SignIn) -> str:
    """Return the email address as accounts are named by it."""
    return command.email.strip().lower()


def sign_in(engine: Engine, command: SignIn, visit: Visit, hashing: passwords.Passwords) -> str:
    """Return what the browser will carry; what is refused says nothing about who exists."""
    noted = count_try(engine, visit)
    with at_the_door(engine) as session:
        known = sessions.credential_of(session, visit.account)
        kept = known.password_hash if known else None
        person_id = known.person_id if known else None
    if not hashing.is_right(command.password, kept) or person_id is None:
        _note(engine, person_id, AccountEvent.SIGN_IN_REFUSED)
        raise AnswerRefused("email", "The email address or the password is not right")
    take_back_try(engine, noted)
    with at_the_door(engine) as session:
        sessions.clear_old(session)
    return _begin(engine, person_id, None)


def who_is(engine: Engine, carried: str, today: date) -> SignedIn | None:
    """Return the person behind what a browser carries, with the roles they hold today."""
    with at_the_door(engine) as session:
        row = sessions.live_session(session, session_ids.kept(carried))
        if row is None:
            return None
        sessions.see_again(session, row)
        begun = _Session(row.person_id, row.membership_id, row.form_secret)
    return _person_of(engine, begun, today)


def who_was(engine: Engine, carried: str, today: date) -> SignedIn | None:
    """Return the person of a session that ended for want of use or by its age, as `who_is` would.

    Who signed out, chose another role or was never here has none.
    """
    with at_the_door(engine) as session:
        row = sessions.ended_session(session, session_ids.kept(carried))
        if row is None:
            return None
        ended = _Session(row.person_id, row.membership_id, row.form_secret)
    return _person_of(engine, ended, today)


def _person_of(engine: Engine, begun: _Session, today: date) -> SignedIn:
    """Return the person of a session, with the roles they hold today."""
    with at_the_door(engine, begun.person_id) as session:
        person = session.get_one(Person, begun.person_id)
        roles = tuple(
            RoleHeld(
                membership_id=held.id,
                partnership=partnership.name,
                is_demonstration=partnership.is_demonstration,
                role=held.role,
                seat=_seat_name(held, partnership),
                actor=actor_for(held, today),
            )
            for held, partnership in sessions.roles_held(session, begun.person_id, today)
        )
        roles = tuple(sorted(roles, key=lambda held: (held.partnership, label(held.role))))
        acting = next((one for one in roles if one.membership_id == begun.membership_id), None)
        only = roles[0] if len(roles) == 1 else None
        return SignedIn(begun.person_id, person.name, begun.form_secret, roles, acting or only)


def let_guest_in(engine: Engine, person_id: UUID) -> str:
    """Begin the session of a guest whom the door of one-time addresses has let in."""
    return _begin(engine, person_id, None)


def choose_role(engine: Engine, carried: str, membership_id: UUID, today: date) -> str:
    """Act in another role from now on, under a new session id (reliability S2)."""
    known = who_is(engine, carried, today)
    held = {one.membership_id: one for one in known.roles} if known is not None else {}
    if known is None or membership_id not in held:
        raise NotFound("You do not hold that role.")
    _end(engine, carried)
    return _begin(engine, known.person_id, held[membership_id])


def sign_out(engine: Engine, carried: str) -> None:
    """End the session; what the browser carries opens nothing any more."""
    person_id = _end(engine, carried)
    if person_id is not None:
        _note(engine, person_id, AccountEvent.SIGNED_OUT)


def _end(engine: Engine, carried: str) -> UUID | None:
    """End the session and return whose it was, if there was one."""
    with at_the_door(engine) as session:
        row = session.get(WebSession, session_ids.kept(carried))
        if row is None:
            return None
        session.delete(row)
        return row.person_id


def _note(engine: Engine, person_id: UUID | None, event: AccountEvent) -> None:
    """Note what somebody did at the door; it costs the same for an account that is none."""
    with at_the_door(engine, person_id) as session:
        audit.append(session, [account(event)])


def _seat_name(held: Membership, partnership: Partnership) -> str:
    """Return what people read for the seat, and nothing where the role has none."""
    if held.seat is None:
        return ""
    return party_name(held.seat, held.authority, partnership.authorities)


def _begin(engine: Engine, person_id: UUID, held: RoleHeld | None) -> str:
    carried = session_ids.new()
    row = WebSession(
        carried_sha256=session_ids.kept(carried),
        person_id=person_id,
        membership_id=held.membership_id if held else None,
        form_secret=session_ids.new(),
    )
    chosen = held.actor.partnership_id if held else NONE_CHOSEN
    event = AccountEvent.ROLE_CHOSEN if held else AccountEvent.SIGNED_IN
    with at_the_door(engine, person_id, chosen) as session:
        session.add(row)
        audit.append(session, [account(event, held.role if held else None)])
    return carried
