"""`./keyline demo`."""

import os

from deployments.demo.seed import seed
from deployments.demo.sign_ins import lines
from deployments.local.run_record import RunningPlatform


def demo() -> None:
    """Put the demonstration data in place, once, and show who may sign in."""
    is_told = "KEYLINE_PROVISIONING_DATABASE_URL" in os.environ
    seed(os.environ if is_told else RunningPlatform.find().settings)
    print("\n".join(lines()))
