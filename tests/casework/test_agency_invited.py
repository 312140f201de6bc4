"""LC-35: an agency is invited to a meeting about its report, instead of sending it once more."""

import pytest

from services.casework.steps.local_review import (
    agency_invited,
    agency_report_judgement,
    agency_reports,
)
from services.database.cases import get_case
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.own_part import own_part_view
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces
from tests.report_factories import invite_agency
from tests.world import HOSPITAL, SCHOOL

MANAGER, REVIEWER, AGENCY = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, Role.AGENCY_LEAD
WHEN = "2026-03-02"


def read_by(case: Driven, agency: str) -> list[str]:
    """Return what the agency reads of meetings to which it is invited."""
    with case.world.act(AGENCY, WHEN, agency=agency) as work:
        part = own_part_view(work, get_case(work.session, case.case_id))
        return [answer.text for told in part.invited for answer in told.said]


def test_an_agency_is_invited_to_a_meeting_and_reads_why(case_at, left_by):
    """LC-35: no other agency reads of it, and its report is judged after the meeting."""
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(*map(case.agency, (HOSPITAL, SCHOOL)))
    case.do(agency_reports.request_reports, asked, MANAGER, "2026-02-03")
    called = invite_agency(case.agency(), reasons="Who held the case in May.")
    with pytest.raises(AnswerRefused, match="no report waiting"):
        case.do(agency_invited.invite_agency, called, REVIEWER, WHEN)
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, WHEN)
    for wrong, why in (("2026-03-01 10:00", "still to come"), ("2099-04-10 14:00", "a year")):
        other = invite_agency(case.agency(), meeting_at=wrong)
        with pytest.raises(AnswerRefused, match=why):
            case.do(agency_invited.invite_agency, other, REVIEWER, WHEN)
    assert left_by(case, agency_invited.invite_agency, called, who=REVIEWER, when=WHEN) == Traces(
        entries=["report_meeting_called"], emails=["report_meeting_called | hospital.desk"]
    )
    own = read_by(case, HOSPITAL)
    assert "Who held the case in May." in own
    assert "Friday 10 April 2026 at 2pm" in own
    assert read_by(case, SCHOOL) == []
    accepted = say.accept_report(case.agency())
    case.do(agency_report_judgement.accept_report, accepted, REVIEWER, "2026-04-10")
