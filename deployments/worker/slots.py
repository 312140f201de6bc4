"""Pre-forks the worker's processes: imports once, then one process a slot, started again at once.

A process that ends itself, or is killed, is back within a second under the same name, wherever the
worker runs; what was imported before the fork is one memory for all of them. Nothing is connected
and no thread is started before the fork.
"""

import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Thread
from types import FrameType

SHORT_LIFE = 5.0
GIVES_UP_AFTER = 5
LONGEST_PAUSE = 5.0
FAILED = 70

_log = logging.getLogger("keyline.worker")


@dataclass(slots=True)
class Slots:
    """The processes of one worker, and how often one has died young in a row."""

    names: Sequence[str]
    work: Callable[[str], None]
    longest_pause: float = LONGEST_PAUSE
    _living: dict[int, tuple[str, float]] = field(default_factory=dict)
    _is_over: bool = False
    _died_young: int = 0
    _line: tuple[int, int] = field(default_factory=os.pipe)

    def keep(self) -> int:
        """Keep a process in each slot until told to stop; return the status to end with.

        When processes only ever die young the reason is not in their work: the worker ends, and
        whatever runs it decides.
        """
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        gc.collect()
        gc.freeze()
        for name in self.names:
            self._fork(name)
        while self._living:
            pid, status = os.wait()
            name, began = self._living.pop(pid)
            if self._is_over:
                continue
            code = os.waitstatus_to_exitcode(status)
            _log.warning("The process of slot %s ended: %s.", name, code)
            self._pause(time.monotonic() - began)
            if self._died_young >= GIVES_UP_AFTER:
                self._stop()
            elif not self._is_over:
                self._fork(name)
        return FAILED if self._died_young >= GIVES_UP_AFTER else 0

    def _pause(self, lived: float) -> None:
        self._died_young = self._died_young + 1 if lived < SHORT_LIFE else 0
        time.sleep(min(0.2 + self._died_young, self.longest_pause))

    def _fork(self, name: str) -> None:
        pid = os.fork()
        if pid == 0:
            self._become(name)
        self._living[pid] = (name, time.monotonic())
        if self._is_over:
            os.kill(pid, signal.SIGTERM)

    def _become(self, name: str) -> None:
        """Work as the slot's process, and end as any program does; its siblings are not its own."""
        self._living.clear()
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, signal.SIG_DFL)
        os.close(self._line[1])
        Thread(target=self._stop_with_the_parent, daemon=True).start()
        self.work(name)
        sys.exit(0)

    def _stop_with_the_parent(self) -> None:
        """Stop as if told to, when the parent, which holds the line's other end, is gone."""
        os.read(self._line[0], 1)
        os.kill(os.getpid(), signal.SIGTERM)

    def _stop(self, _sign: int = 0, _frame: FrameType | None = None) -> None:
        self._is_over = True
        for pid in self._living:
            os.kill(pid, signal.SIGTERM)
