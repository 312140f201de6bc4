"""LC-33, LC-34: chronologies come as rows, typed or as a table, whole or not at all."""

import csv
from io import StringIO

import pytest

from services.casework.steps.local_review import (
    agency_reports,
    chronologies,
    chronologies_merged,
)
from services.casework.steps.local_review.agency_report_judgement import accept_report
from services.casework.steps.local_review.chronologies_sent import merged
from services.database.history import all_of
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.storage.sheets import rows_of_workbook
from tests import factories as say
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.families_at_work import papers
from tests.report_factories import event, merge_chronologies, submit_changes, submit_chronology
from tests.web.collections_sent import Place
from tests.world import HOSPITAL, SCHOOL

MANAGER, REVIEWER, AGENCY = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, Role.AGENCY_LEAD
WHEN, SENT = "2026-02-03", "2026-03-02"
WANTED = ("chronology", "organisational_changes", "information_report")
HEAD = "Date,Date certain,Time,Source,Event,Agency and role,Child seen or heard"
GOOD = '27/3/2024,certain,14:30,GP record,"Seen, and weighed.",Health visitor,seen'


@pytest.fixture
def case(case_at) -> Driven:
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(*map(case.agency, (HOSPITAL, SCHOOL)), due=SENT, wanted=WANTED)
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    return case


def send(case: Driven, agency: str = HOSPITAL, **said: object) -> None:
    command = submit_chronology(**said)
    case.do(chronologies.submit_chronology, command, AGENCY, SENT, agency=agency)


def told(case: Driven) -> list[str]:
    """Return what the chronologies on record tell, in order."""
    with case.world.act(MANAGER, SENT) as work:
        sent = all_of(work.session, case.case_id, EntryType.CHRONOLOGY_SENT)
        return [one.event.event for one in merged(sent)]


def test_rows_are_typed_or_pasted_and_stand_in_the_order_in_which_it_happened(case):
    """LC-33: a later version takes the place of the one before."""
    send(case, events=(event(on="2024-06-01", event="Third."),), pasted=None)
    table = f"{HEAD}\n{GOOD}\n\n27 March 2024,about,,School log,First.,Teacher,neither"
    typed = (event(on="2024-06-01", event="Third."),)
    send(case, events=typed, pasted=table)
    assert told(case) == ["First.", "Seen, and weighed.", "Third."]
    copied = table.replace(",", "\t").replace('"Seen\t and weighed."', "Weighed.")
    send(case, events=(), pasted=copied)
    assert told(case) == ["First.", "Weighed."]
    other = (event(on="2024-03-28", event="Second."),)
    send(case, SCHOOL, events=other)
    assert told(case) == ["First.", "Weighed.", "Second."]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (f"{HEAD}\n{GOOD}\n31/2/2024,certain,,GP record,Seen.,Nurse,seen", "Row 3, Date: “31/2/2"),
        (f"{HEAD}\n27/3/2024,maybe,,GP record,Seen.,Nurse,seen", "Row 2, Date certain: “maybe” is"),
        (f"{HEAD}\n27/3/2024,certain,25:00,GP record,Seen.,Nurse,seen", "Row 2, Time: it is no ti"),
        (
            f"{HEAD}\n{GOOD}\n27/3/2024,certain,,,Seen.,Nurse,seen",
            "Row 3, Source: it is not",
        ),
        (f"{HEAD}\n{GOOD},more", "Row 2, column 8: it stands under no heading"),
        (f"{HEAD},Mood\n{GOOD},sad", "No column is called “Mood”"),
        (f"{HEAD},Time\n{GOOD},", "The column “Time” is there twice"),
        (HEAD.replace("Source,", "") + "\n" + GOOD, "A column is missing: Source"),
        (HEAD, "at least one row under it"),
        (f'{HEAD}\n"27/3/2024,certain', "a quotation mark is opened"),
        (f"{HEAD}\n3/3/2026,certain,,Log,Seen.,Nurse,seen", "Row 2, Date: enter a day that is not"),
    ],
)
def test_a_table_that_cannot_be_read_is_named_by_row_and_column_and_nothing_is_kept(
    table, says, case
):
    """LC-33: so that it is found in the spreadsheet."""
    with pytest.raises(AnswerRefused) as found:
        send(case, events=(event(),), pasted=table)
    assert found.value.field == "pasted"
    assert says in str(found.value)
    assert told(case) == []


def test_a_row_that_names_a_practitioner_is_refused_and_one_of_the_family_is_not(case):
    """LC-34: by the full name of whom the partnership knows, never in place of a role."""
    with pytest.raises(AnswerRefused, match="Agency and role of row 2 names Example school"):
        send(case, events=(event(), event(role="Example  SCHOOL, teacher")))
    named = GOOD.replace("Health visitor", "Example school")
    with pytest.raises(AnswerRefused, match="Agency and role of row 2 names"):
        send(case, events=(), pasted=f"{HEAD}\n{named}")
    assert told(case) == []
    send(case, events=(event(event="Robin Example was seen.", about="Example school"),))
    report = say.submit_report(analysis="It was Example school who rang.")
    changes = submit_changes()
    case.do(chronologies.submit_changes, changes, AGENCY, SENT)
    with pytest.raises(AnswerRefused, match="names Example school") as found:
        case.do(agency_reports.submit_report, report, AGENCY, SENT)
    assert found.value.field == "analysis"


def test_a_name_after_a_title_is_refused_unless_it_is_said_whose_it_is(case):
    """LC-34, LC-35: who was never registered is found; what is said of a false alarm is kept."""
    named = (event(event="Dr Patel and Mr Example came."),)
    with pytest.raises(AnswerRefused, match="Event of row 1 names Dr Patel"):
        send(case, events=named)
    with pytest.raises(AnswerRefused, match="names Dr Patel"):
        send(case, events=named, false_alarm="It is nobody.")
    send(case, events=named, false_alarm="Dr Patel is the neighbour, who is a doctor elsewhere.")
    assert told(case) == ["Dr Patel and Mr Example came."]
    case.do(chronologies.submit_changes, submit_changes(), AGENCY, SENT)
    report = say.submit_report(analysis="SW Jones agreed.")
    with pytest.raises(AnswerRefused, match="names SW Jones"):
        case.do(agency_reports.submit_report, report, AGENCY, SENT)
    kept = say.submit_report(analysis="SW Jones agreed.", false_alarm="SW Jones is a firm.")
    case.do(agency_reports.submit_report, kept, AGENCY, SENT)
    (paper,) = papers(case, "agency_report")
    said = " ".join(one.text for part in paper.sections for one in part.answers)
    assert "SW Jones agreed." in said
    assert "is a firm" not in said
    case.do(accept_report, say.accept_report(case.agency()), REVIEWER, SENT)


def test_a_report_comes_after_the_chronologies_that_are_asked_for_with_it(case):
    """LC-33: of involvement, and of changes in the organisation; no other agency is asked more."""
    report = agency_reports.submit_report
    with pytest.raises(RuleBroken, match="a chronology of its involvement"):
        case.do(report, say.submit_report(), AGENCY, SENT)
    send(case)
    with pytest.raises(RuleBroken, match="changes in the organisation"):
        case.do(report, say.submit_report(), AGENCY, SENT)
    case.do(chronologies.submit_changes, submit_changes(), AGENCY, SENT)
    with pytest.raises(AnswerRefused, match="information report is asked for"):
        case.do(report, say.submit_report(analysis=None), AGENCY, SENT)
    case.do(report, say.submit_report(), AGENCY, SENT)
    (paper,) = papers(case, "agency_report")
    tables = [one.heading for one in paper.sections if one.table is not None]
    assert tables == ["Chronology of involvement", "Chronology of changes in the organisation"]
    case.do(accept_report, say.accept_report(case.agency()), REVIEWER, SENT)
    with pytest.raises(RuleBroken, match="has been accepted"):
        send(case)


def test_an_agency_that_is_asked_for_no_chronology_sends_none(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    asked = say.request_reports(case.agency(), due=SENT, wanted=("information_report",))
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    with pytest.raises(RuleBroken, match="not asked for a chronology"):
        send(case)
    with pytest.raises(AnswerRefused, match="has sent a chronology"):
        case.do(chronologies_merged.merge_chronologies, merge_chronologies(), REVIEWER, SENT)


def test_the_chronologies_are_read_as_one_by_agency_and_made_a_paper(case):
    """LC-33: each event under the agency that told it; an agency reads no other's."""
    send(case, events=(event(on="2024-06-01", certainty="month", event="Told by one."),))
    send(case, SCHOOL, events=(event(event="Told by the other."),))
    of_school = merge_chronologies(case.agency(SCHOOL))
    case.do(chronologies_merged.merge_chronologies, of_school, REVIEWER, SENT)
    case.do(chronologies_merged.merge_chronologies, merge_chronologies(), REVIEWER, SENT)
    rows = [one.sections[0].table.rows for one in papers(case, "merged_chronology")]
    assert [len(one) for one in rows] == [1, 2]
    place, where = Place(case.world, when=SENT), f"/cases/{case.case_id}/chronology"
    manager = place.manager()
    both = manager.get(where).page.find("table").get_text(" ", strip=True)
    assert both.index("Told by the other.") < both.index("June 2024, day not known")
    one = manager.get(f"{where}?agency={case.agency(SCHOOL)}").page.find("table").get_text(" ")
    assert "Told by the other." in one
    assert "Told by one." not in one
    assert place.person(AGENCY, HOSPITAL).get(where).status == 403


def test_the_chronology_is_narrowed_by_codes_and_leaves_as_a_file_with_what_is_to_be_compared(case):
    """LC-33: by agency, month, source and child; where two agencies differ, each event says so."""
    seen = event(event="=Seen.", child="seen", source_kind="case_record")
    send(case, events=(seen, event(on="2024-06-01", event="Later.", child="heard")))
    send(case, SCHOOL, events=(event(event="Nobody opened.", child="neither"),))
    place, where = Place(case.world, when=SENT), f"/cases/{case.case_id}/chronology"
    manager = place.manager()

    def shown(asked: str) -> list[str]:
        text = manager.get(f"{where}{asked}").page.find("table").get_text(" ", strip=True)
        return [one for one in ("=Seen.", "Nobody opened.", "Later.") if one in text]

    whole = manager.get(where).page.get_text(" ", strip=True)
    assert f"Seen by one, not seen by the other: {SCHOOL}" in whole
    assert "3 of 3 events are shown, 2 of them to be compared." in whole
    for asked, told_then in (
        ("?from=2024-04", ["Later."]),
        ("?to=2024-04", ["=Seen.", "Nobody opened."]),
        ("?source=case_record", ["=Seen."]),
        ("?child=neither&child=heard", ["Nobody opened.", "Later."]),
        ("?differing=yes", ["=Seen.", "Nobody opened."]),
        ("?from=soon&source=x&child=y&agency=z", ["=Seen.", "Nobody opened.", "Later."]),
    ):
        assert shown(asked) == told_then, asked
    text = manager.get(f"{where}.csv?to=2024-04").response.content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    told_by = {one["Agency"]: one for one in rows}
    assert {name: one["Event"] for name, one in told_by.items()} == {
        HOSPITAL: "'=Seen.",
        SCHOOL: "Nobody opened.",
    }
    assert told_by[HOSPITAL]["Kind of source"] == "case record"
    assert told_by[HOSPITAL]["To compare"] == f"Seen by one, not seen by the other: {SCHOOL}"
    excel, _formulas = rows_of_workbook(manager.get(f"{where}.xlsx").response.content)
    assert len(excel) == 4
    assert place.person(AGENCY, HOSPITAL).get(f"{where}.csv").status == 403


def test_a_post_that_the_directory_names_is_no_name(case):
    """LC-34: its entries may be posts, and a post is what is to be said."""
    said = {"kind": OrganisationKind.RELEVANT_AGENCY, "name": HOSPITAL, "valid_from": WHEN}
    place = placed(case.world, WHEN, **said)
    post = {"role": ContactRole.POINT_OF_CONTACT, "holder": "Named GP for safeguarding"}
    reached = {"address": "s@h.example", "valid_from": WHEN, "verified_on": WHEN}
    contacted(case.world, place, WHEN, **post, **reached)
    send(case, events=(event(event="The named GP for safeguarding rang."),))
    assert told(case) == ["The named GP for safeguarding rang."]
