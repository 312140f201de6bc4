"""The mother of the warm processes: she imports everything once and forks before anything starts.

Run as `python -m services.orchestration.zygote '<JSON>'` by `children.ForkHost`. She has one
thread, no event loop and no connection, so a fork is safe. Words travel as JSON datagrams:

    worker to zygote    {"id", "flow_run_id", "entrypoint", "env"}      run this
    zygote to worker    {"op": "started" | "exit", "id", "pid", "rc"}   what became of it
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from services.orchestration.log_config import speak_plainly
from services.orchestration.warm_child import live

DATAGRAM = 1 << 20


@dataclass(slots=True, eq=False)
class Child:
    """One forked process, and what it is doing."""

    pid: int
    link: socket.socket
    job: str = ""
    runs: int = 0
    is_ready: bool = False


@dataclass(slots=True)
class Zygote:
    """She keeps some children in reserve, hands out the runs and tells how each one ended."""

    control: socket.socket
    spares: int
    runs_each: int
    prepare: str
    flows: dict[str, Any]
    children: dict[int, Child] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    watch: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)

    def serve(self) -> None:
        """Work until the worker goes; children that are at work finish without her."""
        deaths = _notice_deaths()
        self.watch.register(self.control, selectors.EVENT_READ, self._take_job)
        self.watch.register(deaths, selectors.EVENT_READ, lambda: self._bury(deaths))
        self._hand_out()
        while True:
            for key, _ in self.watch.select():
                key.data()

    def _take_job(self) -> None:
        words = self.control.recv(DATAGRAM)
        if not words:
            os._exit(0)
        self.waiting.append(json.loads(words))
        self._hand_out()

    def _hand_out(self) -> None:
        """Give each waiting run to a free child, and fork until enough are in reserve."""
        while True:
            free = sorted(self._free(), key=lambda child: not child.is_ready)
            for child in free[: len(self.waiting)]:
                job = self.waiting.pop(0)
                child.job, child.runs = job["id"], child.runs + 1
                child.link.send(json.dumps(job).encode())
                self._tell("started", job["id"], child.pid, 0)
            missing = len(self.waiting) + self.spares - len(self._free())
            for _ in range(missing):
                self._fork()
            if not self.waiting:
                return

    def _free(self) -> list[Child]:
        return [
            child
            for child in self.children.values()
            if not child.job and child.runs < self.runs_each
        ]

    def _fork(self) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            self._become_a_child(ours, theirs)
        theirs.close()
        child = self.children[pid] = Child(pid, ours)
        self.watch.register(ours, selectors.EVENT_READ, lambda: self._hear(child))

    def _become_a_child(self, ours: socket.socket, theirs: socket.socket) -> None:
        """Never returns: whatever happens in the child stays in the child."""
        code = 70
        try:
            signal.set_wakeup_fd(-1)
            self.watch.close()
            for link in (ours, self.control, *(child.link for child in self.children.values())):
                link.close()
            os.setpgid(0, 0)
            code = live(theirs, self.flows, self.prepare, self.runs_each)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code & 0xFF)

    def _hear(self, child: Child) -> bool:
        """Take in what a child says, that it is ready or how its run ended, if it says anything."""
        try:
            words = child.link.recv(DATAGRAM)
        except OSError:
            words = b""
        if not words:
            child.runs = self.runs_each
            self._stop_watching(child)
            return False
        said = json.loads(words)
        child.is_ready = True
        if "done" in said:
            self._tell("exit", said["done"], child.pid, said["rc"])
            child.job = ""
            child.runs = self.runs_each if said["bye"] else child.runs
            self._hand_out()
        return True

    def _bury(self, deaths: socket.socket) -> None:
        deaths.recv(512)
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                break
            if not pid:
                break
            self._close(self.children.pop(pid), os.waitstatus_to_exitcode(status))
        self._hand_out()

    def _close(self, child: Child, code: int) -> None:
        """Say how a dead child's run ended: as it said itself, or else as it died."""
        child.link.settimeout(0)
        while child.job and self._hear(child):
            pass
        if child.job:
            self._tell("exit", child.job, child.pid, code)
        self._stop_watching(child)
        child.link.close()

    def _stop_watching(self, child: Child) -> None:
        with suppress(KeyError, ValueError):
            self.watch.unregister(child.link)

    def _tell(self, what: str, job: str, pid: int, code: int) -> None:
        self.control.send(json.dumps({"op": what, "id": job, "pid": pid, "rc": code}).encode())


def _notice_deaths() -> socket.socket:
    """Return a socket that can be read whenever a child has died."""
    heard, said = socket.socketpair()
    heard.settimeout(0)
    said.settimeout(0)
    signal.set_wakeup_fd(said.detach())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for ignored in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ignored, signal.SIG_IGN)
    return heard


def main(words: str) -> None:
    """Import the flows, freeze what is there, and serve."""
    given = json.loads(words)
    flows = {}
    for entrypoint in given["entrypoints"]:
        module, _, name = entrypoint.partition(":")
        flows[entrypoint] = getattr(import_module(module), name)
    if given["prepare"]:
        import_module(given["prepare"].partition(":")[0])
    speak_plainly()
    gc.collect()
    gc.freeze()
    control = socket.socket(fileno=given["control"])
    Zygote(control, given["spares"], given["runs_each"], given["prepare"], flows).serve()


if __name__ == "__main__":
    main(sys.argv[1])
