"""How a person chooses a password: in place of their own, or by a one-time address in an email.

A new password ends the person's other sessions, and they are told by email. A second factor is
asked for afterwards as before, and who has none yet and is known by their organisation sets one up
only while it vouches for them (`sign_in.py`). Where the installation demands no second factor, or
somebody has set up none and is known nowhere else, the mailbox is what shows who they are.
"""

from typing import Final
from uuid import UUID

from pydantic import Field
from sqlmodel import Session

from services.casework.accounts.browser_sessions import renew_id
from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.owner_told import note_and_tell
from services.casework.accounts.sign_in_tries import Visit, count_reset, count_try, take_back_try
from services.casework.commands import Command, ShortText
from services.casework.provisioning import same_address
from services.database import begun_sign_ins, sessions
from services.database.account_notices import add_notice
from services.database.people import Credential, Person
from services.database.sessions import at_the_door, end_sessions, shut_out
from services.domain.accounts import OwnerNotice
from services.domain.audit import AccountEvent
from services.domain.errors import AnswerRefused, NotFound
from services.identity import session_ids
from services.identity.password_rules import why_not
from services.identity.passwords import LONGEST, SHORTEST

HINT: Final = f"{SHORTEST} characters or more. There are no rules on capitals, figures or signs."


class ChangePassword(Command):
    """Another password for your account."""

    current: str = Field(title="Your password now", min_length=1, max_length=LONGEST)
    new: str = Field(title="Your new password", description=HINT, min_length=1, max_length=LONGEST)


class ChoosePassword(Command):
    """A password for an account whose owner does not know it any more, or has none yet."""

    new: str = Field(title="Your new password", description=HINT, min_length=1, max_length=LONGEST)


class AskForReset(Command):
    """A one-time address at which another password can be chosen."""

    email: ShortText = Field(title="Your email address")

    @property
    def account(self) -> str:
        """Return the email address as accounts are named by it."""
        return same_address(self.email)


def has_password(door: AccountsDoor, person_id: UUID) -> bool:
    """Tell whether the person signs in with a password; a guest has none."""
    with at_the_door(door.engine) as session:
        return session.get(Credential, person_id) is not None


def knows_password(door: AccountsDoor, person_id: UUID, password: str) -> bool:
    """Tell whether it is the person's password; it takes as long for somebody who has none."""
    with at_the_door(door.engine) as session:
        known = session.get(Credential, person_id)
        kept = known.password_hash if known is not None else None
    return door.passwords.is_right(password, kept)


def change_password(
    door: AccountsDoor, person_id: UUID, carried: str, command: ChangePassword, visit: Visit
) -> str:
    """Put another password in place of the person's own, who shows that they know it.

    Their other sessions end, and the one that is carried goes on under the id that is returned.
    """
    noted = count_try(door.engine, visit)
    if not knows_password(door, person_id, command.current):
        raise AnswerRefused("current", "Your password now is not right")
    take_back_try(door.engine, noted)
    hashed = _hashed(door, person_id, command.new)
    with at_the_door(door.engine, person_id) as session:
        end_sessions(session, person_id, but=session_ids.kept(carried))
        _choose(session, person_id, hashed, AccountEvent.PASSWORD_CHANGED)
        return renew_id(session, carried)


def ask_for_reset(door: AccountsDoor, visit: Visit) -> None:
    """Have the owner of the account written to, if there is one; nobody is told of that."""
    may_be_told = count_reset(door.engine, visit)
    with at_the_door(door.engine) as session:
        known = sessions.credential_of(session, visit.account)
        if may_be_told and known is not None:
            add_notice(session, known.person_id, OwnerNotice.PASSWORD_RESET)


def is_open_reset(door: AccountsDoor, token: str) -> bool:
    """Tell whether a password can be chosen at this one-time address."""
    with at_the_door(door.engine) as session:
        return begun_sign_ins.open_reset(session, session_ids.kept(token)) is not None


def reset_password(door: AccountsDoor, token: str, command: ChoosePassword) -> None:
    """Choose a password at a one-time address, once; every session of the person ends."""
    with at_the_door(door.engine) as session:
        found = begun_sign_ins.open_reset(session, session_ids.kept(token))
        person_id = found.person_id if found is not None else None
    if person_id is None:
        raise NotFound("There is no such address.")
    hashed = _hashed(door, person_id, command.new)
    with at_the_door(door.engine, person_id) as session:
        if begun_sign_ins.open_reset(session, session_ids.kept(token)) is None:
            raise NotFound("There is no such address.")
        shut_out(session, person_id)
        _choose(session, person_id, hashed, AccountEvent.PASSWORD_RESET)


def _hashed(door: AccountsDoor, person_id: UUID, new: str) -> str:
    with at_the_door(door.engine) as session:
        person = session.get_one(Person, person_id)
        words = (person.name, person.email)
    if problem := why_not(new, words):
        raise AnswerRefused("new", problem)
    return door.passwords.hashed(new)


def _choose(session: Session, person_id: UUID, hashed: str, event: AccountEvent) -> None:
    """Keep the password; what was begun with the old one opens nothing any more."""
    row = session.get_one(Credential, person_id, with_for_update=True)
    row.password_hash = hashed
    session.add(row)
    begun_sign_ins.forget_begun(session, person_id)
    begun_sign_ins.close_resets(session, person_id)
    note_and_tell(session, person_id, event, OwnerNotice.PASSWORD_CHANGED)
