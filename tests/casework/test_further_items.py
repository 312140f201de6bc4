"""An agency that was asked once is asked for more (LC-11)."""

import pytest

from services.casework.steps.local_review import agency_reports, chronologies
from services.casework.steps.local_review.agency_report_judgement import accept_report
from services.casework.steps.local_review.further_items import ask_for_more
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces
from tests.report_factories import ask_for_more as say_more
from tests.report_factories import submit_chronology
from tests.web.collections_sent import Place
from tests.world import HOSPITAL, SCHOOL

MANAGER, REVIEWER, AGENCY = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, Role.AGENCY_LEAD
WHEN, DUE = "2026-02-03", "2026-03-02"
SHORT = {"analysis": None, "learning": None}


@pytest.fixture
def case(case_at) -> Driven:
    case = case_at(Stage.LOCAL_REVIEW)
    wanted = ("chronology", "information_report")
    asked = say.request_reports(*map(case.agency, (HOSPITAL, SCHOOL)), due=DUE, wanted=wanted)
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    return case


def send_and_accept(case: Driven, **said: object) -> None:
    case.do(agency_reports.submit_report, say.submit_report(**said), AGENCY, WHEN)
    case.do(accept_report, say.accept_report(case.agency()), REVIEWER, WHEN)


def test_the_reviewer_asks_for_more_and_the_agency_sends_only_that(case, left_by):
    """LC-11, LC-33: what was accepted stays; the answer to what is new is waited for."""
    case.do(chronologies.submit_chronology, submit_chronology(), AGENCY, WHEN)
    send_and_accept(case)
    assert left_by(case, ask_for_more, say_more(case.agency()), who=REVIEWER, when=WHEN) == Traces(
        entries=["reports_requested"],
        opened=["submit_report | hospital | 2026-06-30"],
        ordered=["commission | report_request | hospital | v2"],
        emails=["report_requested | hospital.desk"],
    )
    letter = str(papers(case, "report_request")[-1])
    assert "policies and procedures of your agency" in letter
    assert "Monday 1 January 2024" in letter
    send_and_accept(case, **SHORT)
    again = say_more(case.agency(), wanted=("chronology", "participants"))
    case.do(ask_for_more, again, MANAGER, WHEN)
    with pytest.raises(RuleBroken, match="a chronology of its involvement"):
        case.do(agency_reports.submit_report, say.submit_report(**SHORT), AGENCY, WHEN)
    page = Place(case.world, when=WHEN).manager().get(f"/cases/{case.case_id}/requests").page
    own = page.find("h2", string=f"{HOSPITAL}: agency report").find_next("dl").get_text(" ")
    assert "The policies and procedures" in own
    assert "A chronology of its involvement" in own


def test_silence_is_not_passed_over_and_what_waits_is_judged_first(case, left_by):
    """LC-11, LC-26: an agency in time has the later day for all; a late one is pursued first."""
    with pytest.raises(AnswerRefused, match="the last day that it has now, or a later one"):
        case.do(ask_for_more, say_more(case.agency(), due="2026-03-01"), REVIEWER, WHEN)
    with pytest.raises(AnswerRefused, match="late with what it was asked for before"):
        case.do(ask_for_more, say_more(case.agency()), REVIEWER, "2026-03-03")
    half = say_more(case.agency(), period_from="2024-01-01")
    with pytest.raises(AnswerRefused, match="both days of the period"):
        case.do(ask_for_more, half, REVIEWER, WHEN)
    left = left_by(case, ask_for_more, say_more(case.agency()), who=MANAGER, when=WHEN)
    assert left.emails == ["report_requested | hospital.desk"]
    days = {str(one.last_day) for one in case.turns() if one.todo == "submit_report"}
    assert days == {DUE, "2026-06-30"}
    case.do(chronologies.submit_chronology, submit_chronology(), AGENCY, WHEN)
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, WHEN)
    with pytest.raises(AnswerRefused, match="waits to be judged"):
        case.do(ask_for_more, say_more(case.agency()), REVIEWER, WHEN)
