"""The parts of the worker that need no server: fair turns, threads, and processes of their own."""

import sys
import threading
from collections import deque
from contextlib import nullcontext
from contextvars import ContextVar
from dataclasses import replace
from uuid import UUID, uuid4

from prefect.client.schemas.objects import FlowRun

from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration.lone_process import LoneEnd, LoneProcess
from services.orchestration.run_control import RunControl
from services.orchestration.run_pool import CarriedRun, RunPool
from services.orchestration.turns import Turns

A, B, C = (PartnershipId(UUID(int=number)) for number in (1, 2, 3))


def cases(count):
    return [CaseId(uuid4()) for _ in range(count)]


def test_partnerships_take_turns_and_a_flood_delays_another_by_one():
    turns, flood, (other,) = Turns(), cases(60), cases(1)
    for case_id in flood:
        turns.put(A, case_id)
    assert list(turns.take(4)) == flood[:4]
    turns.put(B, other)
    assert turns.take(2) == {flood[4]: A, other: B}
    assert list(turns.take(100)) == flood[5:]


def test_no_partnership_has_the_last_thread_and_what_waits_for_one_is_not_lost():
    turns, flood, (other,) = Turns(), cases(5), cases(1)
    for case_id in flood:
        turns.put(A, case_id)
    assert list(turns.take(3, each=2)) == flood[:2]
    assert turns.take(1, in_hand=[A, A], each=2) == {}, "there is room, and not for this one"
    turns.put(B, other)
    assert turns.take(1, in_hand=[A, A], each=2) == {other: B}
    assert list(turns.take(2, in_hand=[A, B], each=2)) == flood[2:3]
    assert list(turns.take(9)) == flood[3:]


def test_a_case_waits_once_and_three_partnerships_are_served_alike():
    turns, mine, its, theirs = Turns(), cases(3), cases(3), cases(3)
    for _ in range(2):
        for trio in zip(mine, its, theirs, strict=True):
            for partnership_id, case_id in zip((A, B, C), trio, strict=True):
                turns.put(partnership_id, case_id)
    assert list(turns.take(6)) == [mine[0], its[0], theirs[0], mine[1], its[1], theirs[1]]
    assert list(turns.take(6)) == [mine[2], its[2], theirs[2]]


def test_a_run_may_begin_no_piece_once_it_is_to_end_and_tells_how_long_one_goes_on():
    now = [10.0]
    control = RunControl(lambda: now[0])
    assert control.working_for() == 0
    assert control.may_begin()
    now[0] = 15.0
    assert control.working_for() == 5
    control.rest()
    assert control.working_for() == 0
    control.end()
    assert not control.may_begin()
    assert control.working_for() == 0


def a_run(*, is_alone=False):
    run = FlowRun(id=uuid4(), flow_id=uuid4(), name="case", parameters={"case_id": str(uuid4())})
    return CarriedRun(run, is_alone)


def test_the_pool_takes_as_many_as_it_has_threads_and_one_more_alone():
    gate, done = threading.Event(), deque()

    def carry(carried):
        gate.wait(10)
        done.append(carried)

    free = threading.Semaphore(0)
    pool = RunPool(threads=2, thread_context=nullcontext, carry=carry, on_free=free.release)
    pool.start()
    first = a_run()
    assert pool.take(first)
    assert not pool.take(replace(first)), "it is here already"
    assert pool.take(a_run())
    assert not pool.take(a_run()), "no thread is free"
    assert pool.take(a_run(is_alone=True)), "suspects have a lane of their own"
    assert not pool.take(a_run(is_alone=True))
    assert (pool.room(is_alone=False), pool.room(is_alone=True)) == (0, 0)
    gate.set()
    for _ in range(3):
        assert free.acquire(timeout=10)
    assert len(done) == 3
    assert (pool.room(is_alone=False), pool.room(is_alone=True)) == (2, 1)
    pool.stop(5)
    assert pool.carried() == []


def test_nothing_of_one_run_reaches_the_next_and_an_error_ends_no_thread():
    left, seen = ContextVar("left", default="nothing"), deque()
    free = threading.Semaphore(0)

    def carry(_carried):
        seen.append(left.get())
        left.set("something")
        raise ValueError("7")

    pool = RunPool(threads=1, thread_context=nullcontext, carry=carry, on_free=free.release)
    pool.start()
    for _ in range(2):
        assert pool.take(a_run())
        assert free.acquire(timeout=10)
    assert list(seen) == ["nothing", "nothing"]
    pool.stop(5)


def python(program):
    return LoneProcess([sys.executable, "-c", program])


def test_a_process_of_its_own_ends_well_or_is_lost_or_is_stopped():
    assert python("").run(lambda: True) is LoneEnd.ORDERLY
    assert python("import os; os.kill(os.getpid(), 9)").run(lambda: True) is LoneEnd.LOST
    assert python("import os; os._exit(75)").run(lambda: True) is LoneEnd.LOST
    assert python("import time; time.sleep(60)").run(lambda: False) is LoneEnd.STOPPED


def test_its_standard_input_is_open_as_long_as_its_parent_lives():
    answers = iter([True, True, False])
    waits = "import sys, os; sys.stdin.read(); os._exit(76)"
    assert python(waits).run(lambda: next(answers)) is LoneEnd.STOPPED


RESTING = CaseRun(
    tenant_id=A,
    case_id=CaseId(UUID(int=2)),
    reference="EX-1",
    flow_run_id=UUID(int=7),
    attempt=1,
    has_due_work=False,
    has_undone_work=False,
    is_leased=False,
    is_suspect=False,
    holder_died=False,
    closed=False,
    ended=False,
    stage="rapid_review",
)


def test_a_case_is_woken_when_there_is_something_to_do_and_nobody_carries_it():
    due = replace(RESTING, has_due_work=True, has_undone_work=True)
    closed = replace(RESTING, closed=True)
    assert not RESTING.is_to_be_woken
    assert replace(RESTING, flow_run_id=None).is_to_be_woken
    assert due.is_to_be_woken
    assert not replace(due, is_leased=True).is_to_be_woken
    assert closed.is_to_be_woken, "its run is to end"
    assert not replace(closed, has_undone_work=True).is_to_be_woken
    assert not replace(closed, ended=True).is_to_be_woken
