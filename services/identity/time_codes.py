"""Codes from an app (RFC 6238): six digits, new every 30 seconds, each taken once."""

from typing import Final

import pyotp

STEP: Final = 30
EARLIER_AND_LATER: Final = 1  # steps by which the clock of a telephone may differ
ISSUER: Final = "Keyline"


def new_secret() -> str:
    """Return a new secret, in the letters in which an app takes it."""
    return pyotp.random_base32()


def address_of(secret: str, account: str) -> str:
    """Return the address that an app reads from the picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def step_of(secret: str, code: str, at: float, last_step: int) -> int | None:
    """Return the step of time that the code belongs to, if it is right and later than the last.

    A code that was used opens nothing again, nor does one from before it. ``at`` is in seconds
    since 1970.
    """
    said, now = "".join(code.split()), int(at) // STEP
    codes = pyotp.TOTP(secret)
    steps = range(now - EARLIER_AND_LATER, now + EARLIER_AND_LATER + 1)
    found = [one for one in steps if pyotp.utils.strings_equal(said, codes.generate_otp(one))]
    return next((one for one in found if one > last_step), None)
