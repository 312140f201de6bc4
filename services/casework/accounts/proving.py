"""Showing again that it is you: before a decision, and before the account itself is changed."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from services.casework.accounts.browser_sessions import note_event
from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.second_factors import FactorShown, factors_of, method_shown
from services.casework.accounts.sign_in_tries import count_second_step, take_back_try
from services.casework.accounts.who_is import SessionNow
from services.database import second_factors
from services.database.people import Credential
from services.database.sessions import WebSession, at_the_door
from services.domain.accounts import ProofMethod, methods_in, written
from services.domain.audit import AccountEvent
from services.domain.errors import AnswerRefused
from services.identity import session_ids

FOR_THE_ACCOUNT: Final = timedelta(minutes=15)


def is_lately_proved(session: SessionNow | None, within: timedelta | None) -> bool:
    """Tell whether the person proved who they are so lately; where nothing is asked, they did."""
    return within is None or (session is not None and session.proved_ago <= within)


def asks_for_password(door: AccountsDoor, person_id: UUID) -> bool:
    """Tell whether the proof is the password: where there is a second factor it is that."""
    return not factors_of(door.engine, person_id).any


def prove_again(
    door: AccountsDoor, person_id: UUID, carried: str, shown: FactorShown, password: str
) -> None:
    """Keep that the person has shown again that it is them; raises AnswerRefused, TooManyTries.

    A recovery code is for coming in, and no proof here.
    """
    noted = count_second_step(door.engine, person_id)
    if asks_for_password(door, person_id):
        method = ProofMethod.PASSWORD if _knows(door, person_id, password) else None
        field, problem = "password", "The password is not right"
    else:
        method = _second(door, person_id, shown, carried)
        field, problem = "code", "The code is not right, or it was used before"
    if method is None:
        note_event(door.engine, person_id, AccountEvent.PROOF_REFUSED)
        raise AnswerRefused(field, problem)
    take_back_try(door.engine, noted)
    with at_the_door(door.engine) as session:
        row = session.get_one(WebSession, session_ids.kept(carried))
        row.methods = written((*methods_in(row.methods), method))
        row.proved_at = second_factors.moment_now(session)
        session.add(row)
    note_event(door.engine, person_id, AccountEvent.PROVED_AGAIN)


def _second(
    door: AccountsDoor, person_id: UUID, shown: FactorShown, carried: str
) -> ProofMethod | None:
    is_code = shown.code and len("".join(shown.code.split())) == len("000000")
    if not (shown.passkey or is_code):
        return None
    return method_shown(door, person_id, shown, session_ids.kept(carried))


def _knows(door: AccountsDoor, person_id: UUID, password: str) -> bool:
    with at_the_door(door.engine) as session:
        known = session.get(Credential, person_id)
        kept = known.password_hash if known is not None else None
    return door.passwords.is_right(password, kept)
