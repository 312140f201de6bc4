"""From the acts of two partnerships to one flow run: invited, accepted, delivered, carried."""

from contextvars import copy_context

import pytest

from flows.incident import incident
from services.casework.engine.reconciler import Reconciler
from services.casework.handlers import HANDLERS
from services.casework.operations.one_run import run_seen
from services.casework.steps.joint.answer import answer_invitation
from services.database import watch
from services.domain.joint_reviews import JointAnswer
from services.domain.roles import Role
from services.orchestration import CONTINUED, FOR_GOOD, RunState, tags_of
from services.orchestration.memory import MemoryFlows
from tasks.run import RunSetup, set_up
from tests import joint_factories
from tests.carried_cases import HERE
from tests.desk import Desk
from tests.joint import WHEN, Practising


@pytest.fixture
def desk(joint) -> Desk:
    return Practising(joint.world, when=WHEN)


def carry(desk, flows, case_id):
    """Carry the case's run to its rest, as a worker does."""

    def run():
        set_up(RunSetup(desk, HANDLERS, HERE))
        incident.fn(str(case_id))

    run_id = watch.case_of(desk.engine, case_id).flow_run_id
    flows.becomes(run_id, RunState.RUNNING)
    copy_context().run(run)
    flows.becomes(run_id, RunState.PAUSED)


def runs_of(flows, partnerships):
    """Return the open runs of these partnerships; other tests leave cases in the same database."""
    own = {f"tenant:{one}" for one in partnerships}
    return [run for run in flows.known.values() if run.state not in FOR_GOOD and run.tags & own]


def test_from_the_delivered_acceptance_on_one_run_carries_what_both_sides_order(joint, desk):
    flows = MemoryFlows()
    reconciler = Reconciler(desk, flows, lambda: 0.0)
    theirs = joint.invited()
    for case_id in (joint.case_id, theirs):
        assert reconciler.wake(case_id)
        carry(desk, flows, case_id)
    own = watch.case_of(desk.engine, theirs).flow_run_id
    accept(joint, theirs)
    assert watch.case_of(desk.engine, theirs).case_id == theirs, "it is not delivered yet"
    carry(desk, flows, theirs)
    reconciler.run_once([theirs])
    both = (joint.world.ours.partnership_id, joint.theirs.partnership_id)
    (shared,) = runs_of(flows, both)
    assert shared.id == watch.case_of(desk.engine, theirs).flow_run_id
    assert shared.tags == tags_of(both)
    assert flows.known[own].name == CONTINUED
    joint.end_sharing()
    assert reconciler.wake(theirs), "an act of either side wakes the one run"
    carry(desk, flows, joint.case_id)
    assert not watch.case_of(desk.engine, theirs).has_undone_work
    assert len(runs_of(flows, both)) == 1
    for case_id, led_by in ((joint.case_id, None), (theirs, joint.case_id)):
        seen = run_seen(desk, case_id)
        assert seen.waiting.run.flow_run_id == shared.id
        assert (len(seen.shared_with), seen.led_by) == (1, led_by)


def accept(joint, case_id):
    with joint.world.act(joint.theirs.actor(Role.REVIEW_GROUP_CHAIR), joint.when) as work:
        command = joint_factories.answer_invitation(answer=JointAnswer.ACCEPTED)
        answer_invitation(work, case_id, command)
