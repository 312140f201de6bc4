"""What trials of the whole platform share: one with other parts, and a checkout's commands."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from deployments import CHECKOUT
from deployments.local.checkout import Checkout
from deployments.local.errors import CannotStart
from deployments.local.home import Home
from deployments.local.run_record import SupervisorRecord

LONGEST_START: Final = 600.0


def keyline(checkout: Checkout, told: Mapping[str, str], *words: str) -> None:
    """Run a checkout's own `./keyline`; raise CannotStart where it does not end well."""
    command = [str(checkout.folder / "keyline"), *words]
    if subprocess.run(command, env=dict(told), check=False).returncode:  # noqa: S603 -- ours
        raise CannotStart(f"{checkout.name}: ./keyline {' '.join(words)} did not end well.")


@contextmanager
def platform(home: Home, module: str, *words: str) -> Iterator[None]:
    """Run the platform that a module of ours starts, from its start to its end."""
    log = home.log(module.rpartition(".")[2])
    with log.open("wb") as lines:
        running = subprocess.Popen(  # noqa: S603 -- ours
            [sys.executable, "-m", module, *words],
            cwd=CHECKOUT,
            env=os.environ | {"KEYLINE_HOME": str(home.folder), "PYTHONPATH": str(CHECKOUT)},
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    try:
        _until_it_runs(home, running, log)
        yield
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait()


def _until_it_runs(home: Home, running: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        record = SupervisorRecord.of(home)
        if record and record.pid == running.pid and record.state == "running":
            return
        if running.poll() is not None:
            break
        time.sleep(0.2)
    raise CannotStart(f"The platform did not start: {log.read_text()[-2000:]}")
