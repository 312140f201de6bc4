"""How people prove who they are, and what they are told of it."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class ProofMethod(StrEnum):
    """One way in which somebody showed who they are."""

    PASSWORD = "password"  # noqa: S105 -- the name of a method
    CODE_APP = "code_app"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"
    ONE_TIME_ADDRESS = "one_time_address"
    ORGANISATION = "organisation"


class OwnerNotice(StrEnum):
    """What the owner of an account is told of by e-mail."""

    PASSWORD_RESET = "password_reset"  # noqa: S105 -- what is told
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 -- what is told
    FACTOR_ADDED = "factor_added"
    FACTOR_REMOVED = "factor_removed"
    RECOVERY_CODE_USED = "recovery_code_used"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    SECOND_FACTOR_TRIED = "second_factor_tried"
    PROOF_TRIED = "proof_tried"
    NEW_BROWSER = "new_browser"
    FACTORS_CLEARED = "factors_cleared"
    IDENTITY_BOUND = "identity_bound"
    IDENTITY_ENDED = "identity_ended"


# Their emails hold a one-time address at which another password is chosen.
WITH_AN_ADDRESS: Final = frozenset({OwnerNotice.PASSWORD_RESET, OwnerNotice.FACTORS_CLEARED})
SECOND_FACTORS: Final = frozenset(
    {ProofMethod.CODE_APP, ProofMethod.PASSKEY, ProofMethod.RECOVERY_CODE}
)


def written(methods: Iterable[ProofMethod]) -> str:
    """Return how the methods of a session are kept: their codes, each once."""
    return " ".join(sorted({one.value for one in methods}))


def methods_in(kept: str) -> tuple[ProofMethod, ...]:
    """Return the methods that are kept of a session."""
    return tuple(ProofMethod(one) for one in kept.split())
