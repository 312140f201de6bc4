"""A platform whose web application and worker are of the checkouts that are named.

    python -m deployments.release_trial.mixed WEB WORKER PORT

Everything else is of this code: the tables that were brought up to it, and the registration.
"""

import sys
from functools import partial
from pathlib import Path

from deployments.local.checkout import HERE, Checkout
from deployments.local.home import Home
from deployments.local.plan import Plan
from deployments.local.running import run_here


class MixedPlan(Plan):
    """A start that adds no demonstration data: the tag's own is there, in codes that it knows."""

    def _demonstration(self) -> str:
        return ""


def checkout_of(folder: Path) -> Checkout:
    """Return the checkout in this folder, with the environment that it has there."""
    if folder == HERE.folder:
        return HERE
    return Checkout(folder.name, folder, str(folder / ".venv" / "bin" / "python"))


def main(words: list[str]) -> None:
    """Start the platform of KEYLINE_HOME so, and stay until told to stop."""
    web, worker, port = words
    plan = partial(MixedPlan, web=checkout_of(Path(web)), worker=checkout_of(Path(worker)))
    run_here(Home.here().made(), int(port), plan)


if __name__ == "__main__":
    main(sys.argv[1:])
