"""Signing in: with an email address and a password, then with a second factor where one is asked.

Between the two steps a browser carries the id of a sign-in that was begun, which is no session.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final
from uuid import UUID

from pydantic import Field

from services.casework.accounts.browser_sessions import ProofGiven, begin_session, note_event
from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.owner_told import owner_told_of_too_many
from services.casework.accounts.second_factors import FactorShown, factors_of, method_shown
from services.casework.accounts.sign_in_tries import (
    Visit,
    count_second_step,
    count_try,
    take_back_try,
)
from services.casework.commands import Command, ShortText
from services.casework.provisioning import same_address
from services.database import begun_sign_ins, identities, sessions, sign_in_attempts
from services.database.begun_sign_ins import BegunSignIn
from services.database.people import Person
from services.database.sessions import at_the_door
from services.domain.accounts import OwnerNotice, ProofMethod
from services.domain.audit import AccountEvent
from services.domain.errors import AnswerRefused, RuleBroken
from services.identity import passwords, session_ids

BY_ORGANISATION_FIRST: Final = (
    "Your organisation signs you in. To sign in here as well, sign in with your organisation now, "
    "then choose at your account to sign in with your email address and password"
)
NOT_RIGHT: Final = "The email address or the password is not right"


class SignIn(Command):
    """Who somebody says they are."""

    email: ShortText = Field(title="Your email address")
    password: str = Field(title="Your password", min_length=1, max_length=passwords.LONGEST)

    @property
    def account(self) -> str:
        """Return the email address as accounts are named by it."""
        return same_address(self.email)


class SignInOver(RuleBroken):
    """The sign-in that was begun is too old, or this browser has begun none."""

    def __init__(self) -> None:
        super().__init__("Begin to sign in again.")


class NextStep(Enum):
    """What is still asked of somebody whose password was right."""

    SHOW = "show"
    SET_UP = "set_up"


@dataclass(frozen=True, slots=True)
class CameIn:
    """What the browser will carry: a session, or while there is a next step only its beginning."""

    carried: str
    next_step: NextStep | None = None


def sign_in(
    door: AccountsDoor, command: SignIn, visit: Visit, vouched: UUID | None = None
) -> CameIn:
    """Return what the browser will carry; what is refused says nothing about who exists.

    ``vouched`` is whom an organisation has lately let in with this browser. Who is known by one and
    has no second factor of ours yet sets one up only then (RuleBroken): a password that somebody
    chose by a mailbox does not go round the organisation.
    """
    noted = count_try(door.engine, visit)
    with at_the_door(door.engine) as session:
        known = sessions.credential_of(session, visit.account)
        kept = known.password_hash if known else None
        person_id = known.person_id if known else None
    if not door.passwords.is_right(command.password, kept) or person_id is None:
        note_event(door.engine, person_id, AccountEvent.SIGN_IN_REFUSED)
        raise AnswerRefused("email", NOT_RIGHT)
    take_back_try(door.engine, noted)
    with at_the_door(door.engine) as session:
        sessions.clear_old(session)
        sign_in_attempts.clear_old_tries(session)
    if factors_of(door.engine, person_id).any:
        return CameIn(_begin(door, person_id, visit), NextStep.SHOW)
    if door.demands_second_factor:
        _must_be_vouched_for(door, person_id, vouched)
        return CameIn(_begin(door, person_id, visit), NextStep.SET_UP)
    proof = ProofGiven((ProofMethod.PASSWORD,), visit.device)
    return CameIn(begin_session(door.engine, person_id, proof))


def begun_by(door: AccountsDoor, carried: str) -> UUID:
    """Return whose sign-in this browser has begun; raises SignInOver where it has begun none."""
    with at_the_door(door.engine) as session:
        row = begun_sign_ins.begun_sign_in(session, session_ids.kept(carried))
        if row is None:
            raise SignInOver
        return row.person_id


def account_begun(door: AccountsDoor, carried: str) -> str:
    """Return the email address of the account at whose second step this browser stands."""
    person_id = begun_by(door, carried)
    with at_the_door(door.engine) as session:
        return session.get_one(Person, person_id).email


def second_step(door: AccountsDoor, carried: str, shown: FactorShown, device: str) -> str:
    """Return the id of the session of a person who has shown their second factor as well."""
    person_id = begun_by(door, carried)
    with owner_told_of_too_many(door.engine, person_id, OwnerNotice.SECOND_FACTOR_TRIED):
        noted = count_second_step(door.engine, person_id, shown.browser)
    method = method_shown(door, person_id, shown, session_ids.kept(carried))
    if method is None:
        note_event(door.engine, person_id, AccountEvent.SECOND_FACTOR_REFUSED)
        raise AnswerRefused("code", "That is not right, or it was used before")
    take_back_try(door.engine, noted)
    return finish(door, carried, method, device)


def finish(door: AccountsDoor, carried: str, method: ProofMethod, device: str) -> str:
    """Return the id of the session that follows on the beginning; that opens nothing any more.

    Whoever calls it has seen the second factor, or seen it added for the first time.
    """
    person_id = begun_by(door, carried)
    with at_the_door(door.engine) as session:
        begun_sign_ins.forget_begun(session, person_id)
    return begin_session(door.engine, person_id, ProofGiven((ProofMethod.PASSWORD, method), device))


def _must_be_vouched_for(door: AccountsDoor, person_id: UUID, vouched: UUID | None) -> None:
    with at_the_door(door.engine) as session:
        is_known_there = bool(identities.identities_of(session, person_id))
    if not is_known_there or vouched == person_id:
        return
    note_event(door.engine, person_id, AccountEvent.SECOND_FACTOR_REFUSED)
    raise RuleBroken(BY_ORGANISATION_FIRST)


def _begin(door: AccountsDoor, person_id: UUID, visit: Visit) -> str:
    """Begin a sign-in in place of what this browser began before; those of others stay."""
    carried = session_ids.new()
    with at_the_door(door.engine) as session:
        begun_sign_ins.forget_begun_here(session, session_ids.kept(visit.begun))
        session.add(BegunSignIn(carried_sha256=session_ids.kept(carried), person_id=person_id))
    return carried
