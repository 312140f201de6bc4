"""Signing in with an email address and a password."""

from pydantic import Field
from sqlalchemy import Engine

from services.casework.accounts.browser_sessions import ProofGiven, begin_session, note_event
from services.casework.accounts.sign_in_tries import Visit, count_try, take_back_try
from services.casework.commands import Command, ShortText
from services.database import sessions
from services.database.sessions import at_the_door
from services.database.sign_in_attempts import clear_old_tries
from services.domain.accounts import ProofMethod
from services.domain.audit import AccountEvent
from services.domain.errors import AnswerRefused
from services.identity import passwords


class SignIn(Command):
    """Who somebody says they are."""

    email: ShortText = Field(title="Your email address")
    password: str = Field(title="Your password", min_length=1, max_length=passwords.LONGEST)


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
        note_event(engine, person_id, AccountEvent.SIGN_IN_REFUSED)
        raise AnswerRefused("email", "The email address or the password is not right")
    take_back_try(engine, noted)
    with at_the_door(engine) as session:
        sessions.clear_old(session)
        clear_old_tries(session)
    return begin_session(engine, person_id, ProofGiven((ProofMethod.PASSWORD,), visit.device))
