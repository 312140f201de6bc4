"""Who took part in the rapid review: by name, of those who were named, and for whom (GOV-12)."""

from uuid import UUID

import pytest

from services.casework.steps.attendance import attendees
from services.casework.steps.rapid_review import meeting, meeting_pack, rapid_review
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.attendance_factories import name_attendees
from tests.desk import Desk
from tests.reached import reach
from tests.world import HOSPITAL, PROBATION

MANAGER, CHAIR, AGENCY = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.AGENCY_LEAD
MEMBER = Role.REVIEW_GROUP_MEMBER


def test_who_took_part_is_on_record_by_name_with_whoever_came_for_another(world):
    """GOV-12, RR-48: of those named, who came and who chaired; a deputy says in whose place."""
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
    case.do(rapid_review.write_record, say.write_record(), CHAIR, "2026-01-02")
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SUBMIT)
    text = desk.read(case.case_id, "meeting_record")[0]
    assert "Chaired by Example review.group.member" in text
    assert "Example hospital" in text
    assert "Example review.group.member" in text
    assert "Example review.group.chair" in text
    assert "Example probation" not in text
