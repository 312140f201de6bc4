"""A Prefect server and two workers over a toy record: started once, killed as tests please."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import UUID

import psutil
import pytest
from sqlalchemy import Connection, text

from deployments.local import databases, processes
from deployments.local.home import any_free_port
from deployments.local.prefect_server import PrefectServer
from deployments.local.temporary import wait_until_ready
from services.database import watch
from services.domain.case_run import CaseRun
from services.orchestration import deployment_registry
from services.orchestration.prefect_client import PrefectClient
from tests.carried_cases import ToyNeighbours, make_record
from tests.web.conftest import copied, founded, world  # noqa: F401 -- fixtures of the pages here

PATIENCE = 90.0


def eventually(what: Callable[[], bool], why: str, patience: float = PATIENCE) -> None:
    """Return as soon as it is so."""
    until = time.monotonic() + patience
    while not what():
        assert time.monotonic() < until, why
        time.sleep(0.03)


def is_at_the_gate(link: Connection) -> bool:
    """Tell whether a piece of work waits for the lock of a test, in this database alone."""
    waiting = text(
        "select 1 from pg_locks join pg_database on pg_database.oid = pg_locks.database"
        " where datname = current_database() and locktype = 'advisory' and not granted"
    )
    return link.execute(waiting).first() is not None


@dataclass
class Stage:
    """The parts of the platform that carry cases, each to be killed and started by a test."""

    folder: Path
    prefect: PrefectServer
    around: ToyNeighbours
    parts: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @cached_property
    def server(self) -> PrefectClient:
        return PrefectClient(self.prefect.api_url, self.prefect.auth_string)

    def start_prefect(self) -> None:
        started = self.parts["prefect"] = self.prefect.start()
        wait_until_ready(started, self.prefect.is_ready, self.prefect.log)

    def start_worker(self, slot: str = "1", **more: str) -> None:
        environment = {
            **{name: word for name, word in os.environ.items() if not name.startswith("PREFECT_")},
            "PREFECT_API_URL": self.prefect.api_url,
            "PREFECT_API_AUTH_STRING": self.prefect.auth_string,
            "PREFECT_HOME": str(self.folder / "client"),
            "DO_NOT_TRACK": "1",
            "TOY_RECORD": self.around.url,
            "KEYLINE_WORKER_SLOT": slot,
            **more,
        }
        command = [sys.executable, "-m", "tests.orchestration.toy_worker"]
        log = self.folder / f"worker-{slot}.log"
        self.parts[f"worker-{slot}"] = processes.start(command, log, environment)

    def start_workers(self) -> None:
        """Start two, as the platform does."""
        for slot in ("1", "2"):
            self.start_worker(slot)

    def worker_of(self, case_id: UUID) -> str:
        """Return the part that holds the case's lease."""
        held = watch.leases_of(self.around.engine, "toys/")
        (holder,) = (lease.holder for lease in held if lease.case_id == case_id)
        return f"worker-{holder.split('/')[1]}"

    def revive(self) -> None:
        """Start again what has ended, as the platform's supervisor does."""
        for name, part in list(self.parts.items()):
            if part.poll() is not None and name.startswith("worker-"):
                self.start_worker(name.removeprefix("worker-"))

    def end_part(self, part: str) -> None:
        """End a part as its launcher does."""
        started = self.parts.pop(part)
        processes.end(processes.Recorded.of(started.pid), patience=15)
        started.wait()

    def kill(self, part: str, *, with_children: bool) -> None:
        """End a part the hard way, alone or with all that it started."""
        started = self.parts.pop(part)
        below = psutil.Process(started.pid).children(recursive=True) if with_children else []
        for process in (psutil.Process(started.pid), *below):
            process.send_signal(signal.SIGKILL)
        started.wait()

    def case(self, case_id: UUID) -> CaseRun:
        case = watch.case_of(self.around.engine, case_id)
        assert case is not None
        return case

    def run(self, case_id: UUID) -> dict[str, object]:
        """Return the case's flow run as Prefect tells it; nothing much while there is none."""
        run_id = self.case(case_id).flow_run_id
        found = self.server.ask("GET", f"/flow_runs/{run_id}") if run_id else None
        return found.body if found and found.found else {"state_type": None}

    def end(self) -> None:
        for part in reversed(list(self.parts)):
            self.end_part(part)
        self.server.close()
        self.around.engine.dispose()


@pytest.fixture(scope="session")
def stage(platform_postgres, tmp_path_factory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("stage")
    databases.make_database(platform_postgres.admin_url, databases.PREFECT)
    databases.make_prefect_role(platform_postgres.admin_url, databases.PREFECT, "for-tests-only")
    own = platform_postgres.url(databases.PREFECT).replace("postgres:", "prefect:", 1)
    prefect = PrefectServer(
        folder / "prefect", any_free_port(), own, "for-tests-only", folder / "prefect.log"
    )
    stage = Stage(folder, prefect, ToyNeighbours(make_record(platform_postgres)))
    try:
        stage.start_prefect()
        for _ in range(2):
            deployment_registry.register(stage.server)
        stage.start_workers()
        yield stage
    finally:
        stage.end()
