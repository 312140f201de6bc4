"""What keeping partnerships apart costs: signed row-level security against none.

Run `python -m deployments.benchmarks.row_security [documents]`. It makes a database of its own with
a million documents in twenty partnerships, and opens the product's own pages there: with the
policies and without them, before anything is shared and with a twentieth of all cases shared. What
is measured is the time that the page waits for the database, its audit links included.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import NullPool
from sqlmodel import col, select

from deployments.benchmarks.fresh_database import FreshDatabase, fresh_database
from deployments.benchmarks.many_cases import CASES, PARTNERSHIPS, Many, fill, share
from deployments.benchmarks.prepare import carry_case
from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, Place, founding_of
from services.bootstrap import wall_clock
from services.calendars import england
from services.casework.access.cases import cases_seen, open_case
from services.casework.access.shown_cases import open_shown_case
from services.casework.provisioning import person_id_of, provision
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork, unit_of_work
from services.domain.identifiers import CaseId
from services.domain.roles import Actor, Role
from services.domain.viewings import Viewed
from services.web.view_models.case import case_view
from services.web.view_models.shown_case import shown_case_view

TIMES = 25
ROUNDS = 3
TARGET = 1.3
Look = Callable[[UnitOfWork], object]


@dataclass
class Waited:
    """How long statements took in the database, in seconds."""

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
class Bench:
    """The database that is measured, and what was found there."""

    database: FreshDatabase
    many: Many
    waited: Waited
    found: dict[tuple[str, str], list[float]] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)

    def measure(self, how: str, looks: dict[str, tuple[Place, Look]]) -> None:
        """Let the manager of the place look so many times, and keep the milliseconds of each."""
        for name, (place, look) in looks.items():
            kept = self.found.setdefault((name, how), [])
            for _ in range(TIMES):
                before, sent = self.waited.seconds, self.waited.statements
                with unit_of_work(
                    self.database.engine, _manager(place), wall_clock(), england()
                ) as work:
                    look(work)
                kept.append((self.waited.seconds - before) * 1000)
                self.statements[name] = self.waited.statements - sent

    def median(self, name: str, how: str) -> float:
        """Return the median of the milliseconds."""
        return median(self.found[name, how])


def main(documents: int) -> None:
    """Fill a database, measure on it, and print what was found."""
    with fresh_database() as database:
        for place in (NORTHMOOR, SALTMARSH):
            provision(database.founder, founding_of(place))
        example = carry_case(database.engine, NORTHMOOR, 0, "submit")
        began = perf_counter()
        many = fill(database.admin_url, example, documents)
        print(
            f"{many.documents:,} documents of {CASES:,} cases in {PARTNERSHIPS} partnerships, made "
            f"in {perf_counter() - began:.0f} s; load {_load()} on {os.cpu_count()} cores"
        )
        bench = Bench(database, many, Waited(database.engine))
        _compare(bench)
    _tell(bench)


def _compare(bench: Bench) -> None:
    own = _own_pages(bench.many)
    for _ in range(ROUNDS):
        with _policies_off(bench.database.admin_url):
            bench.measure("none", own)
        bench.measure("signed", own)
    share(bench.database.admin_url)
    for _ in range(ROUNDS):
        with _policies_off(bench.database.admin_url):
            bench.measure("none, shared", own)
        bench.measure("signed, shared", own)
        bench.measure("signed, shared", _shown_page(bench.many))


def _own_pages(many: Many) -> dict[str, tuple[Place, Look]]:
    case = CaseId(many.ours)
    newest = select(Document).order_by(col(Document.made_at).desc()).limit(50)
    of_case = newest.where(Document.case_id == case)
    counted = text("select count(*) from documents")
    return {
        "case page": (NORTHMOOR, lambda work: case_view(work, open_case(work, case, Viewed.CASE))),
        "list of cases": (NORTHMOOR, cases_seen),
        "50 newest documents of a case": (NORTHMOOR, lambda work: _all(work, of_case)),
        "50 newest documents of a partnership": (NORTHMOOR, lambda work: _all(work, newest)),
        "count of what is seen of documents": (
            NORTHMOOR,
            lambda work: work.session.execute(counted).scalar_one(),
        ),
    }


def _shown_page(many: Many) -> dict[str, tuple[Place, Look]]:
    case = CaseId(many.ours)

    def look(work: UnitOfWork) -> object:
        return shown_case_view(work, open_shown_case(work, case), work.today)

    return {"case page, shown by another": (SALTMARSH, look)}


def _all(work: UnitOfWork, question: object) -> object:
    return work.session.exec(question).all()  # type: ignore[call-overload]


@contextmanager
def _policies_off(admin_url: str) -> Iterator[None]:
    """Let the tables stand open, as if there were no partnerships in the database's eyes."""
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


def _load() -> str:
    return " ".join(f"{one:.1f}" for one in os.getloadavg())


def _tell(bench: Bench) -> None:
    print(f"median milliseconds in the database, {TIMES * ROUNDS} times each; load {_load()}\n")
    ways = ("none", "signed", "none, shared", "signed, shared")
    print(f"{'':<40}{'statements':>12}" + "".join(f"{way:>16}" for way in ways) + f"{'ratio':>8}")
    for name in dict.fromkeys(name for name, _ in bench.found):
        figures = [
            f"{bench.median(name, way):>16.2f}" if (name, way) in bench.found else f"{'-':>16}"
            for way in ways
        ]
        print(f"{name:<40}{bench.statements[name]:>12}{''.join(figures)}{_ratio(bench, name):>8}")
    plain = bench.median("case page", "none")
    for way in ("signed", "signed, shared"):
        ratio = bench.median("case page", way) / plain
        held = "within" if ratio <= TARGET else "NOT within"
        print(f"case page, {way}: {ratio:.2f} times none, {held} {TARGET}")
    own = bench.median("case page", "signed, shared") / bench.median("case page", "signed")
    print(f"case page with a joint grant against without one: {own:.2f} times")


def _ratio(bench: Bench, name: str) -> str:
    if (name, "none") not in bench.found:
        return "-"
    return f"{bench.median(name, 'signed, shared') / bench.median(name, 'none'):.2f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
