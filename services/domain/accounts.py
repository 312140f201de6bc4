"""How people prove who they are."""

from collections.abc import Iterable
from enum import StrEnum


class ProofMethod(StrEnum):
    """One way in which somebody showed who they are."""

    PASSWORD = "password"  # noqa: S105 -- the name of a method
    CODE_APP = "code_app"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"
    ONE_TIME_ADDRESS = "one_time_address"
    ORGANISATION = "organisation"


def written(methods: Iterable[ProofMethod]) -> str:
    """Return how the methods of a session are kept: their codes, each once."""
    return " ".join(sorted({one.value for one in methods}))


def methods_in(kept: str) -> tuple[ProofMethod, ...]:
    """Return the methods that are kept of a session."""
    return tuple(ProofMethod(one) for one in kept.split())
