"""Where the record and the flow engine differ, one choose_action is right."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from services.domain.case_run import CaseRun
from services.domain.identifiers import CaseId, PartnershipId
from services.orchestration import Run, RunState
from services.orchestration.reconcile_rules import RunAction, RunObserver, choose_action

RUN = UUID(int=7)
RESTING = CaseRun(
    tenant_id=PartnershipId(UUID(int=1)),
    case_id=CaseId(UUID(int=2)),
    reference="EX-1",
    flow_run_id=RUN,
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
DUE = replace(RESTING, has_due_work=True, has_undone_work=True)
HELD = replace(DUE, is_leased=True)
CLOSED = replace(RESTING, closed=True, stage="closed")
ENDED = replace(CLOSED, ended=True)


def a_run(state: RunState, mark: str = "a") -> Run:
    return Run(RUN, state, state.value.title(), "", mark)


@pytest.mark.parametrize(
    ("case", "state", "unchanged", "chosen"),
    [
        (replace(RESTING, flow_run_id=None), None, 0, RunAction.START),
        (RESTING, None, 0, RunAction.NEXT_ATTEMPT),
        (RESTING, RunState.PAUSED, 99, RunAction.NOTHING),
        (DUE, RunState.PAUSED, 0, RunAction.WAKE),
        (CLOSED, RunState.PAUSED, 0, RunAction.WAKE),
        (replace(CLOSED, has_undone_work=True), RunState.PAUSED, 0, RunAction.NOTHING),
        (replace(RESTING, holder_died=True), RunState.PAUSED, 0, RunAction.CLEAR_LEASE),
        (HELD, RunState.RUNNING, 99, RunAction.NOTHING),
        (DUE, RunState.RUNNING, 5, RunAction.NOTHING),
        (DUE, RunState.RUNNING, 13, RunAction.RESCHEDULE),
        (DUE, RunState.PENDING, 13, RunAction.RESCHEDULE),
        (DUE, RunState.SCHEDULED, 99, RunAction.NOTHING),
        (RESTING, RunState.CRASHED, 0, RunAction.RESCHEDULE),
        (RESTING, RunState.FAILED, 0, RunAction.RESCHEDULE),
        (RESTING, RunState.CANCELLED, 0, RunAction.NEXT_ATTEMPT),
        (DUE, RunState.CANCELLING, 5, RunAction.NOTHING),
        (DUE, RunState.CANCELLING, 13, RunAction.END_CANCELLING),
        (RESTING, RunState.COMPLETED, 0, RunAction.NEXT_ATTEMPT),
        (CLOSED, RunState.COMPLETED, 0, RunAction.KEEP_ENDED),
        (ENDED, RunState.COMPLETED, 0, RunAction.NOTHING),
        (replace(ENDED, has_due_work=True), RunState.COMPLETED, 0, RunAction.NEXT_ATTEMPT),
    ],
)
def test_each_difference_has_its_remedy(case, state, unchanged, chosen):
    assert choose_action(case, a_run(state) if state else None, unchanged) is chosen


def test_a_run_is_stale_by_how_long_this_watcher_has_seen_it_unchanged():
    now = 100.0
    watched = RunObserver(lambda: now)
    assert watched.unchanged(a_run(RunState.RUNNING)) == 0
    now = 110.0
    assert watched.unchanged(a_run(RunState.RUNNING)) == 10
    assert watched.unchanged(a_run(RunState.RUNNING, mark="b")) == 0


def test_a_run_that_keeps_failing_is_begun_again_ever_later_until_it_rests():
    watched = RunObserver(lambda: 0.0)
    assert [watched.delay(RUN) for _ in range(6)] == [0, 2, 10, 60, 300, 300]
    watched.unchanged(a_run(RunState.PAUSED))
    assert watched.delay(RUN) == 0
    assert watched.delay(uuid4()) == 0
