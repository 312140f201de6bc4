"""The session of a browser: how it begins, changes its role, and ends."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from services.casework.accounts.who_is import RoleHeld, who_is
from services.casework.audit import account
from services.database import audit, sessions
from services.database.account_notices import add_notice
from services.database.people import Person
from services.database.sessions import WebSession, at_the_door
from services.database.signed_context import NONE_CHOSEN
from services.domain.accounts import OwnerNotice, ProofMethod, methods_in, written
from services.domain.audit import AccountEvent
from services.domain.errors import NotFound
from services.identity import session_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class ByProvider:
    """The organisation's provider that vouches for a session, for whom there, and until when."""

    provider: str
    identity_id: UUID
    sid: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ProofGiven:
    """By what somebody proved who they are, and with what kind of device.

    ``at`` is when; without it, now. ``by`` is the provider that vouches for them, if one does.
    """

    methods: tuple[ProofMethod, ...]
    device: str = ""
    at: datetime | None = None
    by: ByProvider | None = None


@dataclass(frozen=True, slots=True)
class ProvedAgain:
    """The role in which somebody proves once more who they are, and what is noted of it."""

    held: RoleHeld | None
    event: AccountEvent


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One browser in which a person is signed in, as they are shown it."""

    id: UUID
    device: str
    methods: tuple[ProofMethod, ...]
    started_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def begin_session(
    engine: Engine, person_id: UUID, proof: ProofGiven, held: RoleHeld | None = None
) -> str:
    """Begin a session of the person, in the role if one is chosen; return what the browser carries.

    Whoever calls it has seen who the person is: by their password, or at the door of guests.
    """
    event = AccountEvent.ROLE_CHOSEN if held else AccountEvent.SIGNED_IN
    return _begin(engine, person_id, proof, held, event)


def replace_session(
    engine: Engine,
    carried: str,
    person_id: UUID,
    proof: ProofGiven,
    again: ProvedAgain | None = None,
) -> str:
    """Begin a session in place of what this browser carries, and return what it carries then.

    With ``again`` the person has proved once more who they are, and acts in the same role.
    """
    if carried:
        _end(engine, carried)
    if again is None:
        return begin_session(engine, person_id, proof)
    return _begin(engine, person_id, proof, again.held, again.event)


def _begin(
    engine: Engine, person_id: UUID, proof: ProofGiven, held: RoleHeld | None, event: AccountEvent
) -> str:
    carried = session_ids.new()
    row = WebSession(
        carried_sha256=session_ids.kept(carried),
        person_id=person_id,
        membership_id=held.membership_id if held else None,
        form_secret=session_ids.new(),
        methods=written(proof.methods),
        device=proof.device,
        proved_at=proof.at,
        **_vouched(proof.by),
    )
    chosen = held.actor.partnership_id if held else NONE_CHOSEN
    with at_the_door(engine, person_id, chosen) as session:
        session.add(row)
        audit.append(session, [account(event, held.role if held else None)])
    return carried


def renew_id(session: Session, carried: str) -> str:
    """Have the session go on under another id, and return what the browser carries then.

    Whoever had learnt the id before does not come along. When it began stays, and so do its forms.
    """
    renewed = session_ids.new()
    row = session.get_one(WebSession, session_ids.kept(carried), with_for_update=True)
    row.carried_sha256 = session_ids.kept(renewed)
    session.add(row)
    return renewed


def choose_role(engine: Engine, carried: str, membership_id: UUID, today: date) -> str:
    """Act in another role from now on, under a new session id (reliability S2).

    How and when the person proved who they are goes with them.
    """
    known = who_is(engine, carried, today)
    held = {one.membership_id: one for one in known.roles} if known is not None else {}
    if known is None or membership_id not in held:
        raise NotFound("You do not hold that role.")
    _, proof = _end(engine, carried)
    return begin_session(engine, known.person_id, proof, held[membership_id])


def sign_out(engine: Engine, carried: str) -> None:
    """End the session; what the browser carries opens nothing any more."""
    person_id, _ = _end(engine, carried)
    if person_id is not None:
        note_event(engine, person_id, AccountEvent.SIGNED_OUT)


def own_sessions(engine: Engine, person_id: UUID, carried: str) -> list[OwnSession]:
    """Return the browsers in which the person is signed in, the one used last first."""
    here = session_ids.kept(carried)
    with at_the_door(engine) as session:
        return [
            OwnSession(
                id=row.id,
                device=row.device,
                methods=methods_in(row.methods),
                started_at=row.started_at,
                seen_at=row.seen_at,
                is_this=row.carried_sha256 == here,
            )
            for row in sessions.live_sessions_of(session, person_id)
        ]


def end_own_session(engine: Engine, person_id: UUID, session_id: UUID) -> None:
    """End one of the person's own sessions; what has ended, or is not theirs, is passed over."""
    with at_the_door(engine, person_id) as session:
        if sessions.let_end(session, person_id, only=session_id):
            audit.append(session, [account(AccountEvent.SESSIONS_ENDED)])


def end_other_sessions(engine: Engine, person_id: UUID, carried: str) -> None:
    """End every session of the person but the one that is carried."""
    with at_the_door(engine, person_id) as session:
        if sessions.let_end(session, person_id, but=session_ids.kept(carried)):
            audit.append(session, [account(AccountEvent.SESSIONS_ENDED)])


def account_behind(engine: Engine, carried: str) -> str:
    """Return the email address of the account whose session this is."""
    with at_the_door(engine) as session:
        row = session.get_one(WebSession, session_ids.kept(carried))
        return session.get_one(Person, row.person_id).email


def tell_of_new_browser(engine: Engine, carried: str) -> None:
    """Have the owner told that a browser was used in which they had not signed in before."""
    with at_the_door(engine) as session:
        row = session.get_one(WebSession, session_ids.kept(carried))
        add_notice(session, row.person_id, OwnerNotice.NEW_BROWSER)


def note_event(engine: Engine, person_id: UUID | None, event: AccountEvent) -> None:
    """Note what somebody did at the door; it costs the same for an account that is none."""
    with at_the_door(engine, person_id) as session:
        audit.append(session, [account(event)])


def _end(engine: Engine, carried: str) -> tuple[UUID | None, ProofGiven]:
    """End the session and return whose it was, if there was one, and how they had proved it."""
    with at_the_door(engine) as session:
        row = session.get(WebSession, session_ids.kept(carried))
        if row is None:
            return None, ProofGiven(())
        session.delete(row)
        return row.person_id, _proof_of(row)


def _vouched(by: ByProvider | None) -> dict[str, Any]:
    """Return the columns of a session that say which provider vouches for it."""
    if by is None:
        return {}
    told = {"provider": by.provider, "provider_sid": by.sid, "identity_id": by.identity_id}
    return {**told, "vouched_until": by.until}


def _proof_of(row: WebSession) -> ProofGiven:
    by = None
    if row.identity_id is not None and row.vouched_until is not None:
        by = ByProvider(
            provider=row.provider,
            identity_id=row.identity_id,
            sid=row.provider_sid,
            until=row.vouched_until,
        )
    return ProofGiven(methods_in(row.methods), row.device, row.proved_at, by)
