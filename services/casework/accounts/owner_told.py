"""What is done with an account is noted, and its owner is told of it: the two are never apart."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from services.casework.accounts.sign_in_tries import TooManyTries, first_in_window
from services.casework.audit import account
from services.database import audit
from services.database.account_notices import add_notice
from services.database.sessions import at_the_door
from services.domain.accounts import OwnerNotice
from services.domain.audit import AccountEvent


def note_and_tell(
    session: Session, person_id: UUID, event: AccountEvent, notice: OwnerNotice
) -> None:
    """Note what was done with the account, and have its owner told once that is kept."""
    add_notice(session, person_id, notice)
    audit.append(session, [account(event)])


@contextmanager
def owner_told_of_too_many(engine: Engine, person_id: UUID, notice: OwnerNotice) -> Iterator[None]:
    """Have the owner told, once in a quarter of an hour, where no more tries are taken.

    TooManyTries goes on to who tries.
    """
    try:
        yield
    except TooManyTries:
        if first_in_window(engine, f"{notice.value} of {person_id}"):
            with at_the_door(engine) as session:
                add_notice(session, person_id, notice)
        raise
