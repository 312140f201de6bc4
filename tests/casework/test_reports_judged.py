"""G8, LC-26: several agencies' reports are accepted or returned at once, each opened first."""

import pytest

from services.casework.steps.local_review.agency_reports import request_reports, submit_report
from services.casework.steps.local_review.further_items import ask_for_more
from services.casework.steps.local_review.reports_judgement import (
    judge_reports,
    waiting_to_be_judged,
)
from services.casework.steps.local_review.reports_wanted import settled_at
from services.database.agency_requests import get_request
from services.database.cases import get_case
from services.database.history import facts
from services.domain.agency_requests import Answered, Asked
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.own_part import came_back
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces
from tests.report_factories import accepted, returned
from tests.report_factories import ask_for_more as say_more
from tests.report_factories import judge_reports as say_judged
from tests.reported import open_reports
from tests.web.collections_sent import Place
from tests.world import HOSPITAL, SCHOOL

MANAGER, REVIEWER, AGENCY = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, Role.AGENCY_LEAD
WHEN = "2026-03-02"
NIGHTS = "The nights are missing."


@pytest.fixture
def case(case_at) -> Driven:
    """A case on which two reports wait to be judged."""
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(*map(case.agency, (HOSPITAL, SCHOOL)), due=WHEN)
    case.do(request_reports, asked, MANAGER, "2026-02-03")
    for name in (HOSPITAL, SCHOOL):
        case.do(submit_report, say.submit_report(), AGENCY, WHEN, agency=name)
    return case


def refused(case: Driven, *rows) -> str:
    with pytest.raises(AnswerRefused) as found:
        case.do(judge_reports, say_judged(*rows), REVIEWER, WHEN)
    assert found.value.field == "reports"
    return str(found.value)


def standing(case: Driven) -> list[Answered]:
    with case.world.act(REVIEWER, WHEN) as work:
        found = (
            get_request(work.session, case.case_id, Asked.REPORT, case.agency(one))
            for one in (HOSPITAL, SCHOOL)
        )
        return [one.answered for one in found]


def test_each_is_opened_first_and_where_one_is_refused_none_is_judged(case):
    """G8, LC-26: the refusal names the report; nothing is half kept."""
    hospital, school = case.agency(HOSPITAL), case.agency(SCHOOL)
    assert "There is no paper of its report here" in refused(case, accepted(hospital))
    open_reports(case, WHEN, hospital)
    both = (accepted(hospital), returned(school))
    assert refused(case, *both).startswith(f"{SCHOOL}: Open its report first")
    open_reports(case, WHEN, school)
    past = returned(school, by_when="2026-03-01")
    assert refused(case, accepted(hospital), past) == f"{SCHOOL}: Enter a day from today on."
    for rows, why in (
        ((returned(school, reasons=None),), "say what is missing"),
        (({**accepted(school), "reasons": NIGHTS},), "only of a report that is returned"),
        (({**accepted(school), "judgement": "left"},), "at least one"),
        ((accepted(school), accepted(school)), "each agency once"),
        ((accepted(case.agency("Example police")),), "asked"),
    ):
        assert why in refused(case, *rows)
    assert standing(case) == [Answered.RECEIVED, Answered.RECEIVED]
    with case.world.act(REVIEWER, WHEN) as work:
        assert facts(work.session, case.case_id, EntryType.REPORTS_JUDGED) == []
        begun = waiting_to_be_judged(work, get_case(work.session, case.case_id))
    assert {one.agency for one in begun.reports} == {hospital, school}


def test_several_are_judged_by_one_act_and_each_agency_reads_its_own(case, left_by):
    """G8, LC-11, LC-26, RR-39: one entry, an email each; the reader of one reads no other's."""
    hospital, school = case.agency(HOSPITAL), case.agency(SCHOOL)
    open_reports(case, WHEN, hospital, school)
    said = say_judged(accepted(hospital), returned(school, reasons=NIGHTS))
    assert left_by(case, judge_reports, said, who=REVIEWER, when=WHEN) == Traces(
        entries=["reports_judged"],
        opened=["submit_report | school | 2026-03-20"],
        closed=["judge_report | lead_reviewer"],
        emails=["report_accepted | hospital.desk", "report_returned | school.desk"],
    )
    assert standing(case) == [Answered.ACCEPTED, Answered.SENT_BACK]
    for name, reasons in ((HOSPITAL, []), (SCHOOL, [NIGHTS])):
        with case.world.act(AGENCY, WHEN, agency=name) as work:
            row = get_case(work.session, case.case_id)
            told = came_back(work, row)
            assert [one.text for each in told for one in each.said if one.text == NIGHTS] == reasons
            assert HOSPITAL not in str(told)
            is_settled = settled_at(work, row, case.agency(name)) > 0
            assert is_settled is (name == HOSPITAL)
    page = Place(case.world, when=WHEN).manager().get(f"/cases/{case.case_id}/requests").page
    table = page.find(id="quality").find_next("table").get_text(" ", strip=True)
    assert f"Monday 2 March 2026: {NIGHTS}" in table
    assert "Last accepted on Monday 2 March 2026" in table
    own = page.find("h2", string=f"{SCHOOL}: agency report").find_next("tbody").get_text(" ")
    assert "Agency report returned for more" in own
    assert "Agency report accepted" not in own
    case.do(ask_for_more, say_more(hospital), REVIEWER, WHEN)


def test_who_may_judge_comes_from_the_table_to_the_form_that_names_what_is_unread(case):
    """LC-26: each report is opened from the table, and the form has a row for each."""
    open_reports(case, WHEN, case.agency(HOSPITAL))
    reviewer, where = Place(case.world, when=WHEN).person(REVIEWER), f"/cases/{case.case_id}"
    table = reviewer.get(f"{where}/requests").page
    assert "which you have opened before" in table.find(id="quality").find_next("table").text
    assert table.select(f'a[href="{where}/agency-reports/judge"]')
    page = reviewer.get(f"{where}/agency-reports/judge")
    assert f"You have not opened here those of: {SCHOOL}" in page.text
    assert len(page.page.select('input[value="left"][checked]')) == 2
