"""One open run for one joint review, whatever joins, leaves, leads or is lost."""

from dataclasses import dataclass
from functools import partial

import pytest

from services.casework.engine.case_leases import acquire_all, release
from services.casework.engine.reconciler import Reconciler
from services.casework.engine.transactions import acting
from services.casework.joint.ending import end_joint_part
from services.database import watch
from services.database.cases import get_case
from services.domain.errors import PrefectUnavailable
from services.domain.identifiers import CaseId
from services.domain.workflow import Stage, Step, StepState
from services.orchestration import CONTINUED, FOR_GOOD, SHARED_PART_ENDED, Run, RunState, tags_of
from services.orchestration.memory import MemoryFlows, run_id_of
from tests.carried_cases import HERE, OURS, THEIRS, ToyNeighbours, leased, make_record, the_case
from tests.joint_cases import JointReview, change_lead, join, leave, two_cases

BOTH = tags_of([OURS, THEIRS])


@dataclass
class Carried:
    """A review, the reconciler that looks at it, and the flow engine that remembers its runs."""

    review: JointReview
    reconciler: Reconciler
    flows: MemoryFlows

    def look(self) -> None:
        """Look at both cases, as an act of either side has the worker do."""
        self.reconciler.run_once([self.review.leading, self.review.joining])

    def rest(self) -> None:
        """Let every run of the two cases that is scheduled come to its rest, as a worker does."""
        for case_id, run in self.runs():
            if run.state is RunState.SCHEDULED:
                for lease in acquire_all(self.review.around, case_id, HERE):
                    release(self.review.around, lease)
                self.flows.becomes(run.id, RunState.PAUSED)

    def run(self, side) -> Run:
        """Return the run that the side's own case is linked to."""
        case_id = self.review.leading if side == OURS else self.review.joining
        with acting(self.review.around, side) as work:
            return self.flows.known[get_case(work.session, case_id).flow_run_id]

    def runs(self) -> list[tuple[CaseId, Run]]:
        """Return every run that the engine knows of the two cases, whatever the attempt."""
        return [
            (case_id, self.flows.known[run_id])
            for case_id in (self.review.leading, self.review.joining)
            for attempt in range(1, 6)
            if (run_id := run_id_of(case_id, attempt)) in self.flows.known
        ]

    def open_runs(self) -> list[Run]:
        return [run for _, run in self.runs() if run.state not in FOR_GOOD]


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def alone(around):
    """Two cases whose own runs rest."""
    flows = MemoryFlows()
    reconciler = Reconciler(around, flows, lambda: 0.0)
    reconciler.call_worker = reconciler.wake
    carried = Carried(two_cases(around), reconciler, flows)
    for case_id in (carried.review.leading, carried.review.joining):
        assert reconciler.wake(case_id)
    carried.rest()
    return carried


@pytest.fixture
def joint(alone):
    """The same when they have become one joint review, and a look was taken."""
    join(alone.review)
    alone.look()
    return alone


def test_from_acceptance_on_the_lead_run_goes_on_and_the_other_has_ended(alone):
    first = alone.run(OURS).id
    assert len(alone.open_runs()) == 2
    join(alone.review)
    alone.look()
    (shared,) = alone.open_runs()
    assert (shared.id, shared.state, shared.tags) == (first, RunState.PAUSED, BOTH)
    ended = alone.run(THEIRS)
    assert (ended.state, ended.name) == (RunState.COMPLETED, CONTINUED)
    assert str(shared.id) in ended.detail
    assert "joint" in shared.tags


def test_looking_again_changes_nothing(joint):
    known = dict(joint.flows.known)
    for _ in range(3):
        joint.look()
    assert joint.flows.known == known


def test_a_run_that_is_under_way_when_it_is_joined_is_ended_at_its_next_rest(alone):
    lease = leased(alone.review.around, alone.review.joining)
    alone.flows.becomes(alone.run(THEIRS).id, RunState.RUNNING)
    join(alone.review)
    alone.look()
    assert alone.run(THEIRS).state is RunState.RUNNING
    release(alone.review.around, lease)
    alone.flows.becomes(alone.run(THEIRS).id, RunState.PAUSED)
    alone.look()
    assert alone.run(THEIRS).name == CONTINUED
    assert len(alone.open_runs()) == 1


@pytest.mark.parametrize("side", [OURS, THEIRS])
def test_an_act_of_either_side_wakes_the_shared_run(joint, side):
    joint.review.order(side, Step.SCOPE, "letter")
    case_id = joint.review.leading if side == OURS else joint.review.joining
    assert joint.reconciler.wake(case_id)
    assert joint.run(OURS).state is RunState.SCHEDULED
    assert joint.run(THEIRS).name == CONTINUED


def test_a_look_alone_finds_what_the_other_side_ordered(joint):
    joint.review.order(THEIRS, Step.SCOPE, "letter")
    joint.reconciler.run_once()
    assert joint.run(OURS).state is RunState.SCHEDULED
    assert len(joint.open_runs()) == 1


def test_a_shared_run_that_is_lost_is_made_again_with_the_name_of_every_partnership(joint):
    del joint.flows.known[joint.run(OURS).id]
    joint.look()
    (again,) = joint.open_runs()
    assert again.id == joint.run(OURS).id
    assert again.tags == BOTH


def test_a_new_lead_goes_on_in_its_next_attempt_and_the_old_leads_run_ends(joint):
    old, former = joint.run(OURS).id, joint.run(THEIRS).id
    change_lead(joint.review)
    joint.look()
    joint.rest()
    joint.look()
    (shared,) = joint.open_runs()
    assert shared.id == joint.run(THEIRS).id
    assert shared.id not in {old, former}
    assert shared.tags == BOTH
    ended = joint.flows.known[old]
    assert (ended.state, ended.name) == (RunState.COMPLETED, CONTINUED)
    assert str(shared.id) in ended.detail
    assert watch.case_of(joint.review.around.engine, joint.review.leading).attempt == 2
    assert former not in joint.flows.shown, "nothing is shown to wait on a run that has ended"


def test_led_there_and_back_each_lead_has_a_new_attempt_and_one_run_is_open(joint):
    seen = {joint.run(OURS).id}
    for side in (THEIRS, OURS):
        change_lead(joint.review)
        joint.look()
        joint.rest()
        joint.look()
        (shared,) = joint.open_runs()
        assert shared.id == joint.run(side).id
        seen.add(shared.id)
    assert len(seen) == 3


def test_when_the_lead_closes_the_other_goes_on_alone_in_its_next_attempt(joint):
    with the_case(joint.review.around, joint.review.leading) as (_work, case):
        case.stage = Stage.CLOSED
    first = joint.run(THEIRS).id
    joint.look()
    joint.flows.becomes(joint.run(OURS).id, RunState.COMPLETED)
    joint.rest()
    joint.look()
    (own,) = joint.open_runs()
    assert own.id == joint.run(THEIRS).id != first
    assert own.tags == tags_of([THEIRS])
    assert joint.run(OURS).tags == BOTH, "an ended run keeps the names of all whose run it was"


def test_when_the_other_closes_the_shared_run_goes_on(joint):
    with the_case(joint.review.around, joint.review.joining, THEIRS) as (_work, case):
        case.stage = Stage.CLOSED
    joint.look()
    assert [run.id for run in joint.open_runs()] == [joint.run(OURS).id]


def end_the_joint_part(review):
    """Let what is shared end on both sides: the lead's act keeps which run carried it."""
    leave(review, THEIRS)
    with the_case(review.around, review.leading) as (work, case):
        end_joint_part(work, case)


def test_when_what_is_shared_ends_each_side_goes_on_alone_in_its_next_attempt(joint):
    shared, former = joint.run(OURS), joint.run(THEIRS)
    end_the_joint_part(joint.review)
    joint.look()
    joint.rest()
    joint.look()
    ended = joint.flows.known[shared.id]
    assert (ended.state, ended.name) == (RunState.COMPLETED, SHARED_PART_ENDED)
    assert ended.tags == BOTH, "it keeps the names of all whose run it was"
    own = {side: joint.run(side) for side in (OURS, THEIRS)}
    assert {run.id for run in joint.open_runs()} == {run.id for run in own.values()}
    assert not {shared.id, former.id} & {run.id for run in own.values()}
    assert {side: run.tags for side, run in own.items()} == {
        side: tags_of([side]) for side in (OURS, THEIRS)
    }
    known = dict(joint.flows.known)
    joint.look()
    assert joint.flows.known == known


def test_a_shared_run_that_is_under_way_when_it_is_over_ends_at_its_next_rest(joint):
    shared = joint.run(OURS).id
    joint.flows.becomes(shared, RunState.RUNNING)
    lease = leased(joint.review.around, joint.review.leading)
    end_the_joint_part(joint.review)
    joint.look()
    assert joint.run(OURS).tags == BOTH
    assert joint.run(OURS).state is RunState.RUNNING
    release(joint.review.around, lease)
    joint.flows.becomes(shared, RunState.PAUSED)
    joint.look()
    assert joint.flows.known[shared].name == SHARED_PART_ENDED
    assert joint.run(OURS).id != shared


def test_a_pass_that_was_claimed_just_before_its_run_was_ended_carries_nothing(joint):
    shared = joint.run(OURS).id
    end_the_joint_part(joint.review)
    joint.look()
    take = partial(acquire_all, joint.review.around, joint.review.leading, HERE)
    assert (take(shared), len(take(joint.run(OURS).id))) == ((), 1)


def test_no_pass_begins_while_a_shared_run_is_being_ended(joint):
    shared, begun = joint.run(OURS).id, []

    def end(run_id, goes_on_in):
        begun.append(acquire_all(joint.review.around, joint.review.leading, HERE, shared))
        ended(run_id, goes_on_in)

    ended, joint.flows.end_continued = joint.flows.end_continued, end
    end_the_joint_part(joint.review)
    joint.look()
    assert (begun, joint.flows.known[shared].name) == ([None], SHARED_PART_ENDED)


def test_one_sides_closing_after_the_joint_part_strands_nobody(joint):
    end_the_joint_part(joint.review)
    joint.look()
    joint.rest()
    with the_case(joint.review.around, joint.review.leading) as (_work, case):
        case.stage = Stage.CLOSED
    joint.look()
    joint.flows.becomes(joint.run(OURS).id, RunState.COMPLETED)
    joint.look()
    assert [run.id for run in joint.open_runs()] == [joint.run(THEIRS).id]


def test_a_partnership_that_leaves_goes_alone_and_the_run_no_longer_names_it(joint):
    leave(joint.review, THEIRS)
    joint.look()
    joint.rest()
    joint.look()
    assert {run.id for run in joint.open_runs()} == {joint.run(OURS).id, joint.run(THEIRS).id}
    assert joint.run(OURS).tags == tags_of([OURS])
    assert joint.run(THEIRS).tags == tags_of([THEIRS])


def test_both_sides_steps_are_shown_on_the_shared_run(joint):
    joint.review.order(THEIRS, Step.MEET, "paper")
    joint.look()
    states = {one.step: one.state for one in joint.flows.shown[joint.run(OURS).id]}
    assert states[Step.MEET] is StepState.WORKING


def test_while_the_engine_is_away_nothing_is_kept_as_ended(alone):
    join(alone.review)
    alone.flows.is_away = True
    with pytest.raises(PrefectUnavailable):
        alone.look()
    assert alone.run(THEIRS).state is RunState.PAUSED
    alone.flows.is_away = False
    alone.look()
    assert alone.run(THEIRS).name == CONTINUED
