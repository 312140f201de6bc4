"""Who took part in the rapid review: by name, of those who were named, and for whom (GOV-12)."""

from contextlib import nullcontext
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from services.casework.steps.attendance import attendees
from services.casework.steps.rapid_review import meeting, meeting_pack, record_writing
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.attendance_factories import name_attendees
from tests.desk import Desk
from tests.reached import reach
from tests.world import HOSPITAL, PROBATION, World

MANAGER, CHAIR, AGENCY = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.AGENCY_LEAD
MEMBER = Role.REVIEW_GROUP_MEMBER


def test_who_took_part_is_on_record_by_name_with_whoever_came_for_another(world):
    """GOV-12, RR-45, RR-48: who of those named came, who chaired, for whom, and what was tabled."""
    one, other, member, chair = (
        world.ours.actor(role, agency=agency).person_id
        for role, agency in ((AGENCY, HOSPITAL), (AGENCY, PROBATION), (MEMBER, None), (CHAIR, None))
    )
    case = reach(world, Stage.RAPID_REVIEW)
    case.do(attendees.name_attendees, name_attendees(one, other, member), MANAGER, "2025-12-22")
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")
    for said, words in (
        ({"present": ()}, "of those who were named"),
        ({"present": (UUID(int=7),)}, "who serve the partnership"),
        ({"present": (one,), "deputies": ({"person": other, "in_place_of": member},)}, "attended"),
        ({"present": (one,), "deputies": ({"person": one, "in_place_of": one},)}, "did not come"),
        ({"present": (one,), "chaired_by": member}, "Whoever chaired it"),
        ({"present": (one, member), "chaired_by": member}, "RR-48"),
        ({"present": (one,), "chaired_by": one, "tabled": None}, "minutes are tabled"),
    ):
        answers = {"chaired_by": one, "deputies": ({"person": one, "in_place_of": chair},)}
        held = say.hold_meeting(**answers | said)
        with pytest.raises(AnswerRefused, match=words):
            case.do(meeting.hold_meeting, held, CHAIR, "2025-12-30 16:00")
    deputies = ({"person": member, "in_place_of": chair},)
    came = say.hold_meeting(present=(one, member), deputies=deputies, chaired_by=member)
    case.do(meeting.hold_meeting, came, CHAIR, "2025-12-30 16:00")
    case.do(record_writing.write_record, say.write_record(), CHAIR, "2026-01-02")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SUBMIT)
    text = desk.read(case.case_id, "meeting_record")[0]
    assert "Chaired by Example review.group.member" in text
    assert "Example hospital" in text
    assert "Example review.group.member" in text
    assert "Example review.group.chair" in text
    assert "Example probation" not in text


@pytest.mark.parametrize(
    ("first", "last", "may"),
    [
        ("2020-01-01", "2025-12-31", True),
        ("2020-01-01", "2025-12-29", False),
        ("2025-12-31", "2030-01-01", False),
    ],
)
def test_who_may_chair_and_attend_is_asked_of_the_day_of_the_meeting(
    world, admin_engine, first, last, may
):
    """RR-48: who chaired on 30 December is on record, though it is recorded after they left."""
    case = reach(world, Stage.RAPID_REVIEW)
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-29")
    serve(admin_engine, world, first, last)
    held = case.chaired(met_on="2025-12-30")
    refused = nullcontext() if may else pytest.raises(AnswerRefused, match="serve the partnership")
    with refused:
        case.do(meeting.hold_meeting, held, MANAGER, "2026-01-02")
    assert (case.row().met_on is not None) is may


def serve(admin: Engine, world: World, first: str, last: str) -> None:
    """Let the chair of the review group serve on these days, as provisioning would have it."""
    said = {"tenant": world.ours.partnership_id, "role": CHAIR, "first": first, "last": last}
    with admin.begin() as link:
        link.execute(
            text(
                "update memberships set from_on = :first, to_on = :last"
                " where tenant_id = :tenant and role = :role"
            ),
            said,
        )
