"""With a real Prefect server and workers: one open run for one joint review at every rest."""

from contextlib import contextmanager

import pytest
from sqlalchemy import text

from services.casework.engine.transactions import acting
from services.database import due_work
from services.database.cases import get_case
from services.domain.workflow import Stage, Step
from services.orchestration import CONTINUED, FOR_GOOD
from services.orchestration.deployment_registry import queue_of
from tests.carried_cases import OURS, THEIRS, the_case, toys
from tests.joint_cases import change_lead, join, let_go_on, pause, two_cases
from tests.orchestration.conftest import eventually, is_at_the_gate

NAMES = {f"tenant:{OURS}", f"tenant:{THEIRS}", "keyline", "joint"}
STEPS = sorted(step.value for step in Step)


def runs(stage, review):
    """Return every flow run of both cases, the oldest first."""
    names = [f"case-{review.leading}", f"case-{review.joining}"]
    asked = {"flow_runs": {"name": {"any_": names}}, "sort": "START_TIME_ASC", "limit": 50}
    return stage.server.need("POST", "/flow_runs/filter", asked)


def open_runs(stage, review):
    return [run for run in runs(stage, review) if run["state_type"] not in FOR_GOOD]


def own_run(stage, side, case_id):
    """Return the run that the side's own case is linked to, as Prefect tells it."""
    with acting(stage.around, side) as work:
        run_id = get_case(work.session, case_id).flow_run_id
    return stage.server.need("GET", f"/flow_runs/{run_id}") if run_id else {"state_type": None}


def task_runs(stage, run):
    asked = {"flow_runs": {"id": {"any_": [run["id"]]}}}
    return stage.server.need("POST", "/task_runs/filter", asked)


def rest(stage, review):
    """Wait until what is ordered is done and each open run rests; return the open runs."""

    found = []

    def is_at_rest():
        found[:] = open_runs(stage, review)
        busy = any(stage.case(one).has_due_work for one in (review.leading, review.joining))
        return bool(found) and not busy and all(run["state_type"] == "PAUSED" for run in found)

    eventually(is_at_rest, f"it should rest: {[run['state_name'] for run in runs(stage, review)]}")
    return list(found)


def one_shared_run(stage, review, but_not=None):
    """Wait for the rest at which one run is open and names both sides; return that run."""
    seen = []

    def is_shared():
        seen[:] = rest(stage, review)
        (run, *others) = seen
        return not others and set(run["tags"]) == NAMES and run["id"] != but_not

    eventually(is_shared, f"one run should be open, and name both: {seen}")
    return seen[0]


@pytest.fixture
def review(stage):
    """Two cases that have each come to a rest in a run of their own."""
    review = two_cases(stage.around)
    for side in (OURS, THEIRS):
        review.order(side, Step.NOTIFY, "paper")
    eventually(lambda: len(rest(stage, review)) == 2, "each should rest in its own run")
    for side, case_id in ((OURS, review.leading), (THEIRS, review.joining)):
        eventually(
            lambda side=side, case_id=case_id: (
                len(task_runs(stage, own_run(stage, side, case_id))) == 7
            ),
            "its steps should be shown",
        )
    return review


@pytest.fixture
def joint(stage, review):
    join(review)
    one_shared_run(stage, review)
    return review


def test_from_acceptance_on_one_run_is_open_and_the_other_says_where_it_goes_on(stage, review):
    lead = own_run(stage, OURS, review.leading)
    join(review)
    shared = one_shared_run(stage, review)
    assert shared["id"] == lead["id"]
    ended = own_run(stage, THEIRS, review.joining)
    assert (ended["state_type"], ended["state_name"]) == ("COMPLETED", CONTINUED)
    assert shared["id"] in ended["state"]["message"]
    steps = task_runs(stage, ended)
    assert {step["state_type"] for step in steps} == {"COMPLETED"}
    assert len(steps) == 7
    assert CONTINUED in {step["state_name"] for step in steps}


def test_both_sides_act_and_each_step_of_the_one_run_is_shown_once(stage, joint):
    for step in (Step.SCOPE, Step.MEET):
        for side in (THEIRS, OURS):
            joint.order(side, step, "paper")
    shared = one_shared_run(stage, joint)
    for case_id in (joint.leading, joint.joining):
        assert toys(stage.around, case_id) == [
            (step, "paper", "") for step in ("meet", "notify", "scope")
        ]
    joint.order(THEIRS, Step.SUBMIT, "paper")
    assert one_shared_run(stage, joint)["id"] == shared["id"]
    assert ("submit", "paper", "") in toys(stage.around, joint.joining)
    # Prefect hears of a task run by events, which arrive after the run rests: its name with them.
    eventually(
        lambda: sorted(step["name"] for step in task_runs(stage, shared)) == STEPS,
        f"each step should be shown once: {[step['name'] for step in task_runs(stage, shared)]}",
    )
    assert own_run(stage, THEIRS, joint.joining)["state_name"] == CONTINUED


def test_a_change_of_lead_goes_on_in_the_new_leads_queue(stage, joint):
    old = one_shared_run(stage, joint)
    change_lead(joint)
    shared = one_shared_run(stage, joint, but_not=old["id"])
    assert shared["work_queue_name"] == queue_of(THEIRS)
    assert old["work_queue_name"] == queue_of(OURS)
    ended = own_run(stage, OURS, joint.leading)
    assert (ended["id"], ended["state_name"]) == (old["id"], CONTINUED)
    assert shared["id"] in ended["state"]["message"]
    nothing_waits_on_ended_runs(stage, joint)
    joint.order(OURS, Step.SCOPE, "after")
    one_shared_run(stage, joint)
    assert ("scope", "after", "") in toys(stage.around, joint.leading)
    assert len(runs(stage, joint)) == 3
    nothing_waits_on_ended_runs(stage, joint)


def nothing_waits_on_ended_runs(stage, review):
    def steps():
        ended = [run for run in runs(stage, review) if run["state_type"] in FOR_GOOD]
        return {step["state_type"] for run in ended for step in task_runs(stage, run)}

    eventually(lambda: steps() == {"COMPLETED"}, f"no step should wait: {steps()}")


def test_when_the_lead_closes_the_other_goes_on_alone_to_its_own_end(stage, joint):
    shared = one_shared_run(stage, joint)
    close(stage, OURS, joint.leading)
    eventually(
        lambda: stage.server.need("GET", f"/flow_runs/{shared['id']}")["state_type"] == "COMPLETED",
        "the shared run should end",
    )
    eventually(
        lambda: (
            set(own_run(stage, THEIRS, joint.joining)["tags"]) == {f"tenant:{THEIRS}", "keyline"}
            and len(rest(stage, joint)) == 1
        ),
        "the other should go on alone",
    )
    joint.order(THEIRS, Step.EMBED, "audit")
    rest(stage, joint)
    assert ("embed", "audit", "") in toys(stage.around, joint.joining)
    close(stage, THEIRS, joint.joining)
    eventually(lambda: open_runs(stage, joint) == [], "both should have ended")
    nothing_waits_on_ended_runs(stage, joint)
    ends = [run["state_name"] for run in runs(stage, joint)]
    assert sorted(ends) == ["Completed", "Completed", CONTINUED]


def close(stage, side, case_id):
    with the_case(stage.around, case_id, side) as (work, case):
        case.stage = Stage.CLOSED
        work.session.flush()
        due_work.wake(work, case_id)


def test_a_shared_run_that_is_deleted_or_cancelled_is_made_again_with_every_name(stage, joint):
    first = one_shared_run(stage, joint)
    stage.server.ask("DELETE", f"/flow_runs/{first['id']}")
    joint.order(THEIRS, Step.SCOPE, "paper")
    second = one_shared_run(stage, joint, but_not=first["id"])
    cancelling = {"state": {"type": "CANCELLING", "name": "Cancelling"}}
    stage.server.need("POST", f"/flow_runs/{second['id']}/set_state", cancelling)
    one_shared_run(stage, joint, but_not=second["id"])
    assert ("scope", "paper", "") in toys(stage.around, joint.joining)


@contextmanager
def at_the_gate(stage, review, side, case_id):
    """Hold the side's work in its middle until the end of the block."""
    with stage.around.engine.connect() as gate:
        shut = {"case": str(case_id)}
        gate.execute(text("select pg_advisory_lock(hashtext(:case))"), shut)
        review.order(side, Step.SUBMIT, "gated")
        eventually(lambda: is_at_the_gate(gate), "it should begin")
        yield
        gate.execute(text("select pg_advisory_unlock(hashtext(:case))"), shut)


def test_a_run_that_is_under_way_when_it_is_joined_ends_at_its_next_rest(stage, review):
    with at_the_gate(stage, review, THEIRS, review.joining):
        join(review)
        review.order(OURS, Step.SCOPE, "meanwhile")
        eventually(
            lambda: ("scope", "meanwhile", "") in toys(stage.around, review.leading),
            "the lead's work goes on",
        )
        assert own_run(stage, THEIRS, review.joining)["state_type"] == "RUNNING"
    one_shared_run(stage, review)
    assert own_run(stage, THEIRS, review.joining)["state_name"] == CONTINUED
    assert toys(stage.around, review.joining).count(("submit", "gated", "")) == 1


def test_an_ended_run_that_is_begun_again_ends_itself(stage, joint):
    """As one does that was claimed while it was ended, or that an operator has retried."""
    joint.order(THEIRS, Step.SCOPE, "paper")
    shared = one_shared_run(stage, joint)
    own = own_run(stage, THEIRS, joint.joining)
    again = {"state": {"type": "SCHEDULED", "name": "Scheduled"}, "force": True}
    stage.server.need("POST", f"/flow_runs/{own['id']}/set_state", again)

    def has_ended_again():
        seen = own_run(stage, THEIRS, joint.joining)
        return seen["state_name"] == CONTINUED and seen["state_id"] != own["state_id"]

    eventually(has_ended_again, f"it should end: {own_run(stage, THEIRS, joint.joining)}")
    assert one_shared_run(stage, joint)["id"] == shared["id"]
    assert toys(stage.around, joint.joining).count(("scope", "paper", "")) == 1


@pytest.mark.whole
def test_a_worker_killed_with_both_sides_in_hand_leaves_each_piece_done_once(stage, joint):
    with at_the_gate(stage, joint, THEIRS, joint.joining):
        joint.order(OURS, Step.SUBMIT, "paper")
        killed = stage.worker_of(joint.leading)
        assert killed == stage.worker_of(joint.joining)
        stage.kill(killed, with_children=True)
        stage.start_worker(killed.removeprefix("worker-"))
    one_shared_run(stage, joint)
    assert toys(stage.around, joint.leading).count(("submit", "paper", "")) == 1
    assert toys(stage.around, joint.joining).count(("submit", "gated", "")) == 1


@pytest.mark.whole
def test_work_of_one_side_that_kills_its_process_is_set_aside_and_the_others_goes_on(stage, joint):
    joint.order(THEIRS, Step.MEET, "kills")

    def is_set_aside():
        stage.revive()
        with acting(stage.around, THEIRS) as work:
            hurry = "update due_work set not_before = clock_timestamp() where parked_at is null"
            work.session.execute(text(f"{hurry} and case_id = :case"), {"case": joint.joining})
            found = due_work.open_work(work, joint.joining)
            return [one.lost_alone for one in found if one.parked_at is not None] == [3]

    eventually(is_set_aside, "it should be set aside", 300)
    stage.revive()
    joint.order(OURS, Step.SUBMIT, "ours")
    joint.order(THEIRS, Step.SUBMIT, "theirs")
    shared = one_shared_run(stage, joint)
    assert ("submit", "ours", "") in toys(stage.around, joint.leading)
    assert ("submit", "theirs", "") in toys(stage.around, joint.joining)
    assert shared["state_name"] == "Set aside"


def test_a_paused_lead_holds_its_own_orders_while_the_run_goes_on_for_the_other(stage, joint):
    pause(stage.around, OURS, "For this test.")
    try:
        joint.order(OURS, Step.SCOPE, "ours")
        joint.order(THEIRS, Step.SCOPE, "theirs")
        one_shared_run(stage, joint)
        assert ("scope", "theirs", "") in toys(stage.around, joint.joining)
        assert ("scope", "ours", "") not in toys(stage.around, joint.leading)
    finally:
        let_go_on(stage.around, OURS)
    one_shared_run(stage, joint)
    assert ("scope", "ours", "") in toys(stage.around, joint.leading)
