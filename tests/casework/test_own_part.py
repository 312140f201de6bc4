"""RR-50: what an agency is told of a case: its request, its referral, the outcome, its learning."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup

from services.casework.act import Act
from services.casework.steps.local_review import agency_report_judgement, agency_reports
from services.casework.steps.rapid_review import rapid_review, record_writing, submission
from services.casework.steps.scoping import scoping_returns
from services.casework.steps.sign_off import sign_off
from services.database.cases import Case, get_case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Role
from services.domain.workflow import Outcome, Stage
from services.web.rendering import pages
from services.web.view_models.asked_of_agency import asked_of_agency
from services.web.view_models.own_part import OwnPartView, own_part_view
from tests import factories as say
from tests.driven import ASKED, Driven
from tests.world import HOSPITAL, PROBATION, SCHOOL

CHAIR, MANAGER, AGENCY = Role.REVIEW_GROUP_CHAIR, Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
OWN, OTHERS = "Call the family on the day.", "Read the file before the visit."
MESSAGE = "What was known of the injuries?"


@contextmanager
def seen(case: Driven, agency: str) -> Iterator[tuple[UnitOfWork, Case]]:
    with case.world.act(AGENCY, agency=agency) as work:
        yield work, get_case(work.session, case.case_id)


def part(case: Driven, agency: str) -> OwnPartView | None:
    with seen(case, agency) as found:
        return own_part_view(*found)


def asked(case: Driven, agency: str, act: Act) -> list[tuple[str, str]]:
    """Return what stands beside the agency's answer."""
    with seen(case, agency) as (work, row):
        told = asked_of_agency(work, act, row)
        return [(one.label, one.text) for entry in told for one in entry.said]


def decided(case: Driven) -> Driven:
    """Decide and submit, with learning for each of the two agencies."""
    learning = zip(map(case.agency, ASKED), (OWN, OTHERS), strict=True)
    rows = tuple({"agency": one, "learning": words} for one, words in learning)
    proposed = say.propose_decision(agency_learning=rows)
    case.meet().do(record_writing.write_record, say.write_record(), CHAIR, "2026-01-02")
    case.do(rapid_review.answer_criteria, say.answer_criteria(), CHAIR, "2026-01-02")
    case.do(rapid_review.propose_decision, proposed, CHAIR, "2026-01-02")
    return case


@pytest.mark.parametrize(("agency", "learns"), [(HOSPITAL, OWN), (SCHOOL, OTHERS)])
def test_the_outcome_and_its_own_learning_are_told_once_the_panel_has_the_review(
    agency, learns, case_at
):
    """RR-50: not while it is proposed, not before the last signature, and no other's learning."""
    case = decided(case_at(Stage.RAPID_REVIEW))
    assert part(case, agency).outcome is None
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    assert part(case, agency).outcome is None
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    told = part(case, agency).outcome
    assert (told.outcome, str(told.decided_on)) == (Outcome.LOCAL_REVIEW, "2026-01-05")
    assert told.learning == (learns,)
    assert part(case, PROBATION) is None


def test_the_agency_that_referred_has_a_copy_of_what_it_sent_and_the_other_has_none(case_at):
    """NOT-14, RR-50: also where the authority decides not to notify."""
    case = case_at(Stage.NOT_NOTIFIED)
    own = part(case, HOSPITAL)
    said = {one.label: one.text for one in own.referral[0].said}
    assert "Robin Example" in "".join(said.values())
    assert (own.outcome.outcome, str(own.outcome.decided_on)) == (None, "2025-12-12")
    asked_too = case_at(Stage.RAPID_REVIEW)
    assert part(asked_too, SCHOOL).referral == []


def test_the_request_and_why_a_report_came_back_stand_beside_the_answer(case_at):
    """RR-39, LC-26, LC-33: of no other agency, and until the report is sent again."""
    case = case_at(Stage.LOCAL_REVIEW)
    beside = asked(case, SCHOOL, scoping_returns.SUBMIT_RETURN)
    assert beside[0] == ("Child", "Robin Example, born on 3 March 2024")
    assert beside[1][0] == "What you are asked to look for"
    report = say.request_reports(case.agency(SCHOOL), due="2026-03-02", request=MESSAGE)
    case.do(agency_reports.request_reports, report, MANAGER, "2026-02-03")
    beside = dict(asked(case, SCHOOL, agency_reports.SUBMIT_REPORT))
    assert beside["What is asked for"] == MESSAGE
    assert beside["Key line of enquiry 3"] == "What happened in part 2?"
    assert dict(asked(case, HOSPITAL, agency_reports.SUBMIT_REPORT)).get("By when") is None
    send = (agency_reports.submit_report, say.submit_report(), AGENCY, "2026-03-01")
    case.do(*send, agency=SCHOOL)
    back = say.return_report(case.agency(SCHOOL), reasons="The nights are missing.")
    judge = agency_report_judgement.return_report
    case.do(judge, back, Role.LEAD_REVIEWER, "2026-03-01")
    assert (
        "The nights are missing."
        in dict(asked(case, SCHOOL, agency_reports.SUBMIT_REPORT)).values()
    )
    assert len(part(case, SCHOOL).came_back) == 1
    case.do(*send, agency=SCHOOL)
    assert part(case, SCHOOL).came_back == []


def outcome_said(case: Driven, told: OwnPartView) -> str:
    """Return what the page says of the outcome."""
    macros = pages().get_template("parts/own_part.html").make_module()
    said = BeautifulSoup(macros.own_part(case.row(), told), "html.parser")
    return said.find(id="outcome").find_next("p").get_text()


def test_where_a_joint_review_carries_the_case_nothing_says_that_there_was_no_review(case_at):
    """RR-50: the outcome stands on the lead's case, and this one is closed without one."""
    case = case_at(Stage.JOINT_REVIEW)
    together = "part of a review together with another partnership."
    assert outcome_said(case, part(case, HOSPITAL)) == f"The case is {together}"
    with case.world.act(MANAGER, "2026-03-02") as work:
        row, joint = get_case(work.session, case.case_id), membership_of(work.session, case.case_id)
        row.stage, row.closed_at, joint.until_at = Stage.CLOSED, work.now, work.now
    assert outcome_said(case, part(case, HOSPITAL)) == f"The case was {together}"


def test_a_case_that_was_closed_alone_ended_without_a_rapid_review(case_at):
    case = case_at(Stage.RAPID_REVIEW)
    assert "It is not decided yet." in outcome_said(case, part(case, HOSPITAL))
    with case.world.act(MANAGER, "2026-03-02") as work:
        row = get_case(work.session, case.case_id)
        row.stage, row.closed_at = Stage.CLOSED, work.now
    told = outcome_said(case, part(case, HOSPITAL))
    assert told == "The case ended without a rapid review."
