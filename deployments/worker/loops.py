"""The worker's loops beside its runs: the reconciler's, and that of the periodic jobs."""

import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event
from time import monotonic

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from services.casework.engine.reconciler import Reconciler
from services.database import ticks
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId

EVERY = 1.0
GATHERS_FOR = 0.2
LEADS_FOR = 3.0
RECONCILER = "reconciler"

_log = logging.getLogger("keyline.worker")


@dataclass(slots=True)
class Round:
    """One thing that is done again and again; trouble is said once, and once that it is over."""

    what: str
    act: Callable[[], None]
    _is_in_trouble: bool = False

    def make(self) -> None:
        """Do it; what cannot be done now is tried again next time."""
        try:
            self.act()
        except (Unavailable, SQLAlchemyError) as trouble:
            if not self._is_in_trouble:
                _log.warning("%s is put off: %s.", self.what, type(trouble).__name__)
            self._is_in_trouble = True
        else:
            if self._is_in_trouble:
                _log.info("%s goes on.", self.what)
            self._is_in_trouble = False


def repeat(what: str, act: Callable[[], None], is_over: Event, every: float = EVERY) -> None:
    """Do it every so many seconds until it is over."""
    each = Round(what, act)
    while not is_over.wait(every):
        each.make()


@dataclass(slots=True, kw_only=True)
class ReconcilerLoop:
    """One look a second at the most, soon after a case is noticed, by one process at a time.

    Every process hears of every case, so what one that does not lead was told of is not lost; it
    asks no more than once a second whether it leads now.
    """

    reconciler: Reconciler
    engine: Engine
    name: str
    is_over: Event
    _follows_until: float = 0.0
    _next_look: float = 0.0
    _noticed: "SimpleQueue[CaseId | None]" = field(default_factory=SimpleQueue)

    def notice(self, case_id: CaseId | None) -> None:
        """Have the case looked at, or everything, without waiting; from any thread."""
        self._noticed.put(case_id)

    def repeat(self) -> None:
        """Look until it is over."""
        each = Round("The look at the cases", self._look)
        while not self.is_over.is_set():
            each.make()

    def _look(self) -> None:
        noticed = self._wait()
        if monotonic() < self._follows_until:
            return
        self._next_look = monotonic() + EVERY
        if ticks.lead(self.engine, RECONCILER, self.name, LEADS_FOR):
            self.reconciler.run_once(noticed)
        else:
            self._follows_until = monotonic() + EVERY

    def _wait(self) -> set[CaseId]:
        noticed: set[CaseId] = set()
        with contextlib.suppress(Empty):
            first = self._noticed.get(timeout=EVERY)
            noticed |= {first} if first else set()
            self.is_over.wait(max(GATHERS_FOR, self._next_look - monotonic()))
            while True:
                more = self._noticed.get_nowait()
                noticed |= {more} if more else set()
        return noticed
