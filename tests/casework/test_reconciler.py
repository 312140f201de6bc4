"""The reconciler brings the record and the flow engine together, as often as asked."""

from dataclasses import replace
from itertools import cycle

import pytest

from services.casework.effects import place_order
from services.casework.engine.case_leases import release
from services.casework.engine.reconciler import (
    A_ROUND_EVERY,
    LOOKS_AGAIN_AFTER,
    Reconciler,
)
from services.casework.engine.transactions import acting
from services.database import due_work, watch
from services.domain.errors import PrefectUnavailable
from services.domain.workflow import Stage, Step, StepState
from services.orchestration import RunState
from services.orchestration.memory import MemoryFlows
from tests.carried_cases import OURS, Toy, ToyNeighbours, a_case, leased, make_record, the_case


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def flows():
    return MemoryFlows()


@pytest.fixture
def reconciler(around, flows):
    """One whose worker has a free thread for every case."""
    made = Reconciler(around, flows, lambda: 0.0)
    made.call_worker = made.wake
    return made


def seen(around, case_id):
    return watch.case_of(around.engine, case_id)


def run_of(around, flows, case_id):
    return flows.known[seen(around, case_id).flow_run_id]


def test_a_wake_makes_the_cases_run_once_and_links_it(around, flows, reconciler):
    case_id = a_case(around)
    for _ in range(3):
        reconciler.wake(case_id)
    assert list(flows.known) == [seen(around, case_id).flow_run_id]


def test_a_wake_resumes_a_resting_run_only_when_there_is_work(around, flows, reconciler):
    case_id = a_case(around)
    reconciler.wake(case_id)
    run_id = rests(around, flows, case_id)
    assert not reconciler.wake(case_id)
    with acting(around, OURS) as work:
        place_order(work, case_id, Step.SCOPE, Toy(name="letter"))
    lease = leased(around, case_id)
    assert not reconciler.wake(case_id), "a process carries it and will find the work"
    release(around, lease)
    assert reconciler.wake(case_id)
    assert flows.known[run_id].state is RunState.SCHEDULED


def rests(around, flows, case_id):
    """Carry the case's run to its rest as a worker does; return its id."""
    release(around, leased(around, case_id))
    run_id = seen(around, case_id).flow_run_id
    flows.becomes(run_id, RunState.PAUSED)
    return run_id


def test_of_two_workers_that_hear_of_a_case_one_wakes_it(around, flows, reconciler):
    case_id = a_case(around)
    reconciler.wake(case_id)
    run_id = rests(around, flows, case_id)
    with acting(around, OURS) as work:
        place_order(work, case_id, Step.SCOPE, Toy(name="letter"))
    other = Reconciler(around, flows, lambda: 0.0)
    assert [other.wake(case_id), reconciler.wake(case_id)] == [True, False]
    flows.becomes(run_id, RunState.PAUSED)
    assert not reconciler.wake(case_id), "for a moment, whatever the engine says"


def test_the_runs_of_a_process_that_is_known_to_be_gone_are_scheduled_again(
    around, flows, reconciler
):
    lost, waiting = a_case(around), a_case(around)
    for case_id in (lost, waiting):
        reconciler.wake(case_id)
        release(around, leased(around, case_id))
    flows.becomes(seen(around, lost).flow_run_id, RunState.RUNNING)
    flows.becomes(seen(around, waiting).flow_run_id, RunState.PAUSED)
    reconciler.reschedule([lost, waiting])
    assert run_of(around, flows, lost).state is RunState.SCHEDULED
    assert run_of(around, flows, waiting).state is RunState.PAUSED


def test_a_look_finds_cases_without_a_run_and_resting_runs_with_work(around, flows, reconciler):
    case_id = a_case(around, orders=((Step.SCOPE, "letter", ""),))
    called = []
    reconciler.call_worker = called.append
    reconciler.run_once()
    assert case_id in called, "the worker starts it when it has a free thread"
    assert reconciler.wake(case_id)
    flows.becomes(seen(around, case_id).flow_run_id, RunState.PAUSED)
    called.clear()
    reconciler.run_once()
    assert case_id in called, "and so it wakes it"
    assert run_of(around, flows, case_id).state is RunState.PAUSED


def test_a_cancelled_run_is_followed_by_the_next_attempts(around, flows, reconciler):
    case_id = a_case(around)
    reconciler.run_once()
    first = seen(around, case_id).flow_run_id
    flows.becomes(first, RunState.CANCELLED)
    reconciler.run_once([case_id])
    assert seen(around, case_id).attempt == 2
    assert seen(around, case_id).flow_run_id != first


def test_two_reconcilers_that_see_the_same_make_one_next_attempt(around, flows, reconciler):
    case_id = a_case(around)
    reconciler.run_once()
    stale = seen(around, case_id)
    for _ in range(2):
        reconciler._start(replace(stale, attempt=2))
    assert seen(around, case_id).attempt == 2
    assert len([one for one in flows.known if one != stale.flow_run_id]) >= 1


def test_how_the_steps_stand_is_shown_while_nobody_carries_the_case(around, flows, reconciler):
    case_id = a_case(around, stage=Stage.COMMISSIONING)
    reconciler.run_once()
    lease = leased(around, case_id)
    reconciler.run_once([case_id])
    run_id = seen(around, case_id).flow_run_id
    assert run_id not in flows.shown
    release(around, lease)
    reconciler.run_once([case_id])
    states = [one.state for one in flows.shown[run_id]]
    assert states == [StepState.COMPLETED] * 4 + [StepState.WAITING] + [StepState.NOT_STARTED] * 2


def test_a_closed_cases_run_is_seen_to_its_end_and_then_left_alone(around, flows, reconciler):
    case_id = a_case(around, stage=Stage.CLOSED)
    reconciler.run_once()
    run_id = seen(around, case_id).flow_run_id
    flows.becomes(run_id, RunState.COMPLETED)
    reconciler.run_once([case_id])
    assert seen(around, case_id).ended
    with the_case(around, case_id) as (work, case):
        case.stage = Stage.REFERRED
        work.session.flush()
        due_work.wake(work, case_id)
    reconciler.run_once([case_id])
    assert seen(around, case_id).attempt == 2


def test_while_the_engine_is_away_the_record_is_as_it_was(around, flows, reconciler):
    case_id = a_case(around, orders=((Step.SCOPE, "letter", ""),))
    flows.is_away = True
    with pytest.raises(PrefectUnavailable):
        reconciler.run_once([case_id])
    assert seen(around, case_id).flow_run_id is None
    flows.is_away = False
    reconciler.run_once()
    assert seen(around, case_id).flow_run_id in flows.known


def test_the_round_reads_a_case_again_only_when_something_moved_or_long_after(around, flows):
    now, stages = [0.0], cycle((Stage.PUBLICATION, Stage.COMMISSIONING))
    reconciler = Reconciler(around, flows, lambda: now[0])
    case_id = a_case(around, stage=Stage.COMMISSIONING)
    reconciler.wake(case_id)
    run_id = rests(around, flows, case_id)

    def shown_in_a_round(after: float = A_ROUND_EVERY) -> bool:
        """Change the case where no act does, look, and tell whether the look has read it."""
        with the_case(around, case_id) as (_work, case):
            case.stage = next(stages)
        flows.shown.pop(run_id, None)
        now[0] += after
        reconciler.run_once()
        return run_id in flows.shown

    assert shown_in_a_round(), "it was never shown by this process"
    assert not shown_in_a_round(), "nobody spoke of it"
    flows.becomes(run_id, RunState.PAUSED)
    assert shown_in_a_round(), "its run has another state"
    assert shown_in_a_round(after=LOOKS_AGAIN_AFTER)
    flows.shown.pop(run_id, None)
    with the_case(around, case_id) as (_work, case):
        case.stage = Stage.RAPID_REVIEW
    reconciler.run_once([case_id])
    assert run_id in flows.shown, "it was spoken of"
