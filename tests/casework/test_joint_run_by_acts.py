"""From the acts of two partnerships to one flow run: invited, accepted, delivered, carried."""

from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial

import pytest

from flows.incident import incident
from services.casework.engine.operations import partnerships_watched
from services.casework.engine.reconciler import Reconciler
from services.casework.handlers import HANDLERS
from services.casework.steps.joint_answer import answer_invitation
from services.database import watch
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointAnswer
from services.domain.roles import Role
from services.orchestration import CONTINUED, FOR_GOOD, SHARED_PART_ENDED, RunState, tags_of
from services.orchestration.memory import MemoryFlows
from tasks.run import RunSetup, set_up
from tests import joint_factories
from tests.carried_cases import HERE
from tests.desk import Desk
from tests.joint import WHEN, Joint, Practising
from tests.joint_changes import Changing


@pytest.fixture
def joint(world):
    return Joint(world)


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


def open_runs(flows):
    return [run for run in flows.known.values() if run.state not in FOR_GOOD]


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
    (shared,) = open_runs(flows)
    both = (joint.world.ours.partnership_id, joint.theirs.partnership_id)
    assert shared.id == watch.case_of(desk.engine, theirs).flow_run_id
    assert shared.tags == tags_of(both)
    assert flows.known[own].name == CONTINUED
    joint.end_sharing()
    assert reconciler.wake(theirs), "an act of either side wakes the one run"
    carry(desk, flows, joint.case_id)
    assert not watch.case_of(desk.engine, theirs).has_undone_work
    assert len(open_runs(flows)) == 1
    watched = {case.case_id: case for one in partnerships_watched(desk) for case in one.cases}
    for case_id in (joint.case_id, theirs):
        assert watched[case_id].flow_run_id == shared.id
        assert len(watched[case_id].shared_with) == 1


def accept(joint, case_id):
    with joint.world.act(joint.theirs.actor(Role.REVIEW_GROUP_CHAIR), joint.when) as work:
        command = joint_factories.answer_invitation(answer=JointAnswer.ACCEPTED)
        answer_invitation(work, case_id, command)


@dataclass
class CarriedByActs:
    """A joint review of two whose acts are carried by the run of the case that leads."""

    joint: Changing
    flows: MemoryFlows = field(default_factory=MemoryFlows)

    def __post_init__(self) -> None:
        self.desk = Practising(self.joint.world, when=WHEN)
        self.reconciler = Reconciler(self.desk, self.flows, lambda: 0.0)
        self.joint.theirs_case = self.joint.joined()
        self.joint.shared_back()
        assert self.reconciler.wake(self.joint.case_id)

    def carried(self, act=None):
        """Do an act, carry what it left, look at both cases; return the runs that are open."""
        if act is not None:
            act()
        carry(
            self.desk, self.flows, watch.case_of(self.desk.engine, self.joint.theirs_case).case_id
        )
        self.reconciler.run_once([self.joint.case_id, self.joint.theirs_case])
        return [
            run for run in open_runs(self.flows) if run.tags & tags_of(self.sides) - {"keyline"}
        ]

    @property
    def sides(self):
        return [self.joint.theirs.partnership_id, self.joint.world.ours.partnership_id]


def test_by_acts_of_both_sides_the_run_goes_to_the_new_lead_and_at_the_end_to_each_its_own(world):
    by_acts = CarriedByActs(Changing(world))
    joint, known = by_acts.joint, by_acts.flows.known
    (first,) = by_acts.carried()
    by_acts.carried(joint.say_change)
    (second,) = by_acts.carried(joint.say_answer)
    assert watch.case_of(by_acts.desk.engine, joint.case_id).case_id == joint.theirs_case
    assert known[first.id].name == CONTINUED
    assert str(second.id) in known[first.id].detail
    assert second.tags == tags_of(by_acts.sides)
    by_acts.carried(partial(joint.say_change_there, JointChange.LEAVES))
    alone = by_acts.carried(joint.say_answer_here)
    assert known[second.id].name == SHARED_PART_ENDED
    assert {run.tags for run in alone} == {tags_of([one]) for one in by_acts.sides}
