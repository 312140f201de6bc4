"""How often the door of collections may be tried: from one place, and at one address.

Every posting is counted, right or wrong, so that nothing is told by what is counted. The codes of
an address are counted by themselves, and lock it.
"""

from typing import Final

from sqlalchemy import Engine

from services.casework.accounts.sign_in_tries import count_at_doors

POSTINGS_FROM_A_PLACE: Final = 60
POSTINGS_AT_AN_ADDRESS: Final = 40


def count_posting(engine: Engine, place: str, address_sha256: str) -> None:
    """Count this posting; raises TooManyTries where no more are taken for a quarter of an hour.

    The engine is that of the sign-in role, whose table of tries holds hashes of doors alone.
    """
    limits = {
        ("collection place", place): POSTINGS_FROM_A_PLACE,
        ("collection address", address_sha256): POSTINGS_AT_AN_ADDRESS,
    }
    count_at_doors(engine, limits)
