"""The logins of what is done on the server: to put people on record, and to help one sign in."""

import os

from deployments.local.run_record import RunningPlatform
from services.domain.errors import Unavailable


def provisioning_of_environment() -> tuple[str, str]:
    """Return where partnerships are put on record, and the context key of the installation."""
    return _login("KEYLINE_PROVISIONING_DATABASE_URL", "to put people on record")


def sign_in_of_environment() -> tuple[str, str]:
    """Return where people sign in, and the context key of the installation."""
    return _login("KEYLINE_SIGN_IN_DATABASE_URL", "to end sessions or take away a factor")


def _login(name: str, for_what: str) -> tuple[str, str]:
    names = (name, "KEYLINE_CONTEXT_KEY")
    told = os.environ if name in os.environ else RunningPlatform.find().settings
    missing = [one for one in names if not told.get(one)]
    if missing:
        raise Unavailable(f"{missing[0]} must be set {for_what}.")
    return told[names[0]], told[names[1]]
