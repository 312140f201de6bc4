"""The lists over all cases as files: what the page shows, no formula, and a line in the audit."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from sqlalchemy import text

from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.many_cases import copy_case
from tests.web.collections_sent import Place
from tests.web.visitors import Answer
from tests.world import HOSPITAL

MANAGER, WHEN, MANY = Role.BUSINESS_MANAGER, "2026-03-02", 30


@pytest.fixture
def place(case_at, platform_postgres) -> Place:
    case = case_at(Stage.LOCAL_REVIEW)
    admin = platform_postgres.admin_of(case.world.engine)
    copy_case(admin, case.case_id, MANY, ("declarations", "running_clocks"))
    return Place(case.world, when=WHEN)


def rows(answer: Answer) -> list[list[str]]:
    assert answer.status == 200, answer.text
    return list(csv.reader(StringIO(answer.response.content.decode("utf-8-sig"))))


def test_the_file_holds_every_page_in_the_order_of_the_list_as_it_is_narrowed(place: Place):
    manager = place.person(MANAGER)
    page = manager.get("/cases?stage=local_review&sort=-reference")
    assert "The whole list, as it is narrowed, as a CSV file" in page.text
    link = page.page.find("a", href=lambda at: at and at.startswith("/lists/cases.csv"))["href"]
    assert link == "/lists/cases.csv?stage=local_review&sort=-reference"
    head, *told = rows(manager.get(link))
    assert head == ["Reference", "Stage", "Next duty", "How it stands", "Received"]
    assert len(told) == MANY + 1
    assert [one[0] for one in told] == sorted((one[0] for one in told), reverse=True)
    assert rows(manager.get("/lists/cases.csv?stage=closed")) == [head]


@pytest.mark.parametrize("name", ["cases", "local-reviews"])
def test_it_is_a_workbook_whose_cells_are_text_and_the_audit_tells_that_it_left(
    place: Place, platform_postgres, name: str
):
    sent = place.person(MANAGER).get(f"/lists/{name}.xlsx")
    assert f'{name}.xlsx"' in sent.response.headers["content-disposition"]
    with ZipFile(BytesIO(sent.response.content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("<row ") == MANY + 2
    assert "<f>" not in sheet
    asked = "select body from audit_links where body->>'what' = 'list_exported'"
    with platform_postgres.admin_of(place.world.engine).connect() as link:
        (body,) = link.execute(text(asked)).scalars()
    assert {"list": name, "rows": MANY + 1, "as": "xlsx"}.items() <= body.items()
    assert "Took a list over all cases away" in place.person(MANAGER).get("/audit").text


def test_it_holds_what_its_reader_may_see_and_no_more(place: Place):
    agency = place.person(Role.AGENCY_LEAD, HOSPITAL)
    assert len(rows(agency.get("/lists/cases.csv"))) == MANY + 2
    assert agency.get("/lists/local-reviews.csv").status == 403
    family = {one[5] for one in rows(place.person(MANAGER).get("/lists/local-reviews.csv"))[1:]}
    assert "Not shown to you" not in family
    scrutineer = place.person(Role.INDEPENDENT_SCRUTINEER)
    assert {one[5] for one in rows(scrutineer.get("/lists/local-reviews.csv"))[1:]} == {
        "Not shown to you"
    }


def test_more_rows_than_a_file_holds_are_refused_and_none_is_left_out(case_at, platform_postgres):
    case = case_at(Stage.RAPID_REVIEW)
    copy_case(platform_postgres.admin_of(case.world.engine), case.case_id, 2_000, ("declarations",))
    refused = Place(case.world, when=WHEN).person(MANAGER).get("/lists/cases.csv")
    assert refused.status >= 400
    assert "One file holds at most 2,000 rows" in refused.text


@pytest.mark.parametrize(
    ("name", "first"), [("nhs-tracker", "StEIS number"), ("nspcc-repository", "Title")]
)
def test_the_rows_that_other_bodies_ask_for_leave_by_the_board_and_the_audit_tells_it(
    place: Place, name: str, first: str
):
    manager = place.person(MANAGER)
    board = manager.get("/reviews")
    assert board.page.find("a", href=f"/lists/{name}.xlsx") is not None
    head, *told = rows(manager.get(f"/lists/{name}.csv"))
    assert head[0] == first
    assert len(told) == (MANY + 1 if name == "nhs-tracker" else 0)
    assert manager.get(f"/lists/{name}.xlsx").response.content[:2] == b"PK"
    assert "Took a list over all cases away" in manager.get("/audit").text
    assert place.person(Role.AGENCY_LEAD, HOSPITAL).get(f"/lists/{name}.csv").status == 403
