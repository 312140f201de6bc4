"""Which processes are ours, whether they live, and how they end.

A process is known by its pid and its start time together, for pids are used again. It leads
a session of its own, so whatever it leaves behind can be found by that session.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from deployments import CHECKOUT

TOLERANCE = 2.0  # seconds; a start time is counted from the boot, which the clock may correct


@dataclass(frozen=True)
class Recorded:
    """One process of ours as it was written down when it started."""

    pid: int
    started: float

    @staticmethod
    def of(pid: int) -> "Recorded":
        """Return the record of a process that runs now."""
        return Recorded(pid, psutil.Process(pid).create_time())

    def process(self) -> psutil.Process | None:
        """Return the very process, or nothing if it has gone or its pid is somebody else's."""
        try:
            process = psutil.Process(self.pid)
            if abs(process.create_time() - self.started) > TOLERANCE:
                return None
            return None if process.status() == psutil.STATUS_ZOMBIE else process
        except psutil.NoSuchProcess:
            return None

    def session(self) -> list[psutil.Process]:
        """Return what lives in the session that this process led, itself included.

        While anything of a session lives its number is not given to a new process; so where
        the number belongs to another process now, nothing of ours is left.
        """
        if self.process() is None and psutil.pid_exists(self.pid) and not _has_ended(self.pid):
            return []
        return [process for process in psutil.process_iter() if _session_of(process) == self.pid]


def start(
    command: Sequence[str | Path],
    log: Path,
    environment: Mapping[str, str],
    folder: Path = CHECKOUT,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own; its lines go to the log."""
    with log.open("ab") as lines:
        return subprocess.Popen(  # noqa: S603 -- the commands are our own
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=subprocess.STDOUT,
            env={**environment, "PYTHONUNBUFFERED": "1"},  # the last line is the last one written
            cwd=folder,
            start_new_session=True,
        )


def end(recorded: Recorded, how: signal.Signals = signal.SIGTERM, patience: float = 15) -> None:
    """End the process and all that its session holds: first asked, after a while made to."""
    leader = recorded.process()
    if leader is not None:
        _send([leader], how)
        _gone([leader], patience)
    for sign, wait in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 5.0)):
        left = recorded.session()
        _send(left, sign)
        _gone(left, wait)


def sign(name: str) -> signal.Signals:
    """Return the signal of that name."""
    return signal.Signals[name]


def _send(processes: Sequence[psutil.Process], sign: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(sign)


def _gone(processes: Sequence[psutil.Process], patience: float) -> None:
    """Wait until each has ended; a zombie counts as ended."""
    until = time.monotonic() + patience
    while time.monotonic() < until and not all(_has_ended(each.pid) for each in processes):
        time.sleep(0.02)


def _session_of(process: psutil.Process) -> int | None:
    try:
        return None if _has_ended(process.pid) else os.getsid(process.pid)
    except (ProcessLookupError, PermissionError, psutil.AccessDenied):
        return None


def _has_ended(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
