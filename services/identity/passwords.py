"""Whether this is the person's password, without telling strangers whether the person exists."""

from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

LONGEST = 256
_HASHER = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=32_768, parallelism=1),))


def hashed(password: str) -> str:
    """Return what is kept of a password: argon2id with its own salt."""
    return _HASHER.hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Tell whether the password is the one kept; an unknown person costs the same time."""
    too_long = len(password) > LONGEST
    matches = _HASHER.verify(password[:LONGEST], kept or _nobody())
    return matches and kept is not None and not too_long


@cache
def _nobody() -> str:
    return hashed("nobody has this password")
