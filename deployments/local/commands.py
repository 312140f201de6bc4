"""`./keyline up`, `down` and `status`."""

import json
import signal
import time
from typing import Annotated

import typer

from deployments.local.home import Home
from deployments.local.part import PartStatus, all_statuses
from deployments.local.run_record import SupervisorRecord
from deployments.local.running import run_apart, run_here, say
from deployments.local.supervisor import end_what_is_left

LONGEST_STOP = 90.0
NOT_RUNNING = 3
MINUTE, HOUR, DAY = 60, 3600, 86400

Detach = Annotated[bool, typer.Option("--detach", help="Return once all of it answers.")]
Port = Annotated[
    int | None,
    typer.Option(min=1, max=65535, envvar="KEYLINE_HTTP_PORT", help="Where the pages are."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print a list for machines.")]


def up(*, detach: Detach = False, port: Port = None) -> None:
    """Start the whole platform on this machine; Ctrl-C stops all of it."""
    run = run_apart if detach else run_here
    run(Home.here().made(), port)


def down() -> None:
    """Stop the platform; its data stays."""
    home = Home.here().made()
    run = SupervisorRecord.of(home)
    supervisor = run.recorded.process() if run and home.is_taken() else None
    if supervisor is not None:
        say("stopping ...")
        supervisor.send_signal(signal.SIGTERM)
        until = time.monotonic() + LONGEST_STOP
        while home.is_taken() and time.monotonic() < until:
            time.sleep(0.1)
    with home.taken():
        left = end_what_is_left(home)
    say("stopped" if supervisor or left else "nothing was running")


def status(*, as_json: AsJson = False) -> None:
    """Show each part: its state, address, version, age and process."""
    home = Home.here()
    lines = [_line(shown, supervised=home.is_taken()) for shown in all_statuses(home)]
    if as_json:
        print(json.dumps(lines, indent=1))
    for line in [] if as_json else lines:
        print("  {title:24} {state:11} {age:>8} {pid:>8}  {version:8} {address}".format(**line))
    if not lines:
        if not as_json:
            say("not running")
        raise typer.Exit(NOT_RUNNING)


def _line(shown: PartStatus, *, supervised: bool) -> dict[str, str | int]:
    state = shown.state
    if shown.pid and not shown.is_alive:
        state = "restarting" if supervised else "dead"
    elif shown.pid and not supervised:
        state = "left over"
    age = written(time.time() - shown.started) if shown.is_alive else ""
    return {
        "name": shown.name,
        "title": shown.title,
        "state": state,
        "address": shown.address,
        "version": shown.version,
        "age": age,
        "pid": shown.pid if shown.is_alive else 0,
        "restarts": shown.restarts,
    }


def written(seconds: float) -> str:
    """Return an age as people write it."""
    whole = max(0, int(seconds))
    for unit, sign in ((DAY, "d"), (HOUR, "h"), (MINUTE, "min")):
        if whole >= unit:
            return f"{whole // unit} {sign}"
    return f"{whole} s"
