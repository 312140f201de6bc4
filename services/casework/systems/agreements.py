"""A person agrees that a system acts in their name: which may ask, and the code that says it."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import Engine

from services.casework.accounts.who_is import SignedIn
from services.database.api_tokens import ApiToken, TokenKind
from services.database.people import Membership, memberships_of, names
from services.database.second_factors import moment_now
from services.database.sessions import at_the_door
from services.database.unit_of_work import UnitOfWork
from services.domain.accounts import written
from services.domain.errors import NotFound, NotPermitted
from services.domain.roles import WITHOUT_ACCOUNT, Role
from services.domain.systems import Scope, scopes_in, scopes_written
from services.identity import session_ids
from services.identity.actors import is_live

CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class AskingSystem:
    """The system that asks to act in somebody's name, and where they come back to."""

    system_id: UUID
    name: str
    return_address: str


def asking_system(work: UnitOfWork, system_id: UUID, return_address: str) -> AskingSystem:
    """Return the system of the person's partnership that may ask; every other one is not found."""
    if work.actor.role in WITHOUT_ACCOUNT:
        raise NotPermitted("Only people with an account let a system act in their name.")
    held = next(
        (
            one
            for one in memberships_of(work.session, system_id, after=work.real_today)
            if _may_ask(one, work.real_today) and one.accountable_to == return_address
        ),
        None,
    )
    if held is None:
        raise NotFound("No system of your partnership asks from there.")
    name = names(work.session, {system_id})[system_id]
    return AskingSystem(system_id, name, held.accountable_to)


def code_for(engine: Engine, person: SignedIn, system: AskingSystem, challenge: str) -> str:
    """Keep that the person agreed, and return the code that the system exchanges for a token."""
    if person.acting is None or person.session is None:
        raise NotPermitted("Sign in and choose a role first.")
    code = session_ids.new()
    with at_the_door(engine) as session:
        row = ApiToken(
            token_sha256=session_ids.kept(code),
            kind=TokenKind.CODE,
            system_id=system.system_id,
            person_id=person.person_id,
            membership_id=person.acting.membership_id,
            scopes=scopes_written([Scope.PERSONS]),
            methods=written(person.session.methods),
            provider=person.session.provider,
            proved_at=moment_now(session) - person.session.proved_ago,
            challenge=challenge,
        )
        session.add(row)
    return code


def _may_ask(held: Membership, today: date) -> bool:
    may = held.role is Role.SYSTEM and Scope.PERSONS in scopes_in(held.decides)
    return may and is_live(held, today)
