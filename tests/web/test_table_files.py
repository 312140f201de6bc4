"""LC-33: a chronology is brought in as a file, looked at, and taken over; nothing is lost of it."""

import io
import zipfile

import pytest

from services.casework.steps.local_review import agency_reports
from services.database.history import facts
from services.documents.tables import workbook_of
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.storage.sheets import rows_of_workbook
from tests import factories as say
from tests.driven import Driven
from tests.web.collections_sent import Place
from tests.web.visitors import Answer, Visitor
from tests.world import HOSPITAL

WHEN, SENT = "2026-02-03", "2026-03-02"
HEAD = ("Date", "Date certain", "Time", "Source", "Event", "Agency and role", "Child seen or heard")
GOOD = ("27/3/2024", "certain", "14:30", "GP record", "=Seen, and weighed.", "Nurse", "seen")
OTHER = ("28 March 2024", "about then", "", "School log", "Rang.", "Teacher", "not recorded")
CSV = "Date;Date certain;Source;Event;Agency and role;Child seen or heard\r\n"
TOLD = f"{CSV}29/3/2024;certain;Log;'=Rang.;Teacher;neither\r\n".encode()


@pytest.fixture
def case(case_at) -> Driven:
    case = case_at(Stage.LOCAL_REVIEW)
    wanted = ("chronology", "organisational_changes")
    asked = say.request_reports(case.agency(), due=SENT, wanted=wanted)
    case.do(agency_reports.request_reports, asked, Role.BUSINESS_MANAGER, WHEN)
    return case


@pytest.fixture
def place(case) -> Place:
    return Place(case.world, when=SENT)


@pytest.fixture
def lead(place) -> Visitor:
    return place.person(Role.AGENCY_LEAD, HOSPITAL)


@pytest.fixture
def form(case) -> str:
    return f"/cases/{case.case_id}/agency-reports/chronology"


def bring(lead: Visitor, form: str, content: bytes, name: str = "table.xlsx") -> Answer:
    return lead.upload(f"{form}/table", {}, name, content)


def sent(case: Driven) -> int:
    with case.world.act(Role.BUSINESS_MANAGER, SENT) as work:
        return len(facts(work.session, case.case_id, EntryType.CHRONOLOGY_SENT))


def pasted(page: Answer) -> str:
    return page.page.find("textarea", attrs={"name": "pasted"}).get_text()


def with_formula() -> bytes:
    """Return a workbook of which one cell is worked out."""
    out = io.BytesIO()
    usual = workbook_of(HEAD, [GOOD])
    with zipfile.ZipFile(io.BytesIO(usual)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name).replace(b"=Seen, and weighed.</t>", b"</t>")
            there = b'<c s="1" t="inlineStr"><is><t xml:space="preserve"></t></is></c>'
            new.writestr(name, part.replace(there, b"<c><f>1+1</f><v>2</v></c>", 1))
    return out.getvalue()


def test_a_file_is_looked_at_and_taken_over_into_the_form(lead, form):
    """LC-33, Doc 10: what was read is shown first; nothing is recorded before it is sent."""
    look = bring(lead, form, workbook_of(HEAD, [GOOD, OTHER]))
    assert look.status == 200, look.problems
    table = look.page.find("table").get_text(" ", strip=True)
    assert "27 March 2024, 14:30" in table
    assert "=Seen, and weighed." in table
    assert "about 28 March 2024" in table
    assert look.page.find("input", attrs={"name": "standing"}) is None
    assert lead.get(form).page.find(id="draft") is None
    taken = lead.post(f"{form}/table", look.hidden)
    assert (taken.status, taken.where) == (303, form), taken.problems
    assert "=Seen, and weighed." in pasted(lead.get(form))


def test_rows_that_stand_in_the_form_stay_or_go_as_the_person_says(case, lead, form):
    """LC-33: nothing that stands there is lost unsaid; it is sent from the form."""
    lead.post(f"{form}/table", bring(lead, form, workbook_of(HEAD, [GOOD, OTHER])).hidden)
    again = bring(lead, form, TOLD, "table.csv")
    asked = lead.post(f"{form}/table", again.hidden)
    assert (asked.status, len(asked.problems)) == (422, 1)
    assert "27 March" not in asked.page.find("table").get_text()
    beside = lead.post(f"{form}/table", {**again.hidden, "standing": "stay"})
    assert beside.status == 303, beside.problems
    both = pasted(lead.get(form))
    assert both.count("\n") >= 3
    assert ",=Rang.," in both
    instead = lead.post(f"{form}/table", {**again.hidden, "standing": "replaced"})
    assert instead.status == 303
    assert "weighed" not in pasted(lead.get(form))
    assert sent(case) == 0
    whole = {**lead.get(form).hidden, "pasted": both}
    assert lead.post(form, whole).status == 303
    assert sent(case) == 1
    assert lead.get(f"{form}/table").status == 200


def test_what_cannot_be_read_is_told_by_row_and_column_and_changes_nothing(case, lead, form):
    """U2 to U8, LC-33, LC-34: hostile and wrong files alike; what stands in the form stays."""
    begun = {**lead.get(form).hidden, "events-0-event": "Typed here."}
    on = lead.post(f"/cases/{case.case_id}/drafts/submit_chronology?then=table", begun)
    assert (on.status, on.where) == (303, f"{form}/table")
    named = ("Example school", *OTHER[1:])
    for name, content, says in (
        ("t.xlsx", workbook_of(HEAD, [GOOD, ("31/2/2024", *OTHER[1:])]), "Row 3, Date: “31/2/20"),
        ("t.xlsx", workbook_of(HEAD, [("1/1/2027", *OTHER[1:])]), "Row 2, Date: enter a day that"),
        ("t.xlsx", workbook_of((*HEAD, "Mood"), [GOOD]), "No column is called “Mood”"),
        ("t.xlsx", workbook_of(HEAD, [(*OTHER[:5], named[0], "seen")]), "names Example school"),
        ("t.xlsx", workbook_of(HEAD, []), "at least one row under it"),
        ("t.xlsx", with_formula(), "Row 2, Event: it holds a formula"),
        ("t.csv", TOLD.replace(b"29/3/2024", b"soon"), "Row 2, Date: “soon” is no date"),
        ("t.csv", TOLD.replace(b"certain;Log", b"certain;"), "Row 2"),
        ("t.csv", b"\0\1\2", "This file holds no text."),
        ("t.csv", b"x" * (1024 * 1024 + 1), "of 1 MB or smaller"),
        ("t.xlsx", TOLD, "Choose a PDF, Word"),
        ("t.docx", workbook_of(HEAD, [GOOD]), "name of the file does not match"),
    ):
        answer = bring(lead, form, content, name)
        assert (answer.status, len(answer.problems)) == (422, 1), says
        assert says in answer.problems[0]
    without = lead.send(f"{form}/table", {})
    assert (without.status, len(without.problems)) == (422, 1)
    assert "Typed here." in lead.get(form).text
    assert sent(case) == 0


def test_the_blank_table_is_headed_as_a_filled_one_is_and_only_who_sends_it_has_it(
    place, lead, form
):
    """Doc 10, Doc 11: for the agency that is asked, of events and of changes."""
    page = lead.get(f"{form}/table").page
    links = [one["href"] for one in page.select("a[href*=blank]")]
    assert [one.rpartition(".")[2] for one in links] == ["xlsx", "csv"]
    excel = lead.get(links[0]).response
    assert "attachment" in excel.headers["content-disposition"]
    ((number, head),), _formulas = rows_of_workbook(excel.content)
    assert number == 1
    assert set(HEAD) <= set(head)
    text = lead.get(links[1]).response.content.decode("utf-8-sig")
    assert text == ",".join(head) + "\r\n"
    changes = lead.get(f"{form.replace('chronology', 'changes')}/table/blank.csv")
    assert "Effect on frontline practice" in changes.response.text
    assert place.manager().get(links[0]).status == 403
