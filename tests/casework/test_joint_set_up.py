"""Setting up a joint review: two people on each side, rows of each side's own (RR-28, RR-29)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.casework.access.shown_cases import open_shown_case, shown_to_actor
from services.casework.steps.joint import sharing, sharing_approval
from services.database.assignments import open_assignments
from services.database.history import entries
from services.database.joint_reviews import (
    grants_of,
    invitations_of,
    membership_of,
    waiting_grants,
)
from services.database.shown import members, shared_cases
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, DeclareFirst, NotFound, NotPermitted, RuleBroken
from services.domain.joint_reviews import SHAREABLE, JointAnswer, JointPart
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import joint_factories
from tests.joint import WHEN, Joint, over_there
from tests.world import make_world


@pytest.fixture(scope="module")
def uninvited(app_engine) -> Joint:
    """A case from which nobody is invited: what is tried on it is refused, and changes nothing."""
    return Joint(make_world(app_engine))


def seen_over_there(joint, who=Role.BUSINESS_MANAGER):
    with joint.world.act(joint.theirs.actor(who), joint.when) as work:
        return shared_cases(work.session)


def types_of(joint, side, case_id):
    with joint.world.act(side.actor(Role.BUSINESS_MANAGER), joint.when) as work:
        return [entry.entry_type for entry in reversed(entries(work.session, case_id))]


def test_nothing_is_shown_and_nobody_over_there_hears_of_it_before_a_second_person_approves(joint):
    joint.invite()
    joint.settle()
    assert seen_over_there(joint) == []
    assert joint.opened() is None
    with joint.world.act(Role.REVIEW_GROUP_CHAIR, joint.when) as work:
        todos = {one.todo for one in open_assignments(work.session, joint.case_id)}
    assert Todo.APPROVE_SHARING in todos


def test_the_person_who_proposed_cannot_approve(joint):
    joint.invite()
    with pytest.raises(NotPermitted):
        joint.approve(Role.BUSINESS_MANAGER)
    assert seen_over_there(joint) == []


def test_one_person_who_is_manager_and_chair_is_still_one_person(joint):
    world = joint.world
    manager = world.ours.actor(Role.BUSINESS_MANAGER)
    both = replace(world.ours.actor(Role.REVIEW_GROUP_CHAIR), person_id=manager.person_id)
    joint.invite()
    with world.act(both, joint.when) as work:
        grant = waiting_grants(work.session, joint.case_id)[0]
        with pytest.raises(RuleBroken, match="second person"):
            sharing_approval.approve_sharing(
                work, joint.case_id, joint_factories.approve_sharing(grant.id)
            )


def test_an_approved_invitation_opens_a_case_over_there_once_and_asks_for_an_answer(joint):
    joint.invited()
    joint.settle()
    assert joint.opened() == joint.theirs_case
    case = joint.their_case(joint.theirs_case)
    assert (case.stage, case.tenant_id) == (Stage.INVITED, joint.theirs.partnership_id)
    assert types_of(joint, joint.theirs, joint.theirs_case)[0] is EntryType.INVITATION_RECEIVED
    with joint.world.act(joint.theirs.actor(Role.BUSINESS_MANAGER), joint.when) as work:
        assert [one.todo for one in open_assignments(work.session, joint.theirs_case)] == [
            Todo.ANSWER_INVITATION
        ]


def test_who_accepts_takes_part_and_each_side_has_a_row_of_its_own(joint):
    case_id = joint.joined(JointPart.JOINTLY_DECIDING)
    assert joint.their_case(case_id).stage is Stage.JOINT_REVIEW
    with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
        ours = membership_of(work.session, joint.case_id)
        assert ours is not None
        found = members(work.session, ours.joint_review_id)
        told = [(one.tenant_id, one.is_lead, one.part) for one in found]
    assert told == [
        (joint.world.ours.partnership_id, True, JointPart.JOINTLY_PUBLISHING),
        (joint.theirs.partnership_id, False, JointPart.JOINTLY_DECIDING),
    ]
    assert EntryType.REPLY_RECEIVED in types_of(joint, joint.world.ours, joint.case_id)


def test_who_declines_keeps_a_closed_case_and_sees_nothing_more_of_the_review(invited):
    invited.answer(invited.theirs_case, JointAnswer.DECLINED)
    assert invited.their_case(invited.theirs_case).stage is Stage.CLOSED
    with invited.world.act(Role.BUSINESS_MANAGER, invited.when) as work:
        assert membership_of(work.session, invited.case_id) is None
        assert [one.revoked_at is None for one in grants_of(work.session, invited.case_id)] == [
            False
        ]
    assert seen_over_there(invited) == []


def test_a_question_leaves_the_invitation_open(invited):
    invited.answer(invited.theirs_case, JointAnswer.ASKED)
    assert invited.their_case(invited.theirs_case).stage is Stage.INVITED
    invited.answer(invited.theirs_case, JointAnswer.ACCEPTED)
    assert invited.their_case(invited.theirs_case).stage is Stage.JOINT_REVIEW


def test_who_is_to_lead_has_a_referral_of_its_own_first(joint):
    """Each keeps its own referral: the invitation's case carries no review (rules.md 4)."""
    case_id = joint.invited(lead=joint.theirs.partnership_id)
    with pytest.raises(AnswerRefused, match="refer the incident first") as refused:
        joint.answer(case_id, JointAnswer.ACCEPTED)
    assert refused.value.field == "own_case"
    own = over_there(joint)
    joint.answer(case_id, JointAnswer.ACCEPTED, own_case=own.row().reference)
    assert own.row().stage is Stage.REFERRED


def test_only_the_named_sections_are_shown(joint):
    joint.invited(JointPart.CONSULTED, sections=(Section.SCOPING_RETURNS,))
    with joint.world.act(joint.theirs.actor(Role.BUSINESS_MANAGER), joint.when) as work:
        found = open_shown_case(work, joint.case_id)
        assert {entry.section for entry in found.entries} <= {Section.SCOPING_RETURNS}
    (shown,) = seen_over_there(joint)
    assert shown.sections == {Section.SCOPING_RETURNS}


def test_everything_internal_stays_at_home(joint):
    joint.invited(JointPart.CONSULTED)
    with joint.world.act(joint.theirs.actor(Role.BUSINESS_MANAGER), joint.when) as work:
        found = open_shown_case(work, joint.case_id)
        sections = {entry.section for entry in found.entries}
    assert Section.FACTS_AND_FAMILY in sections
    assert Section.INTERNAL not in sections


def test_duties_to_notify_and_national_clocks_are_shown_and_local_ones_are_not(joined):
    with joined.world.act(joined.theirs.actor(Role.BUSINESS_MANAGER), joined.when) as work:
        found = {one.clock.value for one in open_shown_case(work, joined.case_id).clocks}
    assert found == {"K1", "K2", "K10"}


def test_what_is_ended_is_not_seen_from_the_next_question_on(joined):
    with joined.world.act(joined.theirs.actor(Role.BUSINESS_MANAGER), joined.when) as theirs:
        assert open_shown_case(theirs, joined.case_id).entries
        joined.end_sharing()
        assert shared_cases(theirs.session) == []
        with pytest.raises(NotFound):
            open_shown_case(theirs, joined.case_id)


def test_the_other_side_is_told_that_it_sees_nothing_any_more(joined):
    joined.end_sharing()
    joined.settle()
    assert types_of(joined, joined.theirs, joined.theirs_case)[-1] is EntryType.SHOWING_ENDED


@pytest.mark.parametrize(("days", "is_shown"), [(4, True), (5, False)])
def test_sharing_ends_by_itself_with_its_last_day(joint, days, is_shown):
    joint.joined(ends_on="2025-12-20")
    with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
        work.partnership.practice_offset += timedelta(days=days).total_seconds()
        work.session.add(work.partnership)
    assert bool(seen_over_there(joint)) is is_shown


def test_a_reader_declares_on_their_own_case_first(joined):
    member = joined.theirs.actor(Role.REVIEW_GROUP_MEMBER)
    with joined.world.act(member, joined.when) as work, pytest.raises(DeclareFirst):
        shown_to_actor(work, joined.case_id)


def test_an_agency_and_communications_over_there_see_nothing_of_it(joined):
    for role in (Role.AGENCY_LEAD, Role.COMMUNICATIONS_LEAD):
        them = joined.theirs.actor(role)
        with joined.world.act(them, joined.when) as work, pytest.raises(NotFound):
            shown_to_actor(work, joined.case_id)


@pytest.mark.parametrize(
    ("field", "but"),
    [
        ("partnership", {"partnership": "ours"}),
        ("lead", {"lead": "nobody"}),
        ("lead", {"lead": None}),
        ("sections", {"sections": ()}),
        ("ends_on", {"ends_on": "2025-12-01"}),
        ("ends_on", {"ends_on": "2027-12-01"}),
        ("sections", {"sections": (Section.MEETING,)}),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_beside_its_field(uninvited, field, but):
    named = {"ours": uninvited.world.ours.partnership_id, "nobody": joint_factories.NO_GRANT}
    given = {
        name: named.get(value, value) if isinstance(value, str) else value
        for name, value in but.items()
    }
    with pytest.raises(AnswerRefused) as refused:
        uninvited.invite(**given)
    assert refused.value.field == field


def test_a_partnership_is_invited_once(joint):
    joint.invite()
    with pytest.raises(RuleBroken, match="invited already"):
        joint.invite()


def test_more_is_shared_by_a_new_grant_that_takes_the_place_of_the_old(joint):
    joint.joined(JointPart.CONSULTED, sections=(Section.MEETING,))
    command = joint_factories.propose_sharing(joint.theirs.partnership_id)
    with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
        sharing.propose_sharing(work, joint.case_id, command)
    (before,) = seen_over_there(joint)
    assert before.sections == {Section.MEETING}
    joint.approve()
    (after,) = seen_over_there(joint)
    assert after.sections == set(SHAREABLE)
    with joint.world.act(Role.BUSINESS_MANAGER, WHEN) as work:
        live = [one for one in grants_of(work.session, joint.case_id) if one.revoked_at is None]
    assert len(live) == 1


def test_where_both_rules_name_one_partnership_it_leads_unless_another_is_chosen(joint):
    ours = joint.world.ours.partnership_id
    joint.invite(residence=ours, incident=ours, lead=None)
    with joint.world.act(Role.BUSINESS_MANAGER, joint.when) as work:
        assert [one.lead_id for one in invitations_of(work.session, joint.case_id)] == [ours]


def test_where_they_differ_the_refusal_names_the_policys_reading_and_preselects_nothing(uninvited):
    with pytest.raises(AnswerRefused, match=r"where the incident took place.*our reading"):
        uninvited.invite(lead=None)
