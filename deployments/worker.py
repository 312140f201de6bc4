"""The worker's process: `python -m deployments.worker` carries cases and keeps them together."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic

import httpx
from prefect.exceptions import PrefectHTTPStatusError
from sqlalchemy.exc import SQLAlchemyError

from services.bootstrap import Neighbours, neighbours, settings
from services.casework.engine.periodic_jobs import run_periodic_jobs
from services.casework.engine.reconciler import Keeper
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId
from services.orchestration.deployment_registry import server_from_environment
from services.orchestration.log_config import speak_plainly
from services.orchestration.prefect_client import PrefectServer
from services.orchestration.prefect_flows import PrefectFlows
from services.orchestration.worker import Warmth, WarmWorker

LOOKS_EVERY = 1.0
GATHERS_FOR = 0.2
LOST = (httpx.HTTPError, PrefectHTTPStatusError, RuntimeError, OSError, ExceptionGroup)

_log = logging.getLogger("keyline.worker")


@dataclass(slots=True)
class Keeping:
    """The keeper's thread: a look at once when a case is noticed, and one every second."""

    keeper: Keeper
    tick: Callable[[], None]
    is_over: Event = field(default_factory=Event)
    _noticed: "SimpleQueue[CaseId | None]" = field(default_factory=SimpleQueue)
    _troubles: set[str] = field(default_factory=set)

    def notice(self, case_id: CaseId | None) -> None:
        """Have the case looked at, or everything, at once; from any thread."""
        self._noticed.put(case_id)

    def go_on(self) -> None:
        """Look and tick until it is over; what cannot be done now is tried again next time."""
        while not self.is_over.is_set():
            noticed = self._wait()
            self._try("The look at the cases", lambda: self.keeper.look(noticed))  # noqa: B023
            self._try("The tick", self.tick)

    def _wait(self) -> set[CaseId]:
        noticed: set[CaseId] = set()
        with contextlib.suppress(Empty):
            first = self._noticed.get(timeout=LOOKS_EVERY)
            noticed |= {first} if first else set()
            self.is_over.wait(GATHERS_FOR)
            while True:
                more = self._noticed.get_nowait()
                noticed |= {more} if more else set()
        return noticed

    def _try(self, what: str, act: Callable[[], None]) -> None:
        """Do it; say once that it cannot be done, and once that it can again."""
        try:
            act()
        except (Unavailable, SQLAlchemyError) as trouble:
            if what not in self._troubles:
                _log.warning("%s is put off: %s.", what, type(trouble).__name__)
            self._troubles.add(what)
        else:
            if what in self._troubles:
                _log.info("%s goes on.", what)
            self._troubles.discard(what)


def keep(around: Neighbours, server: PrefectServer) -> Keeping:
    """Start the keeper's thread."""
    keeping = Keeping(
        Keeper(around, PrefectFlows(server), monotonic), lambda: run_periodic_jobs(around)
    )
    Thread(target=keeping.go_on, name="keeper", daemon=True).start()
    return keeping


async def carry(warmth: Warmth, server: PrefectServer) -> None:
    """Carry cases for ever: while Prefect is away, wait; when the worker fails, start another."""
    while True:
        while not await asyncio.to_thread(server.is_up):
            await asyncio.sleep(1)
        worker = WarmWorker(warmth, name=f"{socket.gethostname()}-{os.getpid()}")
        try:
            await worker.start(printer=lambda *_words: _log.info("Carrying cases."))
        except LOST as lost:
            _log.warning("The worker starts again: %s.", type(lost).__name__)
        await asyncio.sleep(1)


async def until_told_to_stop(warmth: Warmth, server: PrefectServer) -> None:
    """Carry cases until the process is asked to end, then let what runs finish."""
    carrying = asyncio.ensure_future(carry(warmth, server))
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, carrying.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await carrying


def main() -> None:
    """Run the worker with the neighbours that the environment names."""
    speak_plainly()
    server = server_from_environment()
    keeping = keep(neighbours(), server)
    warmth = Warmth(
        listens_to=settings().database_url.get_secret_value(),
        wake=keeping.keeper.wake,
        notice=keeping.notice,
    )
    asyncio.run(until_told_to_stop(warmth, server))
    keeping.is_over.set()


if __name__ == "__main__":
    main()
