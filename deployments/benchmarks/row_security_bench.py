"""How the looks of the benchmark of row-level security are taken and measured."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter, thread_time
from typing import Final

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from deployments.benchmarks.case_looks import Look, Looks
from deployments.benchmarks.fresh_database import FreshDatabase
from deployments.demo.partnerships import Place
from services.bootstrap import wall_clock
from services.calendars import england
from services.casework.provisioning import person_id_of
from services.database.unit_of_work import unit_of_work
from services.domain.roles import Actor, Role

TIMES: Final = 10
ROUNDS: Final = 10
NONE: Final = "none"
SIGNED: Final = "signed"


@dataclass
class Waited:
    """How long statements took, and how many there were."""

    engine: Engine
    seconds: float = 0.0
    statements: int = 0
    _began: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        event.listen(self.engine, "before_cursor_execute", self._begin)
        event.listen(self.engine, "after_cursor_execute", self._end)

    def _begin(self, *_told: object) -> None:
        self._began = perf_counter()

    def _end(self, *_told: object) -> None:
        self.seconds += perf_counter() - self._began
        self.statements += 1


@dataclass
class Found:
    """What one look came to, each time, in milliseconds.

    ``processor`` is that of the database's process, ``page`` that and our own process's together,
    and ``waiting`` how long our process waited for its statements.
    """

    processor: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    waiting: list[float] = field(default_factory=list)
    statements: int = 0

    def __str__(self) -> str:
        return f"{median(self.processor):8.2f} ({median(self.waiting):6.1f})"


@dataclass
class Bench:
    """The database that is measured, and what was found there, by look, policies and sharing."""

    database: FreshDatabase
    waited: Waited
    found: dict[tuple[str, str, str], Found] = field(default_factory=dict)

    def compare(self, looks: Looks, sharing: str) -> None:
        """Look without the policies and with them, in turns."""
        for _ in range(ROUNDS):
            with _policies_off(self.database.admin_url):
                self.measure(looks, NONE, sharing)
            self.measure(looks, SIGNED, sharing)

    def measure(self, looks: Looks, policies: str, sharing: str) -> None:
        """Let the manager of the place look so many times."""
        for name, (place, look) in looks.items():
            kept = self.found.setdefault((name, policies, sharing), Found())
            for _ in range(TIMES):
                self._look(place, look, kept)

    def _look(self, place: Place, look: Look, kept: Found) -> None:
        engine, waited = self.database.engine, self.waited
        with unit_of_work(engine, _manager(place), wall_clock(), england()) as work:
            backend = work.session.execute(text("select pg_backend_pid()")).scalar_one()
            began, seconds, sent = _processor(backend), waited.seconds, waited.statements
            ours = thread_time()
            look(work)
            ours = (thread_time() - ours) * 1000
            kept.processor.append(_processor(backend) - began)
            kept.page.append(kept.processor[-1] + ours)
            kept.waiting.append((waited.seconds - seconds) * 1000)
            kept.statements = waited.statements - sent

    def ratio(self, name: str, sharing: str) -> float:
        """Return what the database does with the policies, as a multiple of that without."""
        signed, none = (self.found[name, one, sharing].processor for one in (SIGNED, NONE))
        return median(signed) / median(none)

    def page_ratio(self, name: str, sharing: str) -> float:
        """Return the same of the page: what the database does and what our process does."""
        signed, none = (self.found[name, one, sharing].page for one in (SIGNED, NONE))
        return median(signed) / median(none)


@contextmanager
def _policies_off(admin_url: str) -> Iterator[None]:
    """Let the tables stand open, as if the database knew of no partnerships."""
    _alter(admin_url, "disable")
    try:
        yield
    finally:
        _alter(admin_url, "enable")


def _alter(admin_url: str, word: str) -> None:
    engine = create_engine(admin_url, poolclass=NullPool)
    with engine.begin() as link:
        protected = text("select oid::regclass::text from pg_class where relforcerowsecurity")
        for table in link.execute(protected).scalars().all():
            link.execute(text(f"alter table {table} {word} row level security"))


def _manager(place: Place) -> Actor:
    return Actor(
        person_id=person_id_of(place.email("manager")),
        partnership_id=place.partnership_id,
        role=Role.BUSINESS_MANAGER,
    )


def _processor(backend: int) -> float:
    """Return the milliseconds that the database's process has had of a processor (Linux)."""
    return int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e6
