"""Who is told of a nearing and of a missed last day, as rules.md 2.2 says for each clock."""

import pytest

from services.domain.clocks.rules import RULES, ClockId
from services.domain.clocks.telling import TOLD
from services.domain.recipients import Recipient

R = Recipient
# From the last column of the table, family by family.
MISSED = {
    "K1": {R.DIRECTOR, R.BUSINESS_MANAGER, R.PARTNERS},
    "K2": {R.DECISION_MAKER},
    "K3": {R.DIRECTOR},
    "K3b": {R.DIRECTOR},
    "K4": {R.UNIT_MANAGER},
    "K5": {R.BUSINESS_MANAGER},
    "K6": {R.AGENCY},
    "K7": {R.CHAIR, R.PARTNERS},
    "K8": {R.BUSINESS_MANAGER},
    "K9": {R.BUSINESS_MANAGER},
    "K10": {R.PARTNERS},
    "K11": {R.CHAIR, R.REVIEW_GROUP},
    "K12": {R.BUSINESS_MANAGER},
    "K13": {R.COMMUNICATIONS, R.BUSINESS_MANAGER},
    "K14": {R.ACTION_OWNER, R.CHAIR, R.REVIEW_GROUP, R.EXECUTIVE},
    "K15": {R.DATA_PROTECTION_OFFICER, R.DATA_PROTECTION_CONTACT},
}


@pytest.mark.parametrize("clock", TOLD)
def test_who_is_told_of_a_missed_day_is_what_the_table_says(clock):
    assert set(TOLD) == set(RULES)
    assert set(TOLD[clock].recipients(is_missed=True)) == MISSED[clock.value]


def test_a_near_day_of_an_action_is_its_owners_alone_and_of_others_the_same_as_a_missed_one():
    """EMB-08, K14: the owner first, then the review group and the executive."""
    for clock in TOLD:
        near = set(TOLD[clock].recipients(is_missed=False))
        assert near == ({R.ACTION_OWNER} if clock is ClockId.K14 else MISSED[clock.value])
