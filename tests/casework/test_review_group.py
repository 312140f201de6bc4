"""GOV-15: the review group is convened on a referral, each of its meetings is on record."""

from datetime import date

import pytest

from services.casework.steps.attendance import group_meetings, member_comments
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.roles import Role
from services.web.view_models.review_group import review_group_view
from tests.attendance_factories import comment_to_group, record_group_meeting
from tests.driven import Driven
from tests.kept import Traces, emails

CHAIR, MEMBER = Role.REVIEW_GROUP_CHAIR, Role.REVIEW_GROUP_MEMBER
WHEN, DAY, NEXT = "2025-12-15", date(2025, 12, 15), date(2025, 12, 17)


@pytest.fixture
def case(one_world) -> Driven:
    return Driven(one_world)


def record(case: Driven, **said) -> None:
    command = record_group_meeting(**{"meets_on": None} | said)
    case.do(group_meetings.record_group_meeting, command, CHAIR, WHEN)


def test_the_group_is_convened_on_a_referral_and_its_members_are_told_the_day(case, left_by):
    """GOV-15: a member comments before the meeting, and who met and what was decided is kept."""
    convened = record_group_meeting(meets_on=NEXT)
    left = left_by(case, group_meetings.record_group_meeting, convened, who=CHAIR, when=WHEN)
    told = emails("group_convened", "review.group.chair", "review.group.member")
    assert left == Traces(entries=["group_met"], emails=told)
    comment = comment_to_group(comment="Ask the school first.")
    case.do(member_comments.comment_to_group, comment, MEMBER, WHEN)
    member = case.world.ours.actor(MEMBER).person_id
    record(case, held_on=DAY, present=(member,), decided="The school is asked.")
    with case.world.act(MEMBER, WHEN) as work:
        group = review_group_view(work, get_case(work.session, case.case_id))
    assert group is not None
    assert group.meets_on == NEXT
    assert [one.entry_type.partition(" ")[0] for one in group.on_record] == [
        "Review",
        "Comment",
        "Review",
    ]
    with case.world.act(CHAIR, WHEN) as work:
        group = review_group_view(work, get_case(work.session, case.case_id))
    assert group is not None
    said = [answer.text for one in group.on_record for answer in one.said]
    assert {"The school is asked.", "Example review.group.member", "Ask the school first."} <= {
        *said
    }


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("meets_on", {}),
        ("held_on", {"decided": "So."}),
        ("held_on", {"held_on": NEXT, "decided": "So."}),
        ("present", {"held_on": DAY, "decided": "So."}),
        ("meets_on", {"meets_on": date(2025, 12, 14)}),
    ],
)
def test_a_record_says_who_met_when_and_what_was_decided(case, field, said):
    """GOV-15: half a record is none."""
    with pytest.raises(AnswerRefused) as refused:
        record(case, **said)
    assert refused.value.field == field


def test_who_runs_meetings_records_them_and_a_member_comments(case):
    with pytest.raises(NotPermitted):
        case.do(group_meetings.record_group_meeting, record_group_meeting(), MEMBER, WHEN)
    with pytest.raises(NotPermitted):
        case.do(member_comments.comment_to_group, comment_to_group(), CHAIR, WHEN)
