"""Supervises one process: starts it, waits for its readiness, restarts it, stops it."""

import subprocess
import threading
import time
from collections.abc import Callable
from signal import Signals

from deployments.local import processes
from deployments.local.errors import CannotStart
from deployments.local.home import Home
from deployments.local.part import Part, PartStatus, forget
from deployments.local.processes import Recorded

PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)  # before each next start of a part that keeps dying
TRUSTED_AFTER = 60.0  # seconds alive, after which a death is a first death again
FIRST_TRIES = 3
LOOK = 0.1


class ProcessSupervisor:
    """A thread that restarts the process of one part until it is told to stop."""

    def __init__(self, part: Part, home: Home, say: Callable[[str], None]) -> None:
        self.part = part
        self._say = say
        self.restarts = 0
        self.trouble: CannotStart | None = None
        self._home = home
        self._told_to_stop = threading.Event()
        self._answered = threading.Event()
        self._settled = threading.Event()
        self._thread = threading.Thread(target=self._keep, name=part.name)

    def launch(self) -> None:
        """Start the part and return when it answers; say why if it does not."""
        self._thread.start()
        self._settled.wait()
        if self.trouble is not None:
            raise self.trouble

    def stop(self) -> None:
        """End the part and all processes it left; return when they are gone."""
        self._told_to_stop.set()
        if self._thread.ident is not None:
            self._thread.join()
        forget(self._home, self.part.name)

    def _keep(self) -> None:
        deaths = 0
        while not self._told_to_stop.is_set():
            began = time.monotonic()
            self._live_once()
            lived = time.monotonic() - began
            deaths = 1 if lived > TRUSTED_AFTER else deaths + 1
            if not self._answered.is_set() and (deaths >= FIRST_TRIES or lived > TRUSTED_AFTER):
                break
            self._told_to_stop.wait(PAUSES[min(deaths, len(PAUSES)) - 1])
        self._settled.set()

    def _live_once(self) -> None:
        try:
            process = self.part.start()
        except (CannotStart, OSError) as refused:
            self._note(f"{self.part.title} cannot be started: {refused}")
            return
        recorded = Recorded.of(process.pid)
        self._show("starting", recorded)
        if self._until_it_answers(process):
            self._show("running", recorded)
            self._answered.set()
            self._settled.set()
            self._until_it_ends(process)
        if not self._told_to_stop.is_set():
            self.restarts += 1
            self._show("restarting", recorded)
            self._note(f"{self.part.title} ended: {self._last_lines()}")
        processes.end(recorded, self.part.stopped_by)
        process.wait()

    def _until_it_answers(self, process: "subprocess.Popen[bytes]") -> bool:
        until = time.monotonic() + self.part.patience
        while process.poll() is None and time.monotonic() < until:
            if self.part.is_ready():
                return True
            if self._told_to_stop.wait(LOOK):
                return False
        return False

    def _until_it_ends(self, process: "subprocess.Popen[bytes]") -> None:
        while process.poll() is None and not self._told_to_stop.wait(LOOK):
            pass

    def _show(self, state: str, recorded: Recorded) -> None:
        part = self.part
        PartStatus(
            part.name,
            part.title,
            state,
            part.address,
            part.version,
            recorded.pid,
            recorded.started,
            self.restarts,
            Signals(part.stopped_by).name,
        ).save(self._home)

    def _note(self, trouble: str) -> None:
        self.trouble = None if self._answered.is_set() else CannotStart(trouble)
        self._say(f"{trouble}; starting it again")

    def _last_lines(self) -> str:
        try:
            lines = self._home.log(self.part.name).read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return "it wrote nothing"
        return " / ".join(line.strip() for line in lines[-3:]) or "it wrote nothing"
