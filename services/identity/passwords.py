"""Whether this is the person's password, without telling strangers whether the person exists."""

from functools import cached_property
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 12
LONGEST = 256


class Passwords:
    """Hashes passwords with argon2id, at a cost that every guess has to pay as well."""

    def __init__(self, *, passes: int, kibibytes: int) -> None:
        hasher = Argon2Hasher(time_cost=passes, memory_cost=kibibytes, parallelism=1)
        self._hasher = PasswordHash((hasher,))

    def hashed(self, password: str) -> str:
        """Return what is kept of a password: argon2id with its own salt."""
        return self._hasher.hash(password)

    def is_right(self, password: str, kept: str | None) -> bool:
        """Tell whether the password is the one kept; an unknown person costs the same time.

        Where nothing is kept, or an empty text, no password is right.
        """
        too_long = len(password) > LONGEST
        matches = self._hasher.verify(password[:LONGEST], kept or self._of_no_person)
        return matches and bool(kept) and not too_long

    @cached_property
    def _of_no_person(self) -> str:
        return self.hashed("nobody has this password")


STRONG: Final = Passwords(passes=3, kibibytes=32_768)
