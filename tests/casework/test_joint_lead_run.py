"""A change of lead, and the end of what is shared, by acts of both sides and as their runs go."""

from dataclasses import dataclass, field
from functools import partial

import pytest

from services.casework.engine.reconciler import Reconciler
from services.database import watch
from services.domain.joint_changes import JointChange
from services.orchestration import CONTINUED, SHARED_PART_ENDED, tags_of
from services.orchestration.memory import MemoryFlows
from tests.casework.test_joint_run_by_acts import carry, runs_of
from tests.joint import WHEN, Practising
from tests.joint_changes import Changing


@dataclass
class CarriedByActs:
    """A joint review of two whose acts are carried by the run of the case that leads."""

    joint: Changing
    flows: MemoryFlows = field(default_factory=MemoryFlows)

    def __post_init__(self) -> None:
        self.desk = Practising(self.joint.world, when=WHEN)
        self.reconciler = Reconciler(self.desk, self.flows, lambda: 0.0)
        self.reconciler.call_worker = self.reconciler.wake
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
        for _ in range(2):
            self.reconciler.run_once([self.joint.case_id, self.joint.theirs_case])
        return runs_of(self.flows, self.sides)

    @property
    def sides(self):
        return [self.joint.theirs.partnership_id, self.joint.world.ours.partnership_id]


@pytest.mark.whole
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
