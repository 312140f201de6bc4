"""Which role may do what, as the framework's own table has it (rules.md 4).

The table is stated here a second time on purpose: each of its columns is a role, each of its lines
something that a role may do. A guest answers for an agency that has no account; a practitioner
comes to a learning event and to nothing else.
"""

from uuid import uuid4

import pytest

from services.domain.errors import NotPermitted
from services.domain.identifiers import PartnershipId, PersonId
from services.domain.roles import Actor, Permission, Role, Seat

MAY = {
    Permission.REFER: {
        Role.NOTIFIER,
        Role.SAFEGUARDING_PARTNER,
        Role.BUSINESS_MANAGER,
        Role.REVIEW_GROUP_CHAIR,
        Role.REVIEW_GROUP_MEMBER,
        Role.AGENCY_LEAD,
        Role.SYSTEM,
    },
    Permission.DECIDE_TO_NOTIFY: {Role.NOTIFIER},
    Permission.GIVE_VIEW: {
        Role.SAFEGUARDING_PARTNER,
        Role.REVIEW_GROUP_CHAIR,
        Role.INDEPENDENT_SCRUTINEER,
    },
    Permission.RUN_SCOPING: {Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR},
    Permission.RECORD_PROCESSES: {
        Role.BUSINESS_MANAGER,
        Role.REVIEW_GROUP_CHAIR,
        Role.SAFEGUARDING_PARTNER,
    },
    Permission.ASK_FOR_AUDIT: {
        Role.BUSINESS_MANAGER,
        Role.REVIEW_GROUP_CHAIR,
        Role.SAFEGUARDING_PARTNER,
    },
    Permission.ASK_FOR_PROGRESS: {Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER},
    Permission.CONSIDER_DELAY: {Role.REVIEW_GROUP_CHAIR, Role.SAFEGUARDING_PARTNER},
    Permission.MONITOR_REVIEW: {Role.SAFEGUARDING_PARTNER},
    Permission.INVOLVE_FAMILY: {
        Role.BUSINESS_MANAGER,
        Role.REVIEW_GROUP_CHAIR,
        Role.LEAD_REVIEWER,
    },
    Permission.HOLD_LEARNING_EVENT: {
        Role.BUSINESS_MANAGER,
        Role.REVIEW_GROUP_CHAIR,
        Role.LEAD_REVIEWER,
    },
    Permission.TAKE_PART_IN_EVENT: {Role.PRACTITIONER},
    Permission.ANSWER_AGENCY_REQUEST: {Role.AGENCY_LEAD, Role.GUEST, Role.SYSTEM},
    Permission.SIGN_OFF: {Role.SAFEGUARDING_PARTNER},
    Permission.SUBMIT_TO_PANEL: {Role.BUSINESS_MANAGER},
    Permission.DRAFT_REPORT: {Role.LEAD_REVIEWER},
    Permission.MARK_SENSITIVE: {Role.BUSINESS_MANAGER},
    Permission.ADMINISTER_PARTNERSHIP: {Role.PARTNERSHIP_ADMINISTRATOR},
    Permission.ADMINISTER_PLATFORM: {Role.PLATFORM_ADMINISTRATOR},
    Permission.READ_AUDIT: {Role.BUSINESS_MANAGER, Role.DATA_PROTECTION_CONTACT},
    Permission.EXPORT_PARTNERSHIP: {Role.BUSINESS_MANAGER, Role.DATA_PROTECTION_CONTACT},
    Permission.PLAN_PUBLICATION: {Role.BUSINESS_MANAGER, Role.COMMUNICATIONS_LEAD},
    Permission.TAKE_PUBLICATION_STEP: {
        Role.BUSINESS_MANAGER,
        Role.COMMUNICATIONS_LEAD,
        Role.REVIEW_GROUP_CHAIR,
        Role.LEAD_REVIEWER,
    },
}


def person(role: Role, seat: Seat | None = None) -> Actor:
    """Return somebody in that role, who fills that seat."""
    return Actor(
        person_id=PersonId(uuid4()), partnership_id=PartnershipId(uuid4()), role=role, seat=seat
    )


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_its_column_says_and_no_more(role):
    somebody = person(role)
    may = {permission for permission in MAY if somebody.may(permission)}
    assert may == {permission for permission, roles in MAY.items() if role in roles}


@pytest.mark.parametrize("permission", MAY)
def test_nobody_else_may_do_it(permission):
    for role in set(Role) - MAY[permission]:
        with pytest.raises(NotPermitted, match="may not"):
            person(role).must(permission)


def test_the_police_seat_marks_what_is_police_sensitive_as_well():
    partners = {seat: person(Role.SAFEGUARDING_PARTNER, seat) for seat in Seat}
    marking = {seat for seat, one in partners.items() if one.may(Permission.MARK_SENSITIVE)}
    assert marking == {Seat.POLICE}
