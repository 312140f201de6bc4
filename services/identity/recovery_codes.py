"""Codes on paper for somebody who has lost their second factor."""

import secrets
from typing import Final

MANY: Final = 10
_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is read as another one
_GROUPS: Final = 5  # of four letters: 99 random bits
_OF: Final = 4


def new_codes() -> tuple[str, ...]:
    """Return ten codes, each in five groups of four letters and figures."""
    return tuple(_new() for _ in range(MANY))


def as_kept(code: str) -> str:
    """Return a code as it is hashed, without the gaps and capitals that people type."""
    return "".join(one for one in code.lower() if one in _LETTERS)


def _new() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_OF)) for _ in range(_GROUPS))
    return "-".join(groups)
