"""A local review by a method that asks agencies for no reports: they take part all the same."""

import pytest

from services.casework.steps.local_review import agency_report_judgement, agency_reports
from services.casework.steps.local_review.agency_report_judgement import AcceptReport
from services.casework.steps.local_review.draft_report import submit_draft
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import emails
from tests.report_factories import request_reports, submit_report
from tests.settled_families import settle_family
from tests.words import words_of

MANAGER, AGENCY, REVIEWER = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD, Role.LEAD_REVIEWER
WHEN, THEN = "2026-02-02", "2026-05-01"
NO_ACCOUNT = {"analysis": None, "learning": None}


@pytest.fixture
def asked(case_at) -> Driven:
    """A review whose agency is asked formally who may come to the learning event, and no more."""
    case = case_at(Stage.LOCAL_REVIEW)
    asked = request_reports(case.agency(), wanted=("participants",))
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    return case


def test_an_agency_that_takes_part_without_a_report_says_who_may_come(asked, left_by):
    """LC-29, LC-32, LC-37: what it says is on record, and is no paper of its work."""
    nobody = submit_report(**NO_ACCOUNT, participants=())
    with pytest.raises(AnswerRefused, match="who may be invited"):
        asked.do(agency_reports.submit_report, nobody, AGENCY, WHEN)
    said = submit_report(**NO_ACCOUNT)
    left = left_by(asked, agency_reports.submit_report, said, who=AGENCY, when=WHEN)
    assert left.entries == ["report_submitted"]
    assert left.ordered == []
    assert left.emails == emails("report_received", "business.manager", "lead.reviewer")


def test_a_draft_waits_for_the_answer_and_then_for_no_report(asked):
    """G8, LC-32: the report of the review is written once the agency has said who takes part."""
    draft = say.submit_draft()
    with pytest.raises(RuleBroken, match="still waited for"):
        asked.do(submit_draft, draft, REVIEWER, THEN)
    asked.do(agency_reports.submit_report, submit_report(**NO_ACCOUNT), AGENCY, WHEN)
    accepted = words_of(AcceptReport, {}, agency=asked.agency())
    asked.do(agency_report_judgement.accept_report, accepted, REVIEWER, WHEN)
    settle_family(asked, WHEN)
    asked.do(submit_draft, draft, REVIEWER, THEN)
    assert asked.row().report_version == 1
