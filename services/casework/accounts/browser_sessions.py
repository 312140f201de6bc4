"""The session of a browser: how it begins, changes its role, and ends."""

from datetime import date
from uuid import UUID

from sqlalchemy import Engine

from services.casework.accounts.who_is import RoleHeld, who_is
from services.casework.audit import account
from services.database import audit
from services.database.sessions import WebSession, at_the_door
from services.database.signed_context import NONE_CHOSEN
from services.domain.audit import AccountEvent
from services.domain.errors import NotFound
from services.identity import session_ids


def begin_session(engine: Engine, person_id: UUID, held: RoleHeld | None = None) -> str:
    """Begin a session of the person, in the role if one is chosen; return what the browser carries.

    Whoever calls it has seen who the person is: by their password, or at the door of guests.
    """
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


def choose_role(engine: Engine, carried: str, membership_id: UUID, today: date) -> str:
    """Act in another role from now on, under a new session id (reliability S2)."""
    known = who_is(engine, carried, today)
    held = {one.membership_id: one for one in known.roles} if known is not None else {}
    if known is None or membership_id not in held:
        raise NotFound("You do not hold that role.")
    _end(engine, carried)
    return begin_session(engine, known.person_id, held[membership_id])


def sign_out(engine: Engine, carried: str) -> None:
    """End the session; what the browser carries opens nothing any more."""
    person_id = _end(engine, carried)
    if person_id is not None:
        note_event(engine, person_id, AccountEvent.SIGNED_OUT)


def note_event(engine: Engine, person_id: UUID | None, event: AccountEvent) -> None:
    """Note what somebody did at the door; it costs the same for an account that is none."""
    with at_the_door(engine, person_id) as session:
        audit.append(session, [account(event)])


def _end(engine: Engine, carried: str) -> UUID | None:
    """End the session and return whose it was, if there was one."""
    with at_the_door(engine) as session:
        row = session.get(WebSession, session_ids.kept(carried))
        if row is None:
            return None
        session.delete(row)
        return row.person_id
