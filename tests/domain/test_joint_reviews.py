"""Joint reviews: parts, who decides what, what must be shown to be signed, who leads."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.versions import LeadArea
from services.domain.entry_types import Section
from services.domain.errors import RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.joint_reviews import (
    DECIDED_WITH,
    SHAREABLE,
    JointMember,
    JointPart,
    area_by_rule,
    end_of,
    joint_parties,
    last_day_before,
    must_be_shareable,
    must_end_in_time,
    needed_sections,
    preselected_lead,
    under_new_lead,
)
from services.domain.parties import parties_of
from services.domain.sign_off import SignOffMatter

NORTH, SALT, MOOR = (PartnershipId(UUID(int=number)) for number in (1, 2, 3))
DAY = date(2026, 3, 2)


def member(partnership, part, *, is_lead=False):
    return JointMember(
        partnership_id=partnership, part=part, parties=parties_of(partnership), is_lead=is_lead
    )


LEAD = member(NORTH, JointPart.JOINTLY_PUBLISHING, is_lead=True)


@pytest.mark.parametrize("part", JointPart)
def test_a_part_holds_all_that_the_parts_before_it_hold(part):
    ranked = list(JointPart)
    assert [part.holds(one) for one in ranked] == [
        ranked.index(one) <= ranked.index(part) for one in ranked
    ]


@pytest.mark.parametrize(
    ("part", "decides", "publishes"),
    [
        (JointPart.CONSULTED, False, False),
        (JointPart.CONTRIBUTING, False, False),
        (JointPart.JOINTLY_DECIDING, True, False),
        (JointPart.JOINTLY_PUBLISHING, True, True),
    ],
)
def test_who_signs_what(part, decides, publishes):
    members = [member(SALT, part), LEAD]
    signers = {matter: joint_parties(members, matter) for matter in DECIDED_WITH}
    assert all(parties[:3] == parties_of(NORTH) for parties in signers.values())
    joining = {matter: len(parties) == 6 for matter, parties in signers.items()}
    assert joining == {
        SignOffMatter.RAPID_REVIEW: decides,
        SignOffMatter.TERMS_OF_REFERENCE: decides,
        SignOffMatter.RECOMMENDATIONS: decides,
        SignOffMatter.INTERIM_LEARNING: decides,
        SignOffMatter.REPORT: decides,
        SignOffMatter.PUBLICATION: publishes,
    }


def test_each_partnership_signs_its_own_action_plan():
    assert SignOffMatter.ACTION_PLAN not in DECIDED_WITH


def test_nobody_is_asked_to_sign_what_they_may_not_read():
    assert needed_sections(JointPart.CONTRIBUTING) == frozenset()
    assert Section.PUBLICATION in needed_sections(JointPart.JOINTLY_PUBLISHING)
    assert Section.PUBLICATION not in needed_sections(JointPart.JOINTLY_DECIDING)
    with pytest.raises(RuleBroken, match="the draft report"):
        must_be_shareable(
            needed_sections(JointPart.JOINTLY_DECIDING) - {Section.DRAFT_REPORT},
            JointPart.JOINTLY_DECIDING,
        )
    must_be_shareable(needed_sections(JointPart.JOINTLY_DECIDING), JointPart.JOINTLY_DECIDING)


def test_nothing_and_what_is_internal_are_never_shared():
    assert Section.INTERNAL not in SHAREABLE
    with pytest.raises(RuleBroken, match="at least one"):
        must_be_shareable((), JointPart.CONSULTED)
    with pytest.raises(RuleBroken, match="never shared"):
        must_be_shareable([Section.MEETING, Section.INTERNAL], JointPart.CONSULTED)


@pytest.mark.parametrize(("days", "is_right"), [(-1, False), (0, True), (400, True), (401, False)])
def test_sharing_ends_within_four_hundred_days(days, is_right):
    if is_right:
        must_end_in_time(DAY, DAY + timedelta(days=days))
        return
    with pytest.raises(RuleBroken, match="Sharing ends on a day from"):
        must_end_in_time(DAY, DAY + timedelta(days=days))


@pytest.mark.parametrize("day", [DAY, date(2026, 3, 29), date(2026, 10, 25)])
def test_the_last_day_is_the_whole_day_in_england(day):
    assert last_day_before(end_of(day)) == day
    assert end_of(day).astimezone().date() >= day


def test_no_lead_is_preselected_where_the_two_areas_differ():
    assert preselected_lead(NORTH, NORTH) == NORTH
    assert preselected_lead(NORTH, SALT) is None


def test_which_area_the_rule_of_the_day_names_is_the_policys_to_say():
    moved = NATIONAL.lead_area_moved
    assert area_by_rule(moved - timedelta(days=1), NATIONAL) is LeadArea.USUAL_RESIDENCE
    assert area_by_rule(moved, NATIONAL) is LeadArea.INCIDENT


def test_the_lead_changes_to_a_partnership_that_takes_part_and_no_party_is_lost():
    members = (LEAD, member(SALT, JointPart.JOINTLY_DECIDING), member(MOOR, JointPart.CONSULTED))
    after = under_new_lead(members, SALT)
    assert [(one.partnership_id, one.is_lead) for one in after] == [
        (NORTH, False),
        (SALT, True),
        (MOOR, False),
    ]
    before = set(joint_parties(members, SignOffMatter.RAPID_REVIEW))
    assert set(joint_parties(after, SignOffMatter.RAPID_REVIEW)) == before
    for nobody in (NORTH, PartnershipId(UUID(int=9))):
        with pytest.raises(RuleBroken, match="takes part already"):
            under_new_lead(members, nobody)
