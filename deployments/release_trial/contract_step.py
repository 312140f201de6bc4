"""The contract step of the trial: refused while the tag's code runs, made once it has ended."""

import subprocess
import sys
import time
from datetime import datetime
from typing import Final

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments import CHECKOUT
from deployments.local.environment import Platform
from deployments.local.external_services import ExternalServices
from deployments.local.home import Home
from services.domain.errors import Unavailable

STEP: Final = (sys.executable, "-m", "deployments.release", "contract")
ROUND_PATIENCE: Final = 60.0
_LED: Final = text("select max(made_at) from ticks where led_by <> ''")


def must_be_refused(home: Home) -> None:
    """Raise Unavailable where the step is made although code of the tag is connected."""
    if not (done := _said(home)).returncode:
        raise Unavailable(f"The contract step was made too early: {done.stdout.strip()}")
    if "is connected" not in done.stderr:
        raise Unavailable(f"The contract step failed otherwise: {done.stderr.strip()[-500:]}")


def carry_out(home: Home) -> str:
    """Make the step beside this code, and see that who leads a round goes on; return what it said.

    Raises Unavailable where either fails.
    """
    done = _said(home)
    if done.returncode or "ticks.leader" not in done.stdout:
        raise Unavailable(f"The contract step: {(done.stderr or done.stdout).strip()[-500:]}")
    began, until = _led_last(home), time.monotonic() + ROUND_PATIENCE
    while _led_last(home) <= began:
        if time.monotonic() > until:
            raise Unavailable("Nobody leads a round since the contract step.")
        time.sleep(0.5)
    return done.stdout.strip().splitlines()[-1]


def _said(home: Home) -> "subprocess.CompletedProcess[str]":
    platform = Platform(home, ExternalServices({}))
    told = platform.environment() | platform.release_secrets()
    return subprocess.run(  # noqa: S603 -- ours
        STEP, cwd=CHECKOUT, env=told, capture_output=True, text=True, check=False
    )


def _led_last(home: Home) -> datetime:
    url = make_url(Platform(home, ExternalServices({})).keyline_url)
    address = url.set(drivername="postgresql+psycopg")
    with create_engine(address, poolclass=NullPool).connect() as link:
        found: datetime = link.execute(_LED).scalar_one()
        return found
