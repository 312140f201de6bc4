"""The course of a joint review: national clocks once, own duties kept, and each goes on alone."""

from services.casework.engine.progress import on_record
from services.database.agency_requests import requests
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.joint_reviews import membership_of
from services.domain.agency_requests import Answered, Asked
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage
from tests.driven import Driven
from tests.joint import Joint, over_there


def clock(world, case_id: CaseId, which: ClockId):
    with world.act(Role.BUSINESS_MANAGER, "2025-12-17") as work:
        found = [one for one in clocks(work.session, case_id) if one.clock is which]
        work.session.expunge_all()
    return found[-1] if found else None


def join(joint: Joint, own: Driven) -> None:
    case_id = joint.invited(JointPart.JOINTLY_DECIDING)
    joint.answer(case_id, JointAnswer.ACCEPTED, own_case=own.row().reference)
    assert joint.their_case(case_id).stage is Stage.CLOSED


def test_a_case_of_their_own_joins_and_what_was_done_on_it_stays(joint):
    own = over_there(joint).decide().notify()
    join(joint, own)
    assert own.row().stage is Stage.JOINT_REVIEW
    assert own.row().notified_at is not None


def test_where_both_notified_the_earlier_day_counts_once_and_the_first_date_stays(joint):
    before = clock(joint.world, joint.case_id, ClockId.K10)
    own = over_there(joint).decide().notify("2025-12-12 15:00")
    join(joint, own)
    after = clock(joint.world, joint.case_id, ClockId.K10)
    assert after.first_due == before.due
    assert after.due < before.due
    theirs = clock(own.world, own.case_id, ClockId.K10)
    assert theirs.due == after.due
    assert theirs.ended_because is ClockEnding.COVERED_BY_JOINT_REVIEW


def test_where_the_lead_notified_first_its_day_stays(joint):
    before = clock(joint.world, joint.case_id, ClockId.K10)
    own = over_there(joint).decide().notify("2025-12-15 16:00")
    join(joint, own)
    assert clock(joint.world, joint.case_id, ClockId.K10).due == before.due


def test_an_authority_that_has_not_decided_keeps_its_own_duty(joint):
    own = over_there(joint)
    join(joint, own)
    assert own.row().stage is Stage.REFERRED
    with own.world.act(Role.BUSINESS_MANAGER, "2025-12-17") as work:
        todos = {one.todo for one in open_assignments(work.session, own.case_id)}
    assert Todo.RECORD_AWARENESS in todos


def test_a_joining_side_asks_its_own_agencies_and_the_meeting_stays_the_leads(joint):
    own = over_there(joint).decide().notify()
    join(joint, own)
    own.scope("2025-12-17")
    assert own.row().stage is Stage.JOINT_REVIEW
    with own.world.act(Role.BUSINESS_MANAGER, "2025-12-17") as work:
        todos = {one.todo for one in open_assignments(work.session, own.case_id)}
        asked = requests(work.session, own.case_id, Asked.SCOPING_RETURN)
        assert {one.answered for one in asked} == {Answered.RECEIVED}
    assert not todos & {Todo.SET_MEETING, Todo.ACCEPT_PACK, Todo.SUBMIT_RETURN}


def test_when_the_lead_comes_to_its_plan_each_side_goes_on_with_its_own(joint):
    case_id = joint.joined(JointPart.CONTRIBUTING)
    lead = joint.driven.scope().review(Outcome.NO_FURTHER_REVIEW).answer()
    assert lead.row().stage is Stage.EMBEDDING
    joint.when = "2026-02-01 10:00"
    joint.settle()
    assert joint.their_case(case_id).stage is Stage.EMBEDDING
    manager = joint.theirs.actor(Role.BUSINESS_MANAGER)
    with joint.world.act(manager, joint.when) as work:
        assert membership_of(work.session, case_id) is None
        assert on_record(work, case_id).was_reviewed
        todos = [one.todo for one in open_assignments(work.session, case_id)]
    assert todos == [Todo.PROPOSE_PLAN]
    with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
        assert membership_of(work.session, joint.case_id) is None
        assert get_case(work.session, joint.case_id).stage is Stage.EMBEDDING
