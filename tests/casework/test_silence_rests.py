"""When nobody is asked about an agency's silence: it was told to stand down, or the review ended.

What came and was returned is no silence until the day that was said with it.
"""

import pytest

from services.casework.steps import reopening
from services.casework.steps.local_review import agency_report_judgement, agency_reports
from services.casework.steps.rapid_review.local_course import propose_local_course
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.scoping import scoping, silence
from services.casework.steps.scoping.owed_answers import owed_requests
from services.casework.steps.sign_off.sign_off import sign_rapid_review
from services.database.cases import get_case
from services.domain.agency_requests import Answered, Asked
from services.domain.errors import AlreadyDone, AnswerRefused
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import LocalCourse, Outcome, PanelAnswer, Stage, Step
from services.web.act_pages.scoping import PAGES
from services.web.view_models.agencies import agency_lines
from tests import factories as say
from tests import panel_factories
from tests import silence_factories as on_silence
from tests.desk import Desk
from tests.driven import Driven
from tests.silent import CHAIR, MANAGER, climb, emails_on, request_of, round_on, told, turns
from tests.world import HOSPITAL, SCHOOL


@pytest.fixture
def stood_down(case_at) -> Driven:
    """Asked on 11 December, the school is told to stand down, and new information reopens it."""
    case = case_at(Stage.REFERRED)
    case.do(
        scoping.request_returns, say.request_returns(case.agency(SCHOOL)), MANAGER, "2025-12-11"
    )
    climb(case, ("2025-12-12", "2025-12-15"))
    assert turns(case)
    case.decide("2025-12-12 15:00", notify=False)
    new = say.reopen(aware_at="2025-12-20 10:00")
    case.do(reopening.reopen, new, MANAGER, "2025-12-20 12:00")
    return case


def owed_on(case: Driven) -> list[Asked]:
    with case.world.act(MANAGER) as work:
        return [one.asked for one in owed_requests(work, get_case(work.session, case.case_id))]


def open_todos(case: Driven, todo: Todo) -> int:
    return sum(one.todo is todo for one in case.turns())


def test_an_agency_that_was_told_to_stand_down_owes_nothing_until_it_is_asked_anew(stood_down):
    """INF-06, NOT-13, RR-41: a reopened case asks afresh; nobody is asked about the old request."""
    assert request_of(stood_down).rung is None
    assert round_on(stood_down, "2026-01-05") == []
    assert told(stood_down, "silence_step_due") == []
    assert owed_on(stood_down) == []
    refused = on_silence.refer_silence(stood_down.agency(SCHOOL), by_when="2026-01-06")
    with pytest.raises(AnswerRefused, match="owes no scoping return"):
        stood_down.do(silence.refer_silence, refused, MANAGER, "2026-01-05")
    with pytest.raises(AlreadyDone, match="not asked for a return at present"):
        stood_down.do(scoping.chase, say.chase(stood_down.agency(SCHOOL)), MANAGER, "2026-01-05")
    again = say.request_returns(stood_down.agency(SCHOOL))
    stood_down.do(scoping.request_returns, again, MANAGER, "2026-01-05")
    assert owed_on(stood_down) == [Asked.SCOPING_RETURN]
    assert round_on(stood_down, "2026-01-13") == [("refer_silence", "None")]


def test_the_case_shows_no_such_agency_as_overdue_and_offers_to_ask_it_again(stood_down):
    """RR-41: what was ended is not late; RR-39: the page offers whom the act would take."""
    page = next(one for one in PAGES if one.act is scoping.REQUEST_RETURNS)
    with stood_down.world.act(MANAGER, "2026-01-05") as work:
        case = get_case(work.session, stood_down.case_id)
        assert [one.is_late for one in agency_lines(work, case, {})] == [False]
        offered = {one.label for one in page.narrow(work, case)["agencies"]}
    assert {SCHOOL, HOSPITAL} <= offered


def report_owed(case_at) -> Driven:
    """Before the Panel answers, the school's report is late, and its silence was referred."""
    case = case_at(Stage.WITH_PANEL, Driven.commission)
    asking = say.request_reports(*map(case.agency, (SCHOOL, HOSPITAL)), due="2026-03-02")
    case.do(agency_reports.request_reports, asking, MANAGER, "2026-02-09")
    sent = say.submit_report()
    case.do(agency_reports.submit_report, sent, Role.AGENCY_LEAD, "2026-03-02", agency=HOSPITAL)
    climb(case, ("2026-03-03", "2026-03-06"), kind=Asked.REPORT)
    return case


@pytest.mark.parametrize("answer", [PanelAnswer.RUNS_NATIONAL, None])
def test_a_local_review_that_all_partners_end_waits_for_no_report(answer, case_at):
    """INF-06, K11: because of a national review, or by a decision taken again."""
    case = report_owed(case_at)
    if answer is not None:
        case.answer(answer, "2026-03-04")
        ends = panel_factories.propose_local_course(LocalCourse.ENDS)
        case.do(propose_local_course, ends, CHAIR, "2026-03-04")
        case.sign(sign_rapid_review, "2026-03-04")
        assert case.stage() is Stage.NATIONAL_REVIEW
    else:
        end_by_another_decision(case)
        assert case.stage() is not Stage.LOCAL_REVIEW
    assert owed_on(case) == [], "at once"
    assert round_on(case, "2026-03-09") == []
    assert told(case, "silence_step_due") + told(case, "silence_turn_passed") == []
    request = request_of(case, Asked.REPORT)
    assert (request.answered, request.rung) == (Answered.EXCUSED, None)
    assert request.reasons == "All safeguarding partners ended the local review."
    assert not open_todos(case, Todo.SUBMIT_REPORT) + open_todos(case, Todo.JUDGE_REPORT)


def end_by_another_decision(case: Driven) -> None:
    case.do(supplement_review, panel_factories.supplement_review(), CHAIR, "2026-03-04")
    case.propose(Outcome.NO_FURTHER_REVIEW, "2026-03-04").sign(sign_rapid_review, "2026-03-04")


def test_what_a_review_that_goes_on_has_asked_for_is_still_owed(case_at):
    """GOV-14: a national review beside it ends nothing."""
    case = report_owed(case_at)
    case.answer(PanelAnswer.RUNS_NATIONAL, "2026-03-04")
    goes_on = panel_factories.propose_local_course(LocalCourse.GOES_ON)
    case.do(propose_local_course, goes_on, CHAIR, "2026-03-04")
    case.sign(sign_rapid_review, "2026-03-04")
    assert owed_on(case) == [Asked.REPORT]
    assert round_on(case, "2026-03-09") == [("reach_strategic_lead", "2026-03-06")]


def sent_back(case_at) -> Driven:
    """The school's report came on its day, and is to come again by 20 March."""
    case = case_at(Stage.LOCAL_REVIEW)
    asking = say.request_reports(case.agency(SCHOOL), due="2026-03-02")
    case.do(agency_reports.request_reports, asking, MANAGER, "2026-02-09")
    sent = say.submit_report()
    case.do(agency_reports.submit_report, sent, Role.AGENCY_LEAD, "2026-03-02", agency=SCHOOL)
    back = say.return_report(case.agency(SCHOOL), by_when="2026-03-20")
    case.do(agency_report_judgement.return_report, back, Role.LEAD_REVIEWER, "2026-03-09")
    return case


def test_a_report_that_was_returned_is_to_come_again_by_the_day_said_with_it(case_at):
    """LC-26, INF-06: the agency reads that day, and is silent only after it."""
    case = sent_back(case_at)
    (asked,) = [one for one in case.turns() if one.todo is Todo.SUBMIT_REPORT]
    assert str(asked.last_day) == "2026-03-20"
    assert told(case, "report_returned") == ["school.desk 2026-03-20 submit_report"]
    assert round_on(case, "2026-03-20") == []
    assert round_on(case, "2026-03-23") == [("refer_silence", "None")]
    request = request_of(case, Asked.REPORT)
    assert (str(request.due), str(request.first_due)) == ("2026-03-20", "2026-03-02")


@pytest.mark.parametrize(("day", "why"), [("2026-03-08", "from today"), ("2026-08-01", "K11")])
def test_that_day_is_to_come_and_leaves_the_reviews_last_day(day, why, case_at):
    """LC-13, K11: no day after the national one."""
    case = case_at(Stage.LOCAL_REVIEW)
    asking = say.request_reports(case.agency(SCHOOL), due="2026-03-02")
    case.do(agency_reports.request_reports, asking, MANAGER, "2026-02-09")
    sent = say.submit_report()
    case.do(agency_reports.submit_report, sent, Role.AGENCY_LEAD, "2026-03-02", agency=SCHOOL)
    back = say.return_report(case.agency(SCHOOL), by_when=day)
    with pytest.raises(AnswerRefused, match=why) as refused:
        case.do(agency_report_judgement.return_report, back, Role.LEAD_REVIEWER, "2026-03-09")
    assert refused.value.field == "by_when"


def test_the_notice_of_a_returned_report_says_that_it_came(case_at):
    """INF-01, LC-26: nobody is told that an agency did not answer which sent its report."""
    case = sent_back(case_at)
    days = (("2026-03-23", "2026-03-24"), ("2026-03-24", "2026-03-27"))
    climb(case, *days, kind=Asked.REPORT)
    desk = Desk(case.world)
    desk.carry(case.case_id, Step.SCOPE)
    (notice,) = desk.read_pdfs(case.case_id, "formal_notice")
    assert "It came, was returned for more, and has not come again" in notice
    assert "no answer" not in notice
    said = {"silence_escalated", "formal_notice"}
    about = {one.content["matter"] for one in emails_on(case) if one.event.value in said}
    assert about == {"returned_report"}
