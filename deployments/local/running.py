"""One run of the platform: what is checked first, the start, the wait, the end."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import indent

from deployments.local import processes
from deployments.local.environment import Platform
from deployments.local.errors import CannotStart, Stopped
from deployments.local.external_services import ExternalServices
from deployments.local.home import Home, is_free
from deployments.local.object_store import PORTS, is_usable
from deployments.local.plan import PREFERRED_PORTS, WORKER_METRICS, Plan, are_free
from deployments.local.processes import Recorded
from deployments.local.run_record import (
    SupervisorRecord,
    forget_supervisor,
    noted,
    save_settings,
)
from deployments.local.supervisor import Supervisor, end_what_is_left
from services.orchestration.prefect_relay import SERVED_AT

NEEDED_BYTES = 500_000_000
PREFERRED_WEB_PORT = 8400
LONGEST_START = 900.0


def say(words: str) -> None:
    """Tell the person at the terminal."""
    print(f"  {words}", flush=True)


def run_here(
    home: Home, port: int | None, plan: Callable[[Platform, Supervisor], Plan] = Plan
) -> None:
    """Start everything, stay until told to stop, and stop everything."""
    with home.taken(), noted(home):
        supervisor = Supervisor(home, say)
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, lambda *_: supervisor.told_to_stop.set())
        platform = prepare(home, port)
        _write_down(home, "starting", platform.web_address)
        try:
            supervisor.go_through(plan(platform, supervisor).stages())
            _write_down(home, "running", platform.web_address)
            say(f"All of it answers after {supervisor.times['all']:.1f} s.")
            announce(platform)
            supervisor.watch()
            say("stopping ...")
        except Stopped:
            say("stopping ...")
        finally:
            supervisor.stop()
            end_what_is_left(home)
            forget_supervisor(home)
        say("stopped")


def run_apart(home: Home, port: int | None) -> None:
    """Start a run that outlives this command, show its progress, return when all answers."""
    run = SupervisorRecord.of(home)
    if home.is_taken() and run:
        say(f"Keyline is already {run.state} at {run.address}")
        return
    log = home.log("up")
    log.write_text("")
    more = [] if port is None else ["--port", str(port)]
    command = [sys.executable, "-m", "deployments", "up", *more]
    started = processes.start(command, log, os.environ)
    until, shown = time.monotonic() + LONGEST_START, 0
    while time.monotonic() < until:
        ended = started.poll()
        shown = _show_from(log, shown)
        if ended is not None:
            raise SystemExit(ended or 1)  # its own last line has said why
        run = SupervisorRecord.of(home)
        if run and run.pid == started.pid and run.state == "running":
            _show_from(log, shown)
            return
        time.sleep(0.1)
    raise CannotStart(f"Keyline did not start within {LONGEST_START:.0f} s; see {log}.")


def prepare(home: Home, port: int | None) -> Platform:
    """Clear away what a killed run left, then check what the start will need."""
    if left := end_what_is_left(home):
        say(f"Ended {left} parts that an earlier run had left")
    must_have_room(home, shutil.disk_usage(home.folder).free)
    if port is not None and not is_free(port):
        raise CannotStart(f"Port {port} is taken by another program: name another one with --port.")
    usable = dict.fromkeys(PORTS, is_usable) | {WORKER_METRICS: are_free}
    for name, preferred in PREFERRED_PORTS.items():
        home.choose_port(name, preferred, usable.get(name, is_free))
    if port is None:
        home.choose_port("web", PREFERRED_WEB_PORT)
    else:
        home.remember_port("web", port)
    platform = Platform(home, ExternalServices.found_in(os.environ))
    logins = platform.provisioning() | platform.signing_in() | platform.backing_up()
    save_settings(home, platform.settings() | logins)
    return platform


def must_have_room(home: Home, free: int) -> None:
    """Say plainly that a nearly full disk would stop us half way."""
    if free < NEEDED_BYTES:
        raise CannotStart(
            f"The disk of {home.folder} has {free // 1_000_000} MB left and Keyline needs "
            f"{NEEDED_BYTES // 1_000_000}: make room, or name another folder in KEYLINE_HOME."
        )


def announce(platform: Platform) -> None:
    """Tell where Keyline is and who may sign in."""
    print(f"\n  Keyline is at {platform.web_address}")
    sign_ins = platform.home.folder / "sign-ins.txt"
    if platform.is_demonstration and sign_ins.exists():
        print("\n" + indent(sign_ins.read_text().rstrip(), "  ") + "\n")
    print(f"  Prefect's own pages, for operations: {platform.web_address}{SERVED_AT}")
    print("  ./keyline status shows each part, ./keyline down stops all of it.", flush=True)


def _write_down(home: Home, state: str, address: str) -> None:
    me = Recorded.of(os.getpid())
    SupervisorRecord(me.pid, me.started, state, address).save(home)


def _show_from(log: Path, start: int) -> int:
    with log.open("rb") as lines:
        lines.seek(start)
        new = lines.read()
    sys.stdout.write(new.decode(errors="replace"))
    sys.stdout.flush()
    return start + len(new)
