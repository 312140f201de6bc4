"""A case that began before Keyline comes from a workbook: tried first, then made as of its days."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from deployments.demo.partnerships import PLACES
from services.documents.tables import SheetWritten
from services.storage.checking import check
from services.storage.sheets import sheets_of_workbook
from services.web.bringing_in.cells import said_of
from services.web.bringing_in.questions_there import asked_of
from services.web.forms.parsing import read
from services.web.forms.validation import understand
from services.web.posted_form import Posted
from tests import factories
from tests.matrix import row_counts
from tests.web.conftest import World
from tests.web.visitors import Answer, Visitor
from tests.web.workbooks import book_of, put, sheets_said, taken_named, workbook

HERE = "/bring-in"
AGREES = {"agrees": "yes", "reference": ""}
KEPT = frozenset({"web_sessions", "sign_in_attempts", "audit_links", "audit_heads", "drafts"})
RECEIVED = datetime(2025, 12, 12, 11, 0, tzinfo=UTC)
CLOCKS = text("select clock, anchored_on, due, met_on from running_clocks where case_id = :case")
CASE = text(
    "select id, reference, stage, referred_at, notified_at from cases where reference = :it"
)
ENTRIES = text("select entry_type, at, command from entries where case_id = :case order by number")
EMAILS = text("select delivery, count(*) from outbox_emails where case_id = :case group by 1")


def referral_sheets(**but: object) -> list[SheetWritten]:
    command = factories.refer(received_at=RECEIVED, aware_at=RECEIVED, **but)
    return sheets_said(taken_named("Referral"), command)


def notified_sheets() -> list[SheetWritten]:
    said = (
        ("Awareness", factories.record_awareness(), datetime(2025, 12, 12, 11, 30, tzinfo=UTC)),
        (
            "Decision",
            factories.decide_to_notify(notify=True),
            datetime(2025, 12, 12, 12, tzinfo=UTC),
        ),
        (
            "Notification",
            factories.record_notification(sent_at="2025-12-15", off_roster="A deputy."),
            None,
        ),
    )
    return [
        one for name, command, at in said for one in sheets_said(taken_named(name), command, at)
    ]


def agencies_sheets(world: World) -> list[SheetWritten]:
    question = text("select id, name from agencies where tenant_id = :place and case_id is null")
    with world.admin.connect() as link:
        found = link.execute(question, {"place": PLACES[0].partnership_id}).all()
    names = {row.id: row.name for row in found}
    command = factories.request_returns(*sorted(names, key=names.get)[:2])
    at = datetime(2025, 12, 15, 14, 0, tzinfo=UTC)
    return sheets_said(taken_named("Agencies"), command, at, names)


def look(visitor: Visitor, content: bytes, **said: str) -> Answer:
    return visitor.upload(HERE, AGREES | said, "case.xlsx", content)


def make(visitor: Visitor, looked: Answer) -> Answer:
    return visitor.post(HERE, looked.hidden)


def in_way(answer: Answer) -> list[str]:
    return answer.problems


def reference_of(world: World, answer: Answer) -> str:
    assert answer.status == 303, answer.text
    with world.admin.connect() as link:
        found = text("select reference from cases where id = :id")
        return link.execute(found, {"id": answer.where.removeprefix("/cases/")}).scalar_one()


def test_the_blank_workbook_has_the_questions_of_the_forms_and_can_be_read(world: World):
    manager = world.person("manager")
    page = manager.get(HERE)
    assert page.page.find("a", href=f"{HERE}/workbook.xlsx") is not None
    answer = manager.ask("GET", f"{HERE}/workbook.xlsx")
    checked = check("running-case.xlsx", answer.response.content)
    sheets = sheets_of_workbook(checked.content)
    assert list(sheets)[:4] == ["Referral", "Children", "Family", "Awareness"]
    assert not any(formulas for _rows, formulas in sheets.values())
    (rows, _formulas) = sheets["Agencies"]
    assert any("Hospital" in one for _number, cells in rows for one in cells)
    empty = look(manager, answer.response.content)
    assert empty.status == 200
    assert "nothing in it for you" in empty.text


def test_a_dry_run_shows_what_would_be_made_and_keeps_nothing(world: World):
    manager = world.person("manager")
    content = workbook(referral_sheets(), notified_sheets(), agencies_sheets(world))
    hidden = manager.get(HERE)  # what the page itself keeps is there before
    before = row_counts(world.admin, KEPT)
    shown = look(manager, content)
    assert shown.status == 200, shown.text
    assert "Nothing is recorded yet" in shown.text
    assert "It is made, as of that day." in shown.text
    assert shown.text.count("Not yours to bring in") == 3
    assert row_counts(world.admin, KEPT) == before
    assert hidden.status == 200


def test_a_case_is_taken_over_by_its_people_each_with_what_is_theirs(world: World):
    manager, notifier = world.person("manager"), world.person("notifier")
    content = workbook(referral_sheets(), notified_sheets(), agencies_sheets(world))
    made = make(manager, look(manager, content))
    reference = reference_of(world, made)
    assert "Brought in from a spreadsheet" in manager.get(f"{made.where}/notes").text
    notifier.get(made.where)  # declares
    again = look(notifier, content, reference=reference)
    assert "It is on record already" in again.text
    assert make(notifier, again).where == made.where
    with world.admin.connect() as link:
        case = link.execute(CASE, {"it": reference}).one()
        clocks = {row.clock: row for row in link.execute(CLOCKS, {"case": case.id})}
        entries = link.execute(ENTRIES, {"case": case.id}).all()
        emails = dict(link.execute(EMAILS, {"case": case.id}).all())
    assert case.stage == "rapid_review"
    assert case.referred_at == RECEIVED
    assert clocks["K10"].anchored_on == date(2025, 12, 15)
    assert clocks["K1"].met_on == date(2025, 12, 15)
    assert clocks["K5"].met_on == date(2025, 12, 15)
    assert clocks["K6"].anchored_on == date(2025, 12, 15)
    kinds = [row.entry_type for row in entries]
    assert kinds[:3] == ["referred", "returns_requested", "note_kept"]
    assert {"awareness_recorded", "notify_decided", "notification_recorded"} <= set(kinds)
    assert {row.at for row in entries} == {world.now}
    assert set(emails) == {"stopped"}


def test_what_is_wrong_is_told_by_sheet_and_cell_and_nothing_is_made(world: World):
    manager = world.person("manager")
    sheets = put(referral_sheets(), "Referral", "When did the incident happen?", "some day")
    sheets = put(sheets, "Children", "Sex", "blue")
    sheets = put(sheets, "Referral", "Where did it happen?", "")
    shown = look(manager, workbook(sheets))
    assert shown.status == 422
    places = sorted(one.partition(":")[0] for one in in_way(shown))
    assert places == ["Children, cell E2", "Referral, cell B5", "Referral, cell B7"]
    assert not shown.page.select("input[name=sheets]")


def test_what_an_act_refuses_is_told_by_its_cell(world: World):
    manager = world.person("manager")
    late = referral_sheets(incident_on="2025-12-13")
    (said,) = in_way(look(manager, workbook(late)))
    assert said.startswith("Referral, cell B5: Enter a time before the referral")


def test_a_file_that_is_brought_in_again_is_told(world: World):
    manager = world.person("manager")
    content = workbook(referral_sheets(place=f"Place {uuid4().hex[:6]}"))
    looked = look(manager, content)
    reference = reference_of(world, make(manager, looked))
    for answer in (look(manager, content), make(manager, looked)):
        assert answer.status == 422
        assert reference in " ".join(in_way(answer))
    other = world.person("chair")
    assert reference not in look(other, content).text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("case.csv", b"a,b"),
        ("case.xlsx", b"PK\x03\x04 no zip"),
        ("case.xlsx", b""),
        ("a.docx", b"x"),
    ],
)
def test_what_is_no_workbook_is_refused(world: World, name: str, content: bytes):
    manager = world.person("manager")
    answer = manager.upload(HERE, AGREES, name, content)
    assert answer.status == 422
    assert in_way(answer)


def test_a_formula_and_a_strange_sheet_are_named(world: World):
    manager = world.person("manager")
    strange = [*referral_sheets(), SheetWritten("Secrets", ("x",), [("y",)], {})]
    assert "Secrets: This sheet is not of the workbook" in " ".join(
        in_way(look(manager, workbook(strange)))
    )


@pytest.mark.parametrize(
    "sheets", ["[]", "{", '{"Referral": [[1, [2]]]}', '{"a": 5}', "null", "[" * 9000]
)
def test_what_the_page_carried_and_is_no_workbook_is_refused(world: World, sheets: str):
    manager = world.person("manager")
    answer = manager.post(HERE, {**manager.unopened(), **AGREES, "sheets": sheets})
    assert answer.status == 422
    assert in_way(answer)


def test_who_has_a_conflict_or_names_no_case_goes_no_further(world: World):
    manager = world.person("manager")
    content = workbook(referral_sheets())
    assert "Somebody without a conflict" in " ".join(in_way(look(manager, content, agrees="no")))
    wrong = look(manager, content, reference="NMR-1999-001")
    assert "No case of this reference" in " ".join(in_way(wrong))
    assert world.person("hospital").get(HERE).status == 403


PLACES_TYPED = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=40)


@settings(max_examples=30)
@given(
    place=PLACES_TYPED,
    day=st.dates(date(2019, 1, 1), date(2025, 12, 11)),
    consulted=st.booleans(),
    minute=st.integers(0, 59),
)
def test_what_a_workbook_says_is_what_was_written_into_it(place, day, consulted, minute):
    taken = taken_named("Referral")
    at = datetime(2025, 12, 12, 11, minute, tzinfo=UTC)
    said = {"place": place, "incident_on": day, "partner_consulted": consulted, "received_at": at}
    command = factories.refer(**said)
    read_back = said_of(book_of(sheets_said(taken, command)), taken, {})
    assert read_back.problems == []
    answers = read(asked_of(taken), Posted(read_back.fields), {})
    answers.values |= {"has_conflict": False, "keeps_confidential": True}
    assert understand(type(command), asked_of(taken), answers) == command
