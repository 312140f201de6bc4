"""A case that every process hears of is asked about by one, and by the others if that is late."""

from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from uuid import uuid4

from deployments.worker.setup import ProcessName, WorkerSetup
from services.bootstrap import wall_clock
from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration.left_to_others import LEFT_FOR, LeftToOthers
from services.orchestration.prefect_client import PrefectClient
from services.orchestration.run_pool import RunPool
from services.orchestration.worker import Worker
from tests.orchestration.test_threads import RESTING, cases


def test_a_case_is_left_for_a_moment_and_then_taken_once():
    now = [10.0]
    left, (first, second, third) = LeftToOthers(lambda: now[0]), cases(3)
    left.put(first)
    now[0] += LEFT_FOR / 2
    left.put(first)
    left.put(second)
    assert left.take(9) == []
    now[0] += LEFT_FOR / 2
    left.put(third)
    assert left.take(9) == [first], "hearing of it again does not put it off"
    now[0] += LEFT_FOR
    assert left.take(1) == [second], "no more than there is room for"
    left.drop(third)
    assert left.take(9) == [], "it has come to its rest"
    assert not left


def test_every_case_has_one_process_that_is_first():
    setups = [
        WorkerSetup(
            name=ProcessName("here", str(slot), "life"),
            around=None,
            handlers={},
            client=PrefectClient("http://127.0.0.1:1"),
            listening_url="",
            run_jobs=lambda: None,
            alone=(),
            threads=2,
            processes=3,
        )
        for slot in (1, 2, 3)
    ]
    some = cases(60)
    firsts = [[setup.is_first(case_id) for setup in setups] for case_id in some]
    assert all(sum(one) == 1 for one in firsts)
    assert all(any(each) for each in zip(*firsts, strict=True)), "each has its part"
    alone = replace(setups[0], name=ProcessName("here", "7", "life"), processes=1)
    assert all(alone.is_first(case_id) for case_id in some)


@dataclass
class Record:
    """A record in which every case rests but those that are named, and what it was asked."""

    asked: list[CaseId] = field(default_factory=list)
    woken: list[CaseId] = field(default_factory=list)
    of: dict[CaseId, CaseRun] = field(default_factory=dict)
    on_wake: Callable[[CaseId], None] = lambda _case_id: None

    def case_of(self, case_id: CaseId) -> CaseRun:
        return self.cases_of([case_id])[0]

    def cases_of(self, case_ids: Collection[CaseId]) -> list[CaseRun]:
        self.asked += case_ids
        return [replace(self.of.get(one, RESTING), case_id=one) for one in case_ids]

    def wake(self, case_id: CaseId) -> bool:
        self.woken.append(case_id)
        self.on_wake(case_id)
        return False


def a_worker(record, is_first):
    """Return a worker whose threads are all free and whose Prefect is never asked."""
    nowhere = PrefectClient("http://127.0.0.1:1")
    pool = RunPool(threads=2, thread_context=nullcontext, carry=lambda _run: None)
    return Worker(
        name="here-1", client=nowhere, cases=record, pool=pool, now=wall_clock, is_first=is_first
    )


def test_a_worker_asks_for_its_own_at_once_and_for_anothers_when_that_is_late():
    now, record, (own, other, rested) = [10.0], Record(), cases(3)
    worker = a_worker(record, lambda case_id: case_id == own)
    worker._left = LeftToOthers(lambda: now[0])
    for case_id in (other, own, rested):
        worker.hear(case_id)
    worker._take_in()
    assert record.asked == [own]
    worker.drop(rested)
    now[0] += LEFT_FOR
    worker._take_in()
    assert record.asked == [own, other], "what has come to its rest is never asked about"


def test_what_waits_for_its_turn_is_not_asked_about_again():
    record, (waiting, called) = Record(), cases(2)
    worker = a_worker(record, lambda _case_id: True)
    worker._turns.put(RESTING.tenant_id, waiting)
    for case_id in (waiting, called):
        worker.call(case_id)
    worker._take_in()
    assert record.asked == [called]


def test_another_partnerships_case_that_is_heard_of_meanwhile_is_next():
    """Threads may end as quickly as they are filled: a flood is not emptied first."""
    *flood, late = cases(7)
    due = replace(RESTING, has_due_work=True)
    record = Record(of=dict.fromkeys(flood, due))
    record.of[late] = replace(due, tenant_id=PartnershipId(uuid4()))
    worker = a_worker(record, lambda _case_id: True)
    for case_id in flood:
        worker.call(case_id)
    record.on_wake = lambda case_id: worker.call(late) if case_id == flood[0] else None
    with ThreadPoolExecutor(1) as wakers:
        worker._take_in()
        worker._fill_threads(wakers)
    assert record.woken.index(late) < 3, "one or two were taken before it was heard of"
    assert set(record.woken) == {*flood, late}
