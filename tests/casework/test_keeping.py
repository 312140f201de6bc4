"""The keeper brings the record and the flow engine together, in either order, as often as asked."""

from dataclasses import replace

import pytest

from services.casework.engine.reconciler import Keeper
from services.casework.engine.work_runner import acting, release
from services.database import due_work, watch
from services.domain.errors import PrefectUnavailable
from services.domain.steps import Step, StepState
from services.domain.workflow import Stage
from services.orchestration import RunState
from services.orchestration.memory import MemoryFlows
from tests.carried_cases import OURS, ToyNeighbours, a_case, leased, make_record, the_case


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def flows():
    return MemoryFlows()


@pytest.fixture
def keeper(around, flows):
    return Keeper(around, flows, lambda: 0.0)


def seen(around, case_id):
    return watch.case_of(around.engine, case_id)


def run_of(around, flows, case_id):
    return flows.known[seen(around, case_id).flow_run_id]


def test_a_wake_makes_the_cases_run_once_and_links_it(around, flows, keeper):
    case_id = a_case(around)
    for _ in range(3):
        keeper.wake(case_id)
    assert list(flows.known) == [seen(around, case_id).flow_run_id]


def test_a_wake_resumes_a_resting_run_only_when_there_is_work(around, flows, keeper):
    case_id = a_case(around)
    keeper.wake(case_id)
    run_id = seen(around, case_id).flow_run_id
    flows.becomes(run_id, RunState.PAUSED)
    keeper.wake(case_id)
    assert flows.known[run_id].state is RunState.PAUSED
    with acting(around, OURS) as work:
        due_work.order(work, case_id, Step.SCOPE, "letter")
    keeper.wake(case_id)
    assert flows.known[run_id].state is RunState.SCHEDULED


def test_a_look_finds_cases_without_a_run_and_resting_runs_with_work(around, flows, keeper):
    case_id = a_case(around, orders=((Step.SCOPE, "letter", ""),))
    keeper.look()
    flows.becomes(seen(around, case_id).flow_run_id, RunState.PAUSED)
    keeper.look()
    assert run_of(around, flows, case_id).state is RunState.SCHEDULED


def test_a_cancelled_run_is_followed_by_the_next_attempts(around, flows, keeper):
    case_id = a_case(around)
    keeper.look()
    first = seen(around, case_id).flow_run_id
    flows.becomes(first, RunState.CANCELLED)
    keeper.look([case_id])
    assert seen(around, case_id).attempt == 2
    assert seen(around, case_id).flow_run_id != first


def test_two_keepers_that_see_the_same_make_one_next_attempt(around, flows, keeper):
    case_id = a_case(around)
    keeper.look()
    stale = seen(around, case_id)
    for _ in range(2):
        keeper._start(replace(stale, attempt=2))
    assert seen(around, case_id).attempt == 2
    assert len([one for one in flows.known if one != stale.flow_run_id]) >= 1


def test_how_the_steps_stand_is_shown_while_nobody_carries_the_case(around, flows, keeper):
    case_id = a_case(around, stage=Stage.COMMISSIONING)
    keeper.look()
    lease = leased(around, case_id)
    keeper.look([case_id])
    run_id = seen(around, case_id).flow_run_id
    assert run_id not in flows.shown
    release(around, lease)
    keeper.look([case_id])
    states = [one.state for one in flows.shown[run_id]]
    assert states == [StepState.COMPLETED] * 4 + [StepState.WAITING] + [StepState.NOT_STARTED] * 2


def test_a_closed_cases_run_is_seen_to_its_end_and_then_left_alone(around, flows, keeper):
    case_id = a_case(around, stage=Stage.CLOSED)
    keeper.look()
    run_id = seen(around, case_id).flow_run_id
    flows.becomes(run_id, RunState.COMPLETED)
    keeper.look([case_id])
    assert seen(around, case_id).ended
    with the_case(around, case_id) as (work, case):
        case.stage = Stage.REFERRED
        work.session.flush()
        due_work.wake(work, case_id)
    keeper.look([case_id])
    assert seen(around, case_id).attempt == 2


def test_while_the_engine_is_away_the_record_is_as_it_was(around, flows, keeper):
    case_id = a_case(around, orders=((Step.SCOPE, "letter", ""),))
    flows.is_away = True
    with pytest.raises(PrefectUnavailable):
        keeper.look([case_id])
    assert seen(around, case_id).flow_run_id is None
    flows.is_away = False
    keeper.look()
    assert seen(around, case_id).flow_run_id in flows.known
