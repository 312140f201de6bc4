"""What one act costs: in milliseconds, in statements, and as a multiple of two bare commits.

The floor F is what any engine pays to accept a signal and to consume it: one commit that writes
a row and notifies, one that marks it. Run `python -m deployments.benchmarks.acts [cases]`.
"""

import os
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from deployments.benchmarks.fresh_database import fresh_database
from deployments.benchmarks.one_case import Done, one_case
from deployments.benchmarks.papers import make_submission
from deployments.demo.partnerships import NORTHMOOR, founding_of
from services.calendars import england
from services.casework.provisioning import agency_id_of, partnership_id_of, person_id_of, provision
from services.database.unit_of_work import unit_of_work
from services.domain.identifiers import CaseId
from services.domain.roles import Actor

ACCEPT = text("insert into signals (id) values (:id)")
NOTIFY = text("select pg_notify('signals', :id)")
CONSUME = text("update signals set taken_at = now() where id = :id")
WARM_UP = 3


@dataclass
class Measured:
    """How long each act took, and how many statements it sent."""

    milliseconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statements: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def main(cases: int) -> None:
    """Measure on a fresh database of its own, and print what was found."""
    with fresh_database() as database:
        floor = two_commits(database.admin_url, max(100, cases * 5))
        provision(database.founder, founding_of(NORTHMOOR))
        measured = acts(database.engine, cases)
        again = two_commits(database.admin_url, max(100, cases * 5))
    tell((floor, again), measured, cases)


def two_commits(url: str, times: int) -> float:
    """Return the median of accepting a signal and consuming it, in milliseconds."""
    took = []
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as link:
        with link.begin():
            link.execute(text("drop table if exists signals"))
            link.execute(text("create table signals (id int primary key, taken_at timestamptz)"))
        for number in range(times):
            start = perf_counter()
            with link.begin():
                link.execute(ACCEPT, {"id": number})
                link.execute(NOTIFY, {"id": str(number)})
            with link.begin():
                link.execute(CONSUME, {"id": number})
            took.append((perf_counter() - start) * 1000)
    return median(took)


def acts(engine: Engine, cases: int) -> Measured:
    """Carry so many cases to the Panel, one after the other, after a few to warm up."""
    sent = [0]

    @event.listens_for(engine, "before_cursor_execute")
    def count(*_told: object) -> None:
        sent[0] += 1

    measured = Measured()
    for number in range(cases + WARM_UP):
        case_id: CaseId | None = None
        for done in one_case(NORTHMOOR, number):
            if done.name == "submit" and case_id is not None:
                make_submission(engine, NORTHMOOR.partnership_id, case_id, done.at)
            before, start = sent[0], perf_counter()
            case_id = _do(engine, done, case_id)
            if number >= WARM_UP:
                measured.milliseconds[done.name].append((perf_counter() - start) * 1000)
                measured.statements[done.name].append(sent[0] - before)
    return measured


def _do(engine: Engine, done: Done, case_id: CaseId | None) -> CaseId:
    actor = Actor(
        person_id=person_id_of(NORTHMOOR.email(done.who)),
        partnership_id=partnership_id_of(NORTHMOOR.code),
        role=done.role,
        seat=done.seat,
        agency_id=agency_id_of(NORTHMOOR.code, done.agency) if done.agency else None,
    )
    with unit_of_work(engine, actor, done.at, england()) as work:
        return CaseId(done.act(work, case_id, done.words).id)


def tell(floors: tuple[float, float], measured: Measured, cases: int) -> None:
    """Print the floor before and after, and each act with its price."""
    floor = min(floors)
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{cases} cases, one after the other; load {load} on {os.cpu_count()} cores")
    print(f"F, two bare commits: {floors[0]:.2f} ms before, {floors[1]:.2f} ms after\n")
    print(f"{'act':<24}{'n':>5}{'median ms':>11}{'x F':>7}{'statements':>12}")
    for name, took in measured.milliseconds.items():
        middle, sent = median(took), median(measured.statements[name])
        print(f"{name:<24}{len(took):>5}{middle:>11.1f}{middle / floor:>7.1f}{sent:>12.0f}")
    every = [one for took in measured.milliseconds.values() for one in took]
    print(f"\nAll acts: median {median(every):.1f} ms, {median(every) / floor:.1f} x F")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
