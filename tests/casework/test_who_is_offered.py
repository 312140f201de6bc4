"""A page offers whoever its act accepts: who served on the day, also where they have left since."""

import pytest
from sqlalchemy import Engine, text

from services.casework.steps.attendance import group_meetings
from services.casework.steps.local_review import oversight
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.act_pages import commissioning, review_group
from services.web.act_pages.act_page import ActPage
from tests.attendance_factories import record_group_meeting
from tests.driven import Driven
from tests.put_terms import advice
from tests.reached import reach

CHAIR, MEMBER = Role.REVIEW_GROUP_CHAIR, Role.REVIEW_GROUP_MEMBER
WHEN = "2026-02-02"
_SERVES = text(
    "update memberships set from_on = :first, to_on = :last where tenant_id = :tenant"
    " and role = 'review_group_member'"
)


@pytest.fixture
def case(world) -> Driven:
    """A local review that was decided on on 5 January."""
    return reach(world, Stage.COMMISSIONING)


def serves(admin: Engine, case: Driven, first: str, last: str) -> None:
    days = {"first": first, "last": last, "tenant": case.world.ours.partnership_id}
    with admin.begin() as link:
        link.execute(_SERVES, days)


def offers(case: Driven, pages: tuple[ActPage, ...], name: str, question: str) -> bool:
    """Tell whether the page of the act offers the member in answer to the question."""
    (page,) = (one for one in pages if one.act.name == name)
    assert page.narrow is not None
    with case.world.act(CHAIR, WHEN) as work:
        offered = page.narrow(work, case.row())[question]
    return str(case.world.ours.actor(MEMBER).person_id) in {one.value for one in offered}


@pytest.mark.parametrize(
    ("first", "last", "is_offered"),
    [
        ("2020-01-01", "2030-01-01", True),
        ("2020-01-01", "2026-01-20", True),
        ("2026-01-12", "2026-01-20", True),
        ("2020-01-01", "2026-01-04", False),
    ],
)
def test_who_took_part_in_the_oversight_is_offered_of_those_who_served_since_the_decision(
    case, admin_engine, first, last, is_offered
):
    """DEC-15: the act asks who served on the day on which the group considered it."""
    serves(admin_engine, case, first, last)
    assert offers(case, commissioning.PAGES, "oversee_commissioning", "took_part") is is_offered
    member = case.world.ours.actor(MEMBER).person_id
    on = "2026-01-15" if is_offered else "2026-01-05"
    said = advice(case, WHEN, took_part=(member,), considered_on=on, on_terms=None)
    if is_offered:
        case.do(oversight.oversee_commissioning, said, CHAIR, WHEN)
        return
    with pytest.raises(AnswerRefused, match="who served on the day"):
        case.do(oversight.oversee_commissioning, said, CHAIR, WHEN)


def test_who_was_at_a_meeting_of_the_group_is_offered_though_they_have_left(case, admin_engine):
    """GOV-15: it is put on record who was there, also some days later."""
    serves(admin_engine, case, "2020-01-01", "2026-01-20")
    assert offers(case, review_group.PAGES, "record_group_meeting", "present")
    member = case.world.ours.actor(MEMBER).person_id
    met = {"held_on": "2026-01-15", "present": (member,), "decided": "To go on.", "meets_on": None}
    case.do(group_meetings.record_group_meeting, record_group_meeting(**met), CHAIR, WHEN)
