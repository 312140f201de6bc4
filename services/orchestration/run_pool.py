"""The worker's threads: each carries one flow run at a time, and one more lane carries suspects.

A suspect is a case whose last attempt was lost with its process. It is carried in a process of its
own, which one extra thread starts and watches: no suspect ever keeps an ordinary thread waiting.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from contextvars import copy_context
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Lock, Thread
from time import monotonic
from uuid import UUID

from prefect.client.schemas.objects import FlowRun

from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration.run_control import RunControl

_log = logging.getLogger("keyline.worker")


@dataclass(slots=True, eq=False)
class CarriedRun:
    """A flow run in one of the threads."""

    run: FlowRun
    is_alone: bool
    partnership_id: PartnershipId | None = None
    control: RunControl = field(default_factory=RunControl)
    cancelling_since: float | None = None

    @property
    def case_id(self) -> CaseId:
        """Return the case that the run carries."""
        return CaseId(UUID(self.run.parameters["case_id"]))


@dataclass(slots=True, kw_only=True)
class RunPool:
    """Some threads and what they carry; ``on_free`` is called after each run."""

    threads: int
    thread_context: Callable[[], AbstractContextManager[None]]
    carry: Callable[[CarriedRun], None]
    on_free: Callable[[], None] = lambda: None
    _carried: dict[UUID, CarriedRun] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _jobs: "SimpleQueue[CarriedRun | None]" = field(default_factory=SimpleQueue)
    _alone_jobs: "SimpleQueue[CarriedRun | None]" = field(default_factory=SimpleQueue)
    _threads: list[Thread] = field(default_factory=list)

    def start(self) -> None:
        """Start the threads."""
        for number in range(self.threads):
            self._start_thread(f"run-{number + 1}", self._jobs)
        self._start_thread("run-alone", self._alone_jobs)

    def stop(self, patience: float) -> None:
        """Take no more, and give what goes on some seconds to come to its rest."""
        for _ in range(self.threads):
            self._jobs.put(None)
        self._alone_jobs.put(None)
        until = monotonic() + patience
        for thread in self._threads:
            thread.join(max(0.0, until - monotonic()))

    def room(self, *, is_alone: bool) -> int:
        """Return how many more runs can be carried: beside others, or alone."""
        with self._lock:
            busy = sum(carried.is_alone is is_alone for carried in self._carried.values())
        return max(0, (1 if is_alone else self.threads) - busy)

    @property
    def threads_each(self) -> int:
        """Return how many threads one partnership may have: the last is always for another."""
        return max(1, self.threads - 1)

    def take(self, carried: CarriedRun) -> bool:
        """Hand a run to a free thread; tell whether there was one and the run was not here yet."""
        if self.room(is_alone=carried.is_alone) == 0:
            return False
        with self._lock:
            if carried.run.id in self._carried:
                return False
            self._carried[carried.run.id] = carried
        (self._alone_jobs if carried.is_alone else self._jobs).put(carried)
        return True

    def carried(self) -> list[CarriedRun]:
        """Return what is in the threads now."""
        with self._lock:
            return list(self._carried.values())

    def _start_thread(self, name: str, jobs: "SimpleQueue[CarriedRun | None]") -> None:
        thread = Thread(target=self._work, args=(jobs,), name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _work(self, jobs: "SimpleQueue[CarriedRun | None]") -> None:
        """Carry one run after another, each in a context of its own."""
        with self.thread_context():
            while (carried := jobs.get()) is not None:
                try:
                    copy_context().run(self.carry, carried)
                except Exception as error:  # noqa: BLE001 - whatever it was, the thread lives on
                    _log.warning("Run %s was left: %s.", carried.run.id, type(error).__name__)
                finally:
                    with self._lock:
                        del self._carried[carried.run.id]
                    self.on_free()
