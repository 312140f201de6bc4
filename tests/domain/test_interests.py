"""Who decides on a declared interest: nobody on their own (G7)."""

import pytest

from services.domain.errors import NotPermitted, RuleBroken
from services.domain.interests import must_be_asked, who_decides
from services.domain.roles import Role

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER, NOTIFIER = Role.SAFEGUARDING_PARTNER, Role.NOTIFIER


@pytest.mark.parametrize(
    ("whose", "by"),
    [
        ({PARTNER}, {MANAGER, CHAIR}),
        ({NOTIFIER}, {MANAGER, CHAIR}),
        ({MANAGER}, {CHAIR}),
        ({CHAIR}, {PARTNER}),
        ({MANAGER, NOTIFIER}, {CHAIR}),
        ({CHAIR, MANAGER, PARTNER}, {PARTNER}),
    ],
)
def test_each_interest_is_put_before_others_than_who_declared_it(whose, by):
    """G7: a conflict is decided on by somebody else, and by nobody in another role."""
    for role in Role:
        if role in by:
            assert must_be_asked(role, whose).may(role)
        else:
            with pytest.raises(NotPermitted, match="put before"):
                must_be_asked(role, whose)


def test_the_lead_of_their_own_organisation_decides_on_a_partner_and_a_notifier_alone():
    of_leads = {role for role in Role if (one := who_decides({role})) and one.is_of_lead}
    assert of_leads == {PARTNER, NOTIFIER}


@pytest.mark.parametrize("role", sorted(set(Role) - {PARTNER, NOTIFIER, MANAGER, CHAIR}))
def test_of_every_other_role_the_case_stays_closed(role):
    """LC-02: of a lead reviewer, or of an agency, nobody decides otherwise."""
    assert who_decides({role}) is None
    for asked in Role:
        with pytest.raises(RuleBroken, match="stays closed"):
            must_be_asked(asked, {role})
