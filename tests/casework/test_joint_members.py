"""Who takes part in a joint review changes by agreement, and a new round is turned (rules.md 4)."""

import pytest

from services.casework.joint.proposals import waiting_proposals
from services.casework.steps.joint.withdrawal import open_invitations, withdraw_invitation
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.history import all_of
from services.database.joint_reviews import membership_of
from services.database.shown import shared_cases
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, NotFound, RuleBroken
from services.domain.joint_changes import ChangeAnswer, JointChange
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import joint_factories
from tests.joint import Joint, over_there
from tests.joint_changes import Changing, put_to_both


@pytest.fixture
def together(ready_by) -> Changing:
    return ready_by(Changing)


@pytest.fixture
def put(ready_by) -> Changing:
    """A joint review whose rapid review is put to the partners, who decide it jointly."""
    return ready_by(put_to_both)


@pytest.fixture
def invited(ready_by) -> Changing:
    return ready_by(Changing, Changing.invited)


def agreed(together: Changing, change: JointChange, part: JointPart | None = None) -> None:
    together.propose_change(change, part=part)
    together.answer_change()
    together.settle()
    together.settle(together.theirs_case)


def part_of_theirs(together: Changing):
    with together.world.act(together.theirs.actor(Role.BUSINESS_MANAGER), together.when) as work:
        found = membership_of(work.session, together.theirs_case)
        return found.part if found else None


def test_who_leaves_signs_no_longer_and_what_was_open_is_put_again(put):
    put.sign_ours(Seat.POLICE)
    put.sign_theirs(Seat.POLICE)
    agreed(put, JointChange.LEAVES)
    assert part_of_theirs(put) is None
    with pytest.raises(RuleBroken, match="newer version"):
        put.sign_ours(Seat.LOCAL_AUTHORITY, round=1)
    put.sign_ours()
    assert put.decided_on() is not None
    with put.world.act(Role.BUSINESS_MANAGER, put.when) as work:
        kept = all_of(work.session, put.case_id, EntryType.SIGNATURE_RECEIVED)
        assert [one.command["round"] for one in kept] == [1], "the old round stays in sight"


def test_who_is_left_alone_goes_on_alone_and_each_keeps_its_case(put):
    agreed(put, JointChange.LEAVES)
    with put.world.act(Role.BUSINESS_MANAGER, put.when) as work:
        assert membership_of(work.session, put.case_id) is None
        assert get_case(work.session, put.case_id).stage is Stage.RAPID_REVIEW
    theirs = put.their_case(put.theirs_case)
    assert theirs.stage is Stage.EMBEDDING, "it notified nobody, and goes on with what it learnt"
    assert put.todos(put.theirs, put.theirs_case) == [Todo.PROPOSE_PLAN]


def test_an_area_that_notified_owes_its_own_rapid_review_at_its_own_date(together):
    own = over_there(together).decide().notify("2025-12-16 09:00")
    case_id = together.invited(JointPart.JOINTLY_DECIDING)
    together.answer(case_id, JointAnswer.ACCEPTED, own_case=own.row().reference)
    together.theirs_case = own.case_id
    manager = together.theirs.actor(Role.BUSINESS_MANAGER)
    with together.world.act(manager, together.when) as work:
        (before,) = [
            one.due for one in clocks(work.session, own.case_id) if one.clock is ClockId.K10
        ]
    agreed(together, JointChange.LEAVES)
    assert together.their_case(own.case_id).stage is Stage.RAPID_REVIEW
    assert together.running(together.theirs, own.case_id)[ClockId.K10].due == before
    assert Todo.REQUEST_RETURNS in together.todos(together.theirs, own.case_id)


@pytest.mark.whole
def test_a_part_is_raised_by_agreement_and_its_partners_then_sign(together):
    together.put(JointPart.CONTRIBUTING)
    together.sign_ours()
    assert together.decided_on() is not None, "the lead alone decides so far"
    agreed(together, JointChange.OTHER_PART, JointPart.JOINTLY_DECIDING)
    assert part_of_theirs(together) is JointPart.JOINTLY_DECIDING
    assert together.todos(together.theirs, together.theirs_case).count(
        Todo.SIGN_RAPID_REVIEW
    ) == len(Seat)
    assert Todo.SUBMIT not in together.todos(together.world.ours, together.case_id)
    together.sign_ours()
    together.sign_theirs(round=2)
    assert Todo.SUBMIT in together.todos(together.world.ours, together.case_id)


def test_a_part_that_is_lowered_is_asked_for_no_signature(put):
    put.sign_ours(Seat.POLICE)
    agreed(put, JointChange.OTHER_PART, JointPart.CONSULTED)
    assert Todo.SIGN_RAPID_REVIEW not in put.todos(put.theirs, put.theirs_case)
    put.sign_ours()
    assert put.decided_on() is not None


@pytest.mark.whole
def test_a_part_that_signs_nothing_more_leaves_the_round_as_it_is(put):
    put.sign_ours(Seat.POLICE)
    agreed(put, JointChange.OTHER_PART, JointPart.JOINTLY_PUBLISHING)
    put.sign_ours(Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD, round=1)
    put.sign_theirs(round=1)
    assert put.decided_on() is not None


@pytest.mark.parametrize("part", [None, JointPart.JOINTLY_DECIDING])
def test_another_part_is_named_and_is_another(put, part):
    with pytest.raises(AnswerRefused) as refused:
        put.propose_change(JointChange.OTHER_PART, part=part)
    assert refused.value.field == "part"


def test_the_newest_proposal_waits_and_one_that_was_answered_does_not(put):
    put.propose_change(JointChange.LEAVES)
    put.propose_change(JointChange.OTHER_PART, part=JointPart.CONSULTED)
    manager = put.theirs.actor(Role.BUSINESS_MANAGER)
    with put.world.act(manager, put.when) as work:
        case = get_case(work.session, put.theirs_case)
        assert [one.change for one in waiting_proposals(work, case)] == [JointChange.OTHER_PART]
    put.answer_change(ChangeAnswer.REFUSED)
    with put.world.act(manager, put.when) as work:
        assert waiting_proposals(work, get_case(work.session, put.theirs_case)) == []
        todos = {one.todo for one in open_assignments(work.session, put.theirs_case)}
    assert Todo.ANSWER_CHANGE not in todos


@pytest.mark.whole
def test_who_joins_while_a_round_is_open_signs_a_new_one(together):
    case_id = together.invited(JointPart.JOINTLY_DECIDING)
    together.driven.scope().meet().propose()
    together.when = "2026-01-05 10:00"
    together.sign_ours(Seat.POLICE)
    together.answer(case_id, JointAnswer.ACCEPTED)
    together.settle()
    together.theirs_case = case_id
    with pytest.raises(RuleBroken, match="newer version"):
        together.sign_ours(Seat.LOCAL_AUTHORITY, round=1)
    together.sign_ours()
    together.sign_theirs(round=2)
    assert together.decided_on() is not None


def withdraw(joint: Joint) -> None:
    with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
        (sent,) = open_invitations(work, get_case(work.session, joint.case_id))
        command = joint_factories.withdraw_invitation(sent.id)
        withdraw_invitation(work, joint.case_id, command)
    joint.settle()


def test_an_invitation_that_is_withdrawn_shows_nothing_and_its_case_ends(invited):
    withdraw(invited)
    assert invited.their_case(invited.theirs_case).stage is Stage.CLOSED
    with invited.world.act(invited.theirs.actor(Role.BUSINESS_MANAGER), invited.when) as work:
        assert shared_cases(work.session) == []
        assert len(all_of(work.session, invited.theirs_case, EntryType.INVITATION_TAKEN_BACK)) == 1


def test_one_that_nobody_was_told_of_is_withdrawn_without_a_word_over_there(together):
    together.invite()
    withdraw(together)
    assert together.opened() is None
    with together.world.act(Role.BUSINESS_MANAGER, together.when) as work:
        todos = {one.todo for one in open_assignments(work.session, together.case_id)}
    assert Todo.APPROVE_SHARING not in todos


def test_between_the_withdrawal_and_its_delivery_it_cannot_be_accepted(invited):
    with invited.world.act(Role.BUSINESS_MANAGER, invited.when) as work:
        (sent,) = open_invitations(work, get_case(work.session, invited.case_id))
        command = joint_factories.withdraw_invitation(sent.id)
        withdraw_invitation(work, invited.case_id, command)
    with pytest.raises(NotFound, match="withdrawn"):
        invited.answer(invited.theirs_case, JointAnswer.ACCEPTED)


@pytest.mark.parametrize(
    ("answer", "is_open"),
    [(JointAnswer.ASKED, True), (JointAnswer.ACCEPTED, False), (JointAnswer.DECLINED, False)],
)
def test_an_invitation_is_withdrawn_before_it_is_answered(invited, answer, is_open):
    invited.answer(invited.theirs_case, answer)
    with invited.world.act(Role.BUSINESS_MANAGER, invited.when) as work:
        found = open_invitations(work, get_case(work.session, invited.case_id))
    assert bool(found) is is_open
