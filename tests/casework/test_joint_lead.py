"""A joint review changes its lead by agreement: days, signatures and rounds stay (rules.md 4)."""

import pytest
from sqlmodel import select

from services.casework.joint.proposals import waiting_proposals
from services.casework.steps.joint.change_answer import answer_change
from services.casework.steps.joint.change_proposal import propose_change
from services.casework.steps.rapid_review import submission
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.decisions import SignOff
from services.database.history import all_of, entries
from services.database.outbox import OutboxEmail
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.dispatches import Notice
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.joint_changes import LEADS_TODOS, ChangeAnswer, JointChange
from services.domain.joint_reviews import JointPart
from services.domain.recipients import Recipient
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories, joint_factories
from tests.joint import over_there
from tests.joint_changes import Changing, put_to_both, sign_as_joining
from tests.sent_out import make_papers


@pytest.fixture
def put(ready_by) -> Changing:
    """A joint review whose rapid review is put to the partners; each side shows the other all."""
    return ready_by(put_to_both, Changing.shared_back)


@pytest.fixture
def changed(ready_by) -> Changing:
    """The same review, which theirs leads now."""
    return ready_by(put_to_both, Changing.shared_back, Changing.change_lead)


@pytest.fixture
def early(ready_by) -> Changing:
    """A joint review before its meeting; each side shows the other all."""
    return ready_by(Changing, Changing.joined, Changing.shared_back)


def test_the_new_lead_has_the_clocks_with_the_same_days_and_the_old_lead_none(put, changed):
    before = put.running(put.world.ours, put.case_id)
    after = changed.running(changed.theirs, changed.theirs_case)
    assert ClockId.K10 in before
    national = {ClockId.K8, ClockId.K9, ClockId.K10}
    for clock in national & set(before):
        same = [(one.anchored_on, one.due, one.first_due) for one in (before[clock], after[clock])]
        assert same[0] == same[1], clock
    assert not national & set(changed.running(changed.world.ours, changed.case_id))
    with changed.world.act(Role.BUSINESS_MANAGER, changed.when) as work:
        ended = {one.ended_because for one in clocks(work.session, changed.case_id)}
    assert ClockEnding.LED_ELSEWHERE in ended


def test_k11_is_handed_over_with_its_day_and_so_is_what_begins_beside_the_panel(put):
    """K11, GOV-14: a new lead gains no time, and waits for no answer of the Panel either."""
    put.sign_ours()
    put.sign_theirs()
    put.settle()
    put.when = "2026-01-07 12:00"
    put.driven.do(submission.submit, factories.submit(), Role.BUSINESS_MANAGER, put.when)
    put.settle()
    before = put.running(put.world.ours, put.case_id)[ClockId.K11]
    asked = asked_of_the_lead(put, put.world.ours, put.case_id)
    assert {Todo.RECORD_PANEL_ANSWER, Todo.AGREE_TERMS} <= {todo for todo, _last_day in asked}
    put.change_lead()
    after = put.running(put.theirs, put.theirs_case)[ClockId.K11]
    same = [(one.anchored_on, one.due, one.first_due) for one in (before, after)]
    assert same[0] == same[1]
    assert asked_of_the_lead(put, put.theirs, put.theirs_case) >= asked
    assert asked_of_the_lead(put, put.world.ours, put.case_id) == set()


def test_the_cases_change_places_and_each_side_says_who_leads(put, changed):
    theirs = changed.their_case(changed.theirs_case)
    assert (changed.ours_now().stage, theirs.stage) == (Stage.JOINT_REVIEW, put.ours_now().stage)
    assert not changed.leads(changed.world.ours, changed.case_id)
    assert changed.leads(changed.theirs, changed.theirs_case)


def test_what_the_old_leads_people_were_asked_the_new_leads_are_asked_by_the_same_day(early):
    before = asked_of_the_lead(early, early.world.ours, early.case_id)
    assert {todo for todo, _last_day in before} == {Todo.SET_MEETING}
    early.change_lead()
    assert asked_of_the_lead(early, early.theirs, early.theirs_case) >= before
    assert asked_of_the_lead(early, early.world.ours, early.case_id) == set()


def asked_of_the_lead(changing, side, case_id):
    with changing.world.act(side.actor(Role.BUSINESS_MANAGER), changing.when) as work:
        asked = open_assignments(work.session, case_id)
        return {(one.todo, one.last_day) for one in asked if one.todo in LEADS_TODOS}


def test_signatures_and_rounds_stay_and_the_rest_sign_the_same_words(put):
    put.sign_ours(Seat.POLICE)
    put.sign_theirs(Seat.POLICE, Seat.LOCAL_AUTHORITY)
    put.change_lead()
    put.sign_theirs(Seat.INTEGRATED_CARE_BOARD)
    sign_as_joining(put, Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    put.settle()
    theirs = put.their_case(put.theirs_case)
    assert theirs.decided_on is not None
    assert put.decided_on() is None, "the new lead's own rows decide"
    signed = []
    for side in (put.world.ours, put.theirs):
        with put.world.act(side.actor(Role.BUSINESS_MANAGER), put.when) as work:
            signed += [(one.round, one.words_sha256) for one in work.session.exec(select(SignOff))]
    assert len(signed) == 6
    assert len(set(signed)) == 1


@pytest.mark.whole
def test_a_signature_under_way_while_the_lead_changes_counts(put):
    put.sign_ours()
    put.sign_theirs(Seat.POLICE, Seat.LOCAL_AUTHORITY)
    put.propose_change()
    put.answer_change()
    assert put.ours_now().stage is Stage.JOINT_REVIEW
    put.sign_theirs(Seat.INTEGRATED_CARE_BOARD)
    assert put.decided_on() is None
    put.settle()
    assert put.their_case(put.theirs_case).decided_on is not None


def test_the_new_lead_submits_to_the_panel_and_its_papers_are_made_of_what_was_handed_over(changed):
    changed.sign_theirs()
    sign_as_joining(changed)
    changed.settle()
    changed.when = "2026-01-07 12:00"
    make_papers(changed.world, changed.theirs_case, changed.when, Notice.RAPID_REVIEW_SUBMITTED)
    with changed.world.act(changed.theirs.actor(Role.BUSINESS_MANAGER), changed.when) as work:
        submission.submit(work, changed.theirs_case, factories.submit())
    changed.settle(changed.theirs_case)
    assert changed.their_case(changed.theirs_case).stage is Stage.WITH_PANEL
    for side, case_id, told in (
        (changed.theirs, changed.theirs_case, True),
        (changed.world.ours, changed.case_id, False),
    ):
        with changed.world.act(side.actor(Role.BUSINESS_MANAGER), changed.when) as work:
            question = select(OutboxEmail).where(
                OutboxEmail.case_id == case_id,
                OutboxEmail.event == EmailTrigger.RAPID_REVIEW_SUBMITTED,
                OutboxEmail.recipient == Recipient.ATTENDEES,
            )
            assert bool(work.session.exec(question).all()) is told


def test_what_was_said_stays_who_said_it(changed):
    with changed.world.act(changed.theirs.actor(Role.BUSINESS_MANAGER), changed.when) as work:
        (handed,) = all_of(work.session, changed.theirs_case, EntryType.RECORD_WRITTEN)
        work.session.expunge_all()
    with changed.world.act(Role.BUSINESS_MANAGER, changed.when) as work:
        name = work.partnership.name
        (said,) = all_of(work.session, changed.case_id, EntryType.RECORD_WRITTEN)
        work.session.expunge_all()
    assert handed.origin_id == said.id
    assert (handed.command, handed.at, handed.role) == (said.command, said.at, said.role)
    assert handed.names[str(said.person_id)].endswith(name)


def test_who_agreed_when_and_why_stands_on_both_cases(changed):
    for side, case_id in (
        (changed.world.ours, changed.case_id),
        (changed.theirs, changed.theirs_case),
    ):
        with changed.world.act(side.actor(Role.BUSINESS_MANAGER), changed.when) as work:
            (told,) = all_of(work.session, case_id, EntryType.JOINT_REVIEW_CHANGED)
            said = dict(told.command)
        assert said["proposed_because"] == "The child lives there."
        assert said["agreed_because"] == "We agree."
        assert said["agreed_on"] == "2026-01-05"
        assert ", " in said["agreed_by"]


def test_a_refusal_changes_nothing_and_is_told(put):
    put.propose_change()
    put.answer_change(ChangeAnswer.REFUSED)
    put.settle()
    assert put.leads(put.world.ours, put.case_id)
    with put.world.act(Role.BUSINESS_MANAGER, put.when) as work:
        (told,) = all_of(work.session, put.case_id, EntryType.CHANGE_ANSWER_RECEIVED)
        assert told.command["answer"] == ChangeAnswer.REFUSED


def test_the_joining_side_may_propose_it_and_the_lead_agrees(put):
    command = joint_factories.propose_change(put.theirs.partnership_id)
    with put.world.act(put.theirs.actor(Role.BUSINESS_MANAGER), put.when) as work:
        propose_change(work, put.theirs_case, command)
    put.settle(put.theirs_case)
    with put.world.act(Role.REVIEW_GROUP_CHAIR, put.when) as work:
        (asked,) = waiting_proposals(work, get_case(work.session, put.case_id))
        assert [one.todo for one in open_assignments(work.session, put.case_id)].count(
            Todo.ANSWER_CHANGE
        ) == 1
        answer_change(work, put.case_id, joint_factories.answer_change(asked.id))
    put.settle()
    assert put.leads(put.theirs, put.theirs_case)


@pytest.mark.whole
def test_the_lead_comes_back_without_anything_twice(changed):
    changed.say_change_there(JointChange.NEW_LEAD)
    changed.settle(changed.theirs_case)
    changed.say_answer_here()
    changed.settle()
    changed.settle(changed.theirs_case)
    assert changed.leads(changed.world.ours, changed.case_id)
    assert not changed.leads(changed.theirs, changed.theirs_case)
    assert changed.ours_now().stage is Stage.RAPID_REVIEW
    with changed.world.act(Role.BUSINESS_MANAGER, changed.when) as work:
        said = [one.entry_type for one in entries(work.session, changed.case_id)]
    assert said.count(EntryType.DECISION_PROPOSED) == 1
    changed.sign_ours()
    changed.sign_theirs()
    assert changed.decided_on() is not None


def test_the_old_and_the_new_lead_show_each_other_what_is_signed_first(ready_by):
    together = ready_by(put_to_both)
    together.propose_change()
    with pytest.raises(RuleBroken, match="Show the other partnership first"):
        together.answer_change()
    together.shared_back()
    together.end_sharing()
    with pytest.raises(RuleBroken, match="shows you first"):
        together.answer_change()


@pytest.mark.whole
def test_a_new_lead_that_did_not_decide_before_makes_a_new_round(world):
    together = Changing(world)
    together.put(JointPart.CONTRIBUTING)
    together.shared_back()
    together.sign_ours(Seat.POLICE)
    together.change_lead()
    with pytest.raises(RuleBroken, match="newer version"):
        sign_as_joining(together, Seat.LOCAL_AUTHORITY, round=1)
    together.sign_theirs(round=2)
    together.settle(together.theirs_case)
    sign_as_joining(together, round=2)
    assert together.their_case(together.theirs_case).decided_on is not None


def test_a_case_with_a_rapid_review_of_its_own_cannot_lead(world):
    together = Changing(world)
    own = over_there(together).decide().notify().scope().meet().propose()
    case_id = together.invited(JointPart.JOINTLY_DECIDING)
    together.answer(case_id, "accepted", own_case=own.row().reference)
    together.theirs_case = own.case_id
    together.shared_back()
    together.propose_change()
    with pytest.raises(RuleBroken, match="rapid review of its own"):
        together.answer_change()


def test_a_change_is_about_a_partnership_that_takes_part(put):
    for who in (put.world.ours.partnership_id, joint_factories.NO_PARTNERSHIP):
        with (
            put.world.act(Role.BUSINESS_MANAGER, put.when) as work,
            pytest.raises(AnswerRefused) as refused,
        ):
            propose_change(work, put.case_id, joint_factories.propose_change(who))
        assert refused.value.field == "partnership"


def test_what_the_old_leads_people_were_asked_the_new_leads_are_asked(early):
    """Before the meeting: the meeting's day was set, and nothing is put to the partners yet."""
    asked = {Todo.SET_MEETING, Todo.HOLD_MEETING, Todo.ACCEPT_PACK}
    before = asked & set(early.todos(early.world.ours, early.case_id))
    assert before
    early.change_lead()
    assert before <= set(early.todos(early.theirs, early.theirs_case))
    assert not asked & set(early.todos(early.world.ours, early.case_id))
