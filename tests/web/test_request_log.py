"""What agencies are asked for a local review: the letter, the guidance, the log of requests."""

import re

import pytest
from pydantic import RootModel

from services.casework.act import Entered, begin, record_entry_as
from services.casework.effects import order_document
from services.casework.steps.local_review import agency_report_judgement, agency_reports, gaps
from services.casework.steps.local_review.chronologies_sent import is_asked_for
from services.casework.steps.local_review.chronology_pasted import rows_pasted
from services.casework.steps.local_review.chronology_rows import (
    ChronologyEvent,
    OrganisationalChange,
)
from services.casework.steps.local_review.reports_wanted import asked_by_terms
from services.database.cases import get_case
from services.domain.agency_requests import WantedItem
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.families_at_work import papers
from tests.team_factories import list_gap
from tests.web.collections_sent import Place
from tests.world import HOSPITAL, SCHOOL

MANAGER, REVIEWER, AGENCY = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, Role.AGENCY_LEAD
SINCE, WHEN = "2026-01-05", "2026-02-03"
LETTER, GUIDANCE = "report_request", "chronology_guidance"


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW)


def ask(case: Driven, *names: str, **said: object) -> None:
    asked = say.request_reports(*map(case.agency, names), due="2026-03-02", **said)
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)


def told(case: Driven, kind: str) -> list[str]:
    """Return each paper of the kind as one text."""
    return [str((one.addressed_to, one.details, one.sections)) for one in papers(case, kind)]


def test_the_letter_goes_to_the_named_lead_with_what_is_wanted_and_the_period(case):
    """LC-29, LC-30: of the terms of reference it opens with the agencies and the period."""
    said = {"kind": OrganisationKind.RELEVANT_AGENCY, "name": HOSPITAL, "valid_from": SINCE}
    place = placed(case.world, SINCE, **said)
    post = {"role": ContactRole.POINT_OF_CONTACT, "holder": "Sam Field", "address": "s@h.example"}
    contacted(case.world, place, SINCE, **post, valid_from=SINCE, verified_on=SINCE)
    with case.world.act(MANAGER, WHEN) as work:
        opened = asked_by_terms(work, get_case(work.session, case.case_id))
    assert set(opened.agencies) == {case.agency(HOSPITAL), case.agency(SCHOOL)}
    ask(case, HOSPITAL, SCHOOL, wanted=("information_report", "policies"))
    letters = told(case, LETTER)
    assert sorted("Sam Field" in one for one in letters) == [False, True]
    for letter in letters:
        assert "policies and procedures of your agency" in letter
        assert "Monday 1 January 2024 to Wednesday 10 December 2025" in letter
        assert "What happened in part 2?" in letter
        assert "learning event" not in letter
    assert told(case, GUIDANCE) == []


def test_the_guidance_goes_with_a_request_for_a_chronology(case):
    """LC-33: it tells the columns, and of changes in the organisation where they are wanted."""
    ask(case, HOSPITAL, wanted=("chronology",))
    ask(case, SCHOOL, wanted=("organisational_changes", "participants"))
    first, second = told(case, GUIDANCE)
    assert "Child seen or heard" in first
    assert "Changes in your organisation" not in first
    assert "LC-34" not in first
    assert "Changes in your organisation" in second
    assert "Child seen or heard" not in second
    assert "invited to the learning event" in told(case, LETTER)[1]


def cell_as_told(says: str, at: int) -> str:
    words = re.search(r"One of these words: (.*?)\.", says)
    listed = words[1].split("; ") if words else ["27 March 2024" if "A day" in says else "14:30"]
    return listed[at % len(listed)]


def test_a_table_with_the_columns_and_words_of_the_guidance_is_taken(case):
    """LC-33, Doc 12: what the paper tells is what the reader takes, all of it or the needed."""
    ask(case, HOSPITAL, wanted=("chronology", "organisational_changes"))
    (paper,) = papers(case, GUIDANCE)
    for part, row in zip(paper.sections, (ChronologyEvent, OrganisationalChange), strict=True):
        every = part.table.rows
        for columns in (every, [one for one in every if "May be left empty" not in one[1]]):
            head = "\t".join(title for title, _says in columns)
            rows = [[cell_as_told(says, at) for _title, says in columns] for at in range(5)]
            text = "\n".join((head, *map("\t".join, rows)))
            assert len(rows_pasted(text, row)) == 5


def test_an_agency_of_the_terms_is_not_left_out_in_silence(case):
    """LC-29: all that the terms name are asked formally, or it is said why one is not."""
    with pytest.raises(AnswerRefused, match=r"ask it too: .*\(example\)"):
        ask(case, HOSPITAL, left_out=None)
    ask(case, HOSPITAL)
    ask(case, SCHOOL, left_out=None)


def test_the_log_tells_who_was_asked_for_what_and_what_came(case):
    """LC-11: to who reads the case; an agency reads what it is asked itself."""
    ask(case, HOSPITAL, SCHOOL, wanted=("policies", "information_report"))
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, "2026-03-02")
    back = say.return_report(case.agency())
    case.do(agency_report_judgement.return_report, back, REVIEWER, "2026-03-02")
    place, where = Place(case.world, when="2026-03-03"), f"/cases/{case.case_id}"
    manager = place.manager()
    assert manager.get(f"{where}/agencies").page.select(f'a[href="{where}/requests"]')
    page = manager.get(f"{where}/requests").page
    headings = [one.get_text(strip=True) for one in page.select("h2.govuk-heading-m")]
    assert len([one for one in headings if one.endswith("agency report")]) == 2
    own = page.find("h2", string=f"{HOSPITAL}: agency report")
    steps = own.find_next("tbody").get_text(" ", strip=True)
    for words in ("Agency reports requested", "Example hospital", "Example lead.reviewer"):
        assert words in steps, words
    facts = own.find_next("dl").get_text(" ", strip=True)
    assert "Nobody is named in the directory" in facts
    assert "The policies and procedures that applied" in facts
    assert "Sent back for more" in facts
    assert place.person(AGENCY, HOSPITAL).get(f"{where}/requests").status == 403


def test_one_table_tells_what_came_why_it_went_back_and_which_key_lines_are_open(case):
    """LC-18, LC-26, LC-33: to who reads of the family; a key line that there is not is refused."""
    ask(case, HOSPITAL, SCHOOL, wanted=("information_report",))
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, "2026-03-02")
    back = say.return_report(case.agency(), reasons="Nothing is said of the father.")
    case.do(agency_report_judgement.return_report, back, REVIEWER, "2026-03-03")
    with pytest.raises(AnswerRefused, match="key lines of enquiry"):
        case.do(gaps.list_gap, list_gap(key_line="fifth"), REVIEWER, "2026-03-03")
    gap = list_gap(missing="The father's view", key_line="first", agency=case.agency())
    case.do(gaps.list_gap, gap, REVIEWER, "2026-03-03")
    where = f"/cases/{case.case_id}/requests"
    page = Place(case.world, when="2026-03-03").manager().get(where).page
    table = page.find(id="quality")
    reports = table.find_next("table").get_text(" ", strip=True)
    for words in ("Monday 2 March 2026", "Nothing is said of the father.", "Sent back for more"):
        assert words in reports, words
    assert "The first key line: The father's view" in reports
    lines = table.find_next("table").find_next("table").get_text(" ", strip=True)
    assert f"The father's view ({HOSPITAL})" in lines


def kept_before(command, *without: str, **more: str) -> Entered:
    """Return an entry in the shape of the release before: without some answers, with others."""
    said = command.model_dump(mode="json", exclude=set(without)) | more
    return Entered(kept=RootModel(said))


def ask_before(work, case_id, command):
    """Ask as the release before kept it: nothing was said of period and items."""
    case = begin(work, case_id, agency_reports.REQUEST_REPORTS, command)
    kept = kept_before(command, "wanted", "period_from", "period_to", "left_out")
    entry = record_entry_as(work, case, agency_reports.REQUEST_REPORTS, command, kept)
    for agency in command.agencies:
        agency_reports.ask_for_report(work, case, entry, agency, command)


def report_before(work, case_id, command):
    """Put a report on record as the release before kept it: with a chronology in words."""
    case = begin(work, case_id, agency_reports.SUBMIT_REPORT, command)
    own = work.actor.agency_id
    kept = kept_before(command, "point_of_contact", "staff", chronology="In words, then.")
    entered = Entered(subject=str(own), kept=kept.kept)
    entry = record_entry_as(work, case, agency_reports.SUBMIT_REPORT, command, entered)
    order_document(work, entry, Step.COMMISSION, DocumentKind.AGENCY_REPORT, own)


def test_what_was_asked_and_sent_before_items_and_period_were_said_is_read_all_the_same(case):
    """LC-11, LC-33: pages and papers leave out what is unknown; the report is sent as then."""
    asked = say.request_reports(case.agency(), due="2026-03-02", wanted=("chronology",))
    case.do(ask_before, asked, MANAGER, WHEN)
    case.do(report_before, say.submit_report(), AGENCY, "2026-02-20")
    place, where = Place(case.world, when="2026-02-21"), f"/cases/{case.case_id}"
    log = place.manager().get(f"{where}/requests").page.get_text(" ", strip=True)
    assert HOSPITAL in log
    assert "The period" not in log
    assert "Asked to send" not in log
    assert "In words, then." in place.manager().get(f"{where}/timeline").text
    own = place.person(AGENCY, HOSPITAL)
    for page in (where, f"{where}/agency-reports/report", f"{where}/agency-reports/chronology"):
        assert own.get(page).status == 200, page
    for kind in (LETTER, GUIDANCE):
        assert ["The period" in one for one in told(case, kind)] == [False]
    assert "What we ask you to send" not in told(case, LETTER)[0]
    assert "In words, then." in told(case, "agency_report")[0]
    with case.world.act(AGENCY, "2026-02-21") as work:
        assert is_asked_for(work, get_case(work.session, case.case_id), WantedItem.CHRONOLOGY)
    short = say.submit_report(analysis=None)
    with pytest.raises(AnswerRefused, match="an information report is asked for"):
        case.do(agency_reports.submit_report, short, AGENCY, "2026-03-02")
    case.do(agency_reports.submit_report, say.submit_report(), AGENCY, "2026-03-02")
