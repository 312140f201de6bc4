"""Which stages a start goes through, side by side where their order allows it."""

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from deployments.local import processes
from deployments.local.errors import CannotStart, Stopped
from deployments.local.home import Home, write_private
from deployments.local.part import Part, PartStatus, all_statuses, forget
from deployments.local.process_supervisor import ProcessSupervisor
from deployments.local.processes import Recorded


@dataclass(frozen=True)
class StartStage:
    """One step of a start: what it waits for, and what it does; it returns what to tell."""

    name: str
    needs: tuple[str, ...]
    work: Callable[[], str]


@dataclass
class Supervisor:
    """What keeps the parts of one data folder; the only one that starts or ends them."""

    home: Home
    say: Callable[[str], None]
    told_to_stop: threading.Event = field(default_factory=threading.Event)
    times: dict[str, float] = field(default_factory=dict)
    _supervised: list[ProcessSupervisor] = field(default_factory=list)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def go_through(self, stages: Sequence[StartStage]) -> None:
        """Go through the stages, each as soon as what it needs is done, to the first trouble."""
        began = time.monotonic()
        done: dict[str, Future[None]] = {}
        with ThreadPoolExecutor(len(stages)) as threads:
            for stage in stages:
                waits_for = [done[name] for name in stage.needs]
                done[stage.name] = threads.submit(self._go_through, stage, waits_for)
            try:
                self._await(set(done.values()))
            except BaseException:
                self.stop()
                raise
        self.times["all"] = round(time.monotonic() - began, 2)
        write_private(self.home.folder / "start-times.json", json.dumps(self.times, indent=1))

    def launch(self, part: Part) -> str:
        """Start a part and keep it; return when it answers."""
        process = ProcessSupervisor(part, self.home, self.say)
        with self._one:
            self._unless_stopped()
            self._supervised.append(process)
        process.launch()
        self._unless_stopped()
        return f"{part.title} {part.version} at {part.address}"

    def run(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Run a command to its end; say its last line if it fails."""
        log = self.home.log(name)
        start_of_lines = log.stat().st_size if log.exists() else 0
        process = processes.start(command, log, environment)
        recorded = Recorded.of(process.pid)
        try:
            while process.poll() is None:
                if self.told_to_stop.wait(0.05):
                    raise Stopped("Stopped while starting.")
        finally:
            processes.end(recorded)
            process.wait()
        if process.returncode:
            lines = log.read_bytes()[start_of_lines:].decode(errors="replace").strip()
            last = next(reversed(lines.splitlines()), "it wrote nothing")
            raise CannotStart(f"The step `{name}` failed: {last} (all of it: {log})")

    def watch(self) -> None:
        """Return when told to stop; meanwhile each process is supervised in a thread of its own."""
        while not self.told_to_stop.wait(1):
            pass

    def stop(self) -> None:
        """Stop the parts, the last started first; nothing of them is left behind."""
        with self._one:
            self.told_to_stop.set()
            supervised = self._supervised[::-1]
        for process in supervised:
            process.stop()

    def _go_through(self, stage: StartStage, waits_for: Sequence["Future[None]"]) -> None:
        for other in waits_for:
            other.result()
        self._unless_stopped()
        began = time.monotonic()
        told = stage.work()
        self.times[stage.name] = round(time.monotonic() - began, 2)
        if told:
            self.say(f"{told} ({self.times[stage.name]:.1f} s)")

    def _await(self, waiting: "set[Future[None]]") -> None:
        while waiting:
            settled, waiting = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
            for each in settled:
                each.result()
            self._unless_stopped()

    def _unless_stopped(self) -> None:
        if self.told_to_stop.is_set():
            raise Stopped("Stopped while starting.")


def show_given(home: Home, name: str, title: str, address: str) -> str:
    """Write down that this neighbour is somebody else's; return what to tell."""
    PartStatus(name, title, "given", address).save(home)
    return f"{title} is the given one, {address}"


def end_what_is_left(home: Home) -> int:
    """End what an earlier supervisor left running when it was killed; return how many parts."""
    ended = 0
    for shown in all_statuses(home):
        recorded = shown.recorded
        if recorded is not None and recorded.session():
            processes.end(recorded, processes.sign(shown.stopped_by))
            ended += 1
        forget(home, shown.name)
    return ended
