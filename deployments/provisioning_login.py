"""Where partnerships and people are put on record, which no running part of the product is told."""

import os

from deployments.local.run_record import RunningPlatform
from services.domain.errors import Unavailable


def provisioning_of_environment() -> tuple[str, str]:
    """Return where partnerships are put on record, and the context key of the installation."""
    names = ("KEYLINE_PROVISIONING_DATABASE_URL", "KEYLINE_CONTEXT_KEY")
    told = os.environ if names[0] in os.environ else RunningPlatform.find().settings
    missing = [one for one in names if not told.get(one)]
    if missing:
        raise Unavailable(f"{missing[0]} must be set to put people on record.")
    return told[names[0]], told[names[1]]
