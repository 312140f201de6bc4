"""Three partnerships review together, and the lead changes: who reads, signs and is told what."""

import pytest
from sqlmodel import select

from services.casework.engine.reconciler import Reconciler
from services.casework.joint.matters import bearer_of
from services.casework.steps.sign_off import sign_off
from services.database import watch
from services.database.cases import get_case
from services.database.history import Entry, all_of
from services.database.joint_reviews import membership_of
from services.database.shown import members, shared_cases, shown
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import CaseworkError
from services.domain.joint_reviews import JointPart
from services.domain.roles import Seat
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.orchestration import CONTINUED, tags_of
from services.orchestration.memory import MemoryFlows
from tests.casework.test_joint_run_by_acts import carry, runs_of
from tests.joint_three import MANAGER, Three


@pytest.fixture
def three(world) -> Three:
    return Three(world)


@pytest.fixture
def changed(ready_by) -> Three:
    """A review of three whose lead has changed: theirs leads, and the third contributes."""
    return ready_by(Three, Three.of_three, Three.lead_changes)


def sees(three: Three, side) -> set:
    with three.world.act(side.actor(MANAGER), three.when) as work:
        return {one.tenant_id for one in shared_cases(work.session)}


def test_every_side_says_the_same_lead_and_the_third_is_told_who_agreed(changed):
    for side, case_id in changed.sides:
        with changed.world.act(side.actor(MANAGER), changed.when) as work:
            own = membership_of(work.session, case_id)
            first, *_ = members(work.session, own.joint_review_id)
            assert first.tenant_id == changed.theirs.partnership_id
            (told,) = all_of(work.session, case_id, EntryType.JOINT_REVIEW_CHANGED)
            assert told.command["agreed_because"] == "We agree."
            bearer = bearer_of(work, get_case(work.session, case_id), SignOffMatter.REPORT)
            assert bearer.case_id == changed.theirs_case


@pytest.mark.whole
def test_the_clocks_run_on_the_new_leads_case_alone_with_the_same_days(three):
    three.of_three()
    before = three.running(three.world.ours, three.case_id)
    three.lead_changes()
    after = three.running(three.theirs, three.theirs_case)
    for clock in (ClockId.K8, ClockId.K9, ClockId.K10):
        assert (before[clock].due, before[clock].first_due) == (
            after[clock].due,
            after[clock].first_due,
        )
        for side, case_id in (three.sides[0], three.sides[2]):
            assert clock not in three.running(side, case_id)


@pytest.mark.whole
def test_the_new_lead_and_the_third_are_each_asked_to_show_the_other_their_case(changed):
    theirs, third = changed.theirs.partnership_id, changed.third.partnership_id
    assert sees(changed, changed.third) == {changed.world.ours.partnership_id}
    assert changed.asked(changed.theirs, changed.theirs_case, Todo.SHOW_CASE) == [str(third)]
    assert changed.asked(changed.third, changed.third_case, Todo.SHOW_CASE) == [str(theirs)]
    assert changed.asked(changed.world.ours, changed.case_id, Todo.SHOW_CASE) == []
    changed.show(changed.theirs, changed.third)
    changed.show(changed.third, changed.theirs)
    assert sees(changed, changed.third) == {changed.world.ours.partnership_id, theirs}
    assert third in sees(changed, changed.theirs)
    for side, case_id in changed.sides:
        assert changed.asked(side, case_id, Todo.SHOW_CASE) == []


@pytest.mark.whole
def test_who_is_consulted_need_not_show_its_case_to_the_new_lead(three):
    three.of_three(JointPart.CONSULTED).lead_changes()
    assert three.asked(three.third, three.third_case, Todo.SHOW_CASE) == []
    assert three.asked(three.theirs, three.theirs_case, Todo.SHOW_CASE)


def test_what_one_shows_another_is_not_read_by_the_third(changed):
    question = select(Entry).where(Entry.case_id == changed.theirs_case)
    with changed.world.act(changed.third.actor(MANAGER), changed.when) as work:
        assert work.session.exec(shown(question)).all() == []
    with changed.world.act(MANAGER, changed.when) as work:
        assert work.session.exec(shown(question)).all() != []


def test_nobody_is_asked_to_sign_what_the_new_lead_does_not_show_it_yet(three):
    three.of_three(JointPart.JOINTLY_DECIDING)
    case = (three.third, three.third_case)
    three.signs(*case, sign_off.SIGN_RAPID_REVIEW, Seat.POLICE)
    assert len(three.asked(*case, Todo.SIGN_RAPID_REVIEW)) == len(Seat) - 1
    three.lead_changes()
    assert three.asked(*case, Todo.SIGN_RAPID_REVIEW) == []
    with pytest.raises(CaseworkError):
        three.signs(*case, sign_off.SIGN_RAPID_REVIEW, Seat.LOCAL_AUTHORITY)
    three.show(three.theirs, three.third)
    assert set(three.asked(*case, Todo.SIGN_RAPID_REVIEW)) == {
        Seat.LOCAL_AUTHORITY,
        Seat.INTEGRATED_CARE_BOARD,
    }


@pytest.mark.whole
def test_the_round_is_decided_by_every_party_of_the_three_and_earlier_signatures_count(three):
    three.of_three(JointPart.JOINTLY_DECIDING)
    three.signs(three.third, three.third_case, sign_off.SIGN_RAPID_REVIEW, Seat.POLICE)
    three.lead_changes()
    three.show(three.theirs, three.third)
    for side, case_id in three.sides[:2]:
        three.signs(side, case_id, sign_off.SIGN_RAPID_REVIEW)
    assert three.case_of(three.theirs, three.theirs_case).decided_on is None
    three.signs(
        three.third,
        three.third_case,
        sign_off.SIGN_RAPID_REVIEW,
        Seat.LOCAL_AUTHORITY,
        Seat.INTEGRATED_CARE_BOARD,
    )
    assert three.case_of(three.theirs, three.theirs_case).decided_on is not None


@pytest.mark.whole
def test_the_third_leaves_by_agreement_with_the_new_lead_and_the_two_go_on(changed):
    changed.third_leaves()
    assert changed.case_of(changed.third, changed.third_case).stage is Stage.EMBEDDING
    assert changed.asked(changed.third, changed.third_case, Todo.SHOW_CASE) == []
    assert changed.asked(changed.theirs, changed.theirs_case, Todo.SHOW_CASE) == []
    assert changed.leads(changed.theirs, changed.theirs_case)
    for side, case_id in changed.sides[:2]:
        changed.signs(side, case_id, sign_off.SIGN_RAPID_REVIEW)
    assert changed.case_of(changed.theirs, changed.theirs_case).decided_on is not None


@pytest.mark.whole
def test_one_run_carries_the_three_and_goes_to_the_new_lead_with_every_tag(three):
    three.of_three()
    desk, flows = three.desk(), MemoryFlows()
    reconciler = Reconciler(desk, flows, lambda: 0.0)
    reconciler.call_worker = reconciler.wake
    ids = [side.partnership_id for side, _case in three.sides]
    cases = [case_id for _side, case_id in three.sides]
    assert reconciler.wake(three.case_id)
    carry(desk, flows, three.case_id)
    (first,) = runs_of(flows, ids)
    three.lead_changes()
    for _ in range(3):
        reconciler.run_once(cases)
        carry(desk, flows, three.theirs_case)
    assert {watch.case_of(desk.engine, one).case_id for one in cases} == {three.theirs_case}
    (second,) = runs_of(flows, ids)
    assert flows.known[first.id].name == CONTINUED
    assert second.tags == tags_of(ids)
