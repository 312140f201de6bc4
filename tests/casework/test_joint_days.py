"""In a joint review no agency's day passes the national one of the case that carries it."""

import pytest

from services.casework.steps.local_review.agency_reports import REQUEST_REPORTS
from services.casework.steps.scoping import extension, scoping
from services.database.cases import get_case
from services.domain.agency_requests import Asked
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from tests import factories as say
from tests import silence_factories as on_silence
from tests.joint_publishing import Publishing, contributing
from tests.two_notified import TwoNotified, both_notified, clock
from tests.world import SCHOOL

MANAGER, OPENED = Role.BUSINESS_MANAGER, "2026-02-02 10:00"


@pytest.fixture
def joined(ready_by) -> TwoNotified:
    """Their case has joined ours; their area notified on Friday 12 December: K10 on 7 January."""
    return ready_by(both_notified)


def test_the_earliest_notifications_last_day_holds_on_the_case_that_joined(joined):
    """RR-34, K10: its own K10 is covered; the lead's is not passed by."""
    own = joined.own
    assert clock(own).ended_on
    own.do(scoping.request_returns, say.request_returns(own.agency(SCHOOL)), MANAGER, "2025-12-16")
    later = on_silence.extend_day(own.agency(SCHOOL), new_day="2026-01-08")
    with pytest.raises(AnswerRefused, match="by the end of Wed 7 Jan") as refused:
        own.do(extension.extend_day, later, MANAGER, "2025-12-17")
    assert refused.value.field == "new_day"
    leaves = on_silence.extend_day(own.agency(SCHOOL), new_day="2026-01-07")
    own.do(extension.extend_day, leaves, MANAGER, "2025-12-17")


def test_the_last_day_of_the_review_that_the_lead_opened_holds_for_reports(ready_by):
    """LC-13, K11: who contributes has no K11 of its own, and was told the lead's."""
    joint = ready_by(Publishing, contributing, Publishing.sent_to_panel, Publishing.opened_locally)
    last = joint.driven.due("K11")
    asked = say.request_reports(joint.theirs.agency(SCHOOL), due="2026-03-02")
    joint.over_there(REQUEST_REPORTS, asked, OPENED)
    with joint.world.act(joint.theirs.actor(MANAGER), "2026-02-03 10:00") as work:
        case = get_case(work.session, joint.theirs_case)
        assert case.commissioned_on is None
        said = {"agency": joint.theirs.agency(SCHOOL), "asked": Asked.REPORT}
        leaves = on_silence.extend_day(**said, new_day=last)
        extension.extend_day(work, joint.theirs_case, leaves)
    with joint.world.act(joint.theirs.actor(MANAGER), "2026-02-04 10:00") as work:
        passes = on_silence.extend_day(**said, new_day="2027-01-15")
        with pytest.raises(AnswerRefused, match="K11"):
            extension.extend_day(work, joint.theirs_case, passes)
