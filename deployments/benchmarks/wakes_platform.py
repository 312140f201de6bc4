"""A running platform as the benchmark of wakes sees it: its cases, its processes, its clock.

Orders are given and followed in SQL by the administrator, so that platforms of different commits
are asked the same; a trigger notes when a case's lease is taken, which is the first thing that the
flow's body does.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psutil
from sqlalchemy import Connection, Engine, TextClause, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from deployments import CHECKOUT
from deployments.local.environment import Platform
from deployments.local.external_services import ExternalServices
from deployments.local.home import Home
from deployments.local.part import all_statuses
from deployments.local.run_record import RunningPlatform

PARTS = ("worker", "prefect", "postgres")
PARTNERSHIPS = ("NMR", "SLT", "TRV")
BYSTANDER = PARTNERSHIPS[2]

_MARKS = """
create table if not exists benchmark_marks (case_id uuid, at timestamptz);
create or replace function benchmark_mark() returns trigger language plpgsql
  security definer set search_path = public as $$
  begin insert into benchmark_marks values (new.case_id, clock_timestamp()); return new; end $$;
create or replace trigger benchmark_mark after update of token on leases
  for each row when (new.token > old.token) execute function benchmark_mark();
"""
_NO_MARKS = """
drop trigger if exists benchmark_mark on leases;
drop function if exists benchmark_mark();
drop table if exists benchmark_marks;
"""
_CASES = text(
    "select c.id from cases c join partnerships p using (tenant_id) where p.code = :code"
    " and exists (select from due_work d where d.case_id = c.id and d.step = 'notify'"
    " and d.done_at is not null) order by c.opened_at desc, c.id limit :many"
)
# Orders are told apart by `digest` and say which version of a paper they mean; before they were
# typed, `subject` told them apart. What a table does not have is not written.
_KEY = text(
    "select column_name from information_schema.columns where table_name = 'due_work'"
    " and column_name in ('digest', 'subject')"
)
_ORDER = (
    "insert into due_work select (jsonb_populate_record(d, jsonb_build_object('{key}',"
    " cast(:order as text), 'done_at', null, 'attempts', 0, 'ordered_at', clock_timestamp(),"
    " 'not_before', clock_timestamp(), 'payload', coalesce(to_jsonb(d) -> 'payload', '{{}}')"
    " || jsonb_build_object('version', (select count(*) + 1 from due_work before"
    " where before.case_id = d.case_id and before.step = 'notify'))))).*"
    " from due_work d where d.case_id = :case"
    " and d.step = 'notify' and d.done_at is not null order by d.ordered_at limit 1"
)
_WAKE = text("select pg_notify('case_wake', :case)")
_DONE = "select done_at is not null from due_work where {key} = :order"
_SEEN = (
    "select extract(epoch from ordered_at) as ordered_at, extract(epoch from done_at) as done_at,"
    " (select extract(epoch from min(at)) from benchmark_marks m where m.case_id = d.case_id"
    " and m.at >= d.ordered_at) as body_at from due_work d where {key} = :order"
)
_UNRESTED = text(
    "select count(*) from cases c left join leases l on l.case_id = c.id where c.flow_run_id is"
    " null or l.until > clock_timestamp() or exists (select from due_work d where d.case_id = c.id"
    " and d.done_at is null and d.parked_at is null)"
)


@dataclass(frozen=True, slots=True)
class FollowedOrder:
    """What became of one order, in seconds of the database's clock."""

    ordered_at: float
    done_at: float
    body_at: float

    @property
    def to_body(self) -> float:
        """Return how long the flow's body took to begin."""
        return self.body_at - self.ordered_at

    @property
    def to_effect(self) -> float:
        """Return how long it took until the paper was on file."""
        return self.done_at - self.ordered_at


@dataclass(frozen=True, slots=True)
class CpuUse:
    """CPU seconds that each part has used, at one moment; or between two."""

    cpu: dict[str, float]
    wall: float

    def since(self, before: "CpuUse") -> "CpuUse":
        """Return what was used since then."""
        spent = {part: seconds - before.cpu[part] for part, seconds in self.cpu.items()}
        return CpuUse(spent, self.wall - before.wall)

    def each(self, times: int) -> dict[str, float]:
        """Return the share of one of so many."""
        return {part: round(seconds / max(1, times), 3) for part, seconds in self.cpu.items()}


@dataclass(frozen=True, slots=True)
class Orders:
    """The cases of the benchmark, and what is ordered on them."""

    link: Connection
    key: str
    cases: dict[str, list[UUID]]

    @property
    def count(self) -> int:
        """Return how many cases every partnership has at least."""
        return min(map(len, self.cases.values()))

    def give(self, code: str, number: int) -> str:
        """Order the paper of a case once more, in one commit with its wake; return the order."""
        cases = self.cases[code]
        case_id, order = cases[number % len(cases)], f"benchmark-{uuid4().hex}"
        with self.link.begin():
            self.link.execute(self._asked(_ORDER), {"case": case_id, "order": order})
            self.link.execute(_WAKE, {"case": str(case_id)})
        return order

    def is_done(self, order: str) -> bool:
        """Tell whether the paper is on file."""
        with self.link.begin():
            return bool(self.link.execute(self._asked(_DONE), {"order": order}).scalar_one())

    def seen(self, order: str) -> FollowedOrder:
        """Return when it was ordered, begun and done."""
        with self.link.begin():
            row = self.link.execute(self._asked(_SEEN), {"order": order}).one()
        return FollowedOrder(float(row.ordered_at), float(row.done_at), float(row.body_at))

    def _asked(self, question: str) -> TextClause:
        return text(question.format(key=self.key))


@dataclass(frozen=True)
class BenchmarkedPlatform:
    """The platform of one data folder, and the Python and checkout that it runs from."""

    home: Home
    python: str
    checkout: Path = CHECKOUT

    @property
    def engine(self) -> Engine:
        """Return the database as its administrator sees it."""
        platform = Platform(self.home, ExternalServices.found_in(os.environ))
        url = make_url(platform.keyline_url).set(drivername="postgresql+psycopg")
        return create_engine(url, poolclass=NullPool)

    def prepare(self, burst: int, program: tuple[str, ...] = ()) -> None:
        """Have cases put on record, by the acts of the platform's own commit."""
        counts = (burst, burst // 3 + 1, burst // 3 + 1)
        command = program or ("-m", "deployments.benchmarks.prepare")
        told = dict(RunningPlatform.of(self.home).settings)
        environment = {**os.environ, **told, "PYTHONPATH": str(self.checkout)}
        subprocess.run(  # noqa: S603 -- the program is ours
            [self.python, *command, *map(str, counts)],
            env=environment,
            cwd=self.checkout,
            check=True,
        )

    @contextmanager
    def orders(self) -> Iterator[Orders]:
        """Lend a link on which orders are given and followed; it leaves nothing behind."""
        engine = self.engine
        with engine.begin() as owner:
            owner.execute(text(_MARKS))
        try:
            with engine.connect() as link:
                with link.begin():
                    cases = {
                        code: [row.id for row in link.execute(_CASES, {"code": code, "many": 500})]
                        for code in PARTNERSHIPS
                    }
                    key = link.execute(_KEY).scalar_one()
                yield Orders(link, key, cases)
        finally:
            with engine.begin() as owner:
                owner.execute(text(_NO_MARKS))

    def wait_until_all_rest(self, patience: float) -> None:
        """Return when no case has anything to do, and the last processes have settled."""
        until = time.monotonic() + patience
        with self.engine.connect() as link:
            while _unrested(link) and time.monotonic() < until:
                time.sleep(0.5)
        time.sleep(3)

    def use(self) -> CpuUse:
        """Return the CPU seconds that each part has used up to now, with what it started."""
        cpu = {part: sum(map(_cpu_seconds, self._processes(part))) for part in PARTS}
        return CpuUse(cpu, time.monotonic())

    def memory(self) -> dict[str, int]:
        """Return the worker's memory in MB: its own and its share of what is shared, and all."""
        worker = [each.memory_full_info() for each in self._processes("worker")]
        return {
            "pss": round(sum(each.pss for each in worker) / 2**20),
            "rss": round(sum(each.rss for each in worker) / 2**20),
        }

    def _processes(self, part: str) -> list[psutil.Process]:
        (pid,) = (status.pid for status in all_statuses(self.home) if status.name == part)
        leader = psutil.Process(pid)
        return [leader, *leader.children(recursive=True)]


def _unrested(link: Connection) -> int:
    with link.begin():
        return int(link.execute(_UNRESTED).scalar_one())


def _cpu_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)
