"""How often the door of collections may be tried: from one place, and at one address.

Every posting is counted, right or wrong, so that nothing is told by what is counted. The codes of
an address are counted by themselves, and lock it.
"""

import hashlib
from typing import Final

from sqlalchemy import Engine

from services.casework.accounts.sign_in_tries import TooManyTries
from services.database import sign_in_attempts
from services.database.sessions import at_the_door

POSTINGS_FROM_A_PLACE: Final = 60
POSTINGS_AT_AN_ADDRESS: Final = 40


def count_posting(engine: Engine, place: str, address_sha256: str) -> None:
    """Count this posting; raises TooManyTries where no more are taken for a quarter of an hour.

    The engine is that of the sign-in role, whose table of tries holds hashes of doors alone.
    """
    limits = {
        _door("collection place", place): POSTINGS_FROM_A_PLACE,
        _door("collection address", address_sha256): POSTINGS_AT_AN_ADDRESS,
    }
    with at_the_door(engine) as session:
        for door in sorted(limits):
            sign_in_attempts.one_at_a_time(session, door)
        is_shut = any(
            sign_in_attempts.tries(session, door) >= most for door, most in limits.items()
        )
        if not is_shut:
            sign_in_attempts.note_try(session, tuple(limits))
    if is_shut:
        raise TooManyTries("Too many tries from where you are. Wait 15 minutes and try again.")


def _door(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()
