"""The lists over all cases on their pages: who may open them, what stands there, how they look."""

import pytest

from services.domain.errors import Unavailable
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests.looks.looker import looker
from tests.web.collections_sent import Place
from tests.world import HOSPITAL

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2026-03-02"
BOARDS = {
    "/cases": "Cases",
    "/reviews": "Local reviews",
    "/publications": "Publications",
    "/actions": "Actions of every plan",
    "/agencies": "How agencies answer",
    "/returns": "Requests to agencies",
}


@pytest.fixture
def place(case_at) -> Place:
    return Place(case_at(Stage.LOCAL_REVIEW).world, when=WHEN)


def test_each_list_leads_to_the_others_and_is_for_who_reads_cases_whole(place: Place):
    for board, title in BOARDS.items():
        page = place.person(MANAGER).get(board).page
        assert page.h1.get_text() == title
        way = page.select_one("nav[aria-label='Lists over all cases']")
        assert [one["href"] for one in way.select("a")] == list(BOARDS)
        assert way.select_one("[aria-current=page]")["href"] == board
    agency = place.person(Role.AGENCY_LEAD, HOSPITAL)
    assert agency.get("/cases").page.select("nav[aria-label='Lists over all cases']") == []
    assert agency.get("/reviews").status == 403


def test_a_review_stands_on_the_board_with_a_way_to_its_case(place: Place):
    found = place.person(MANAGER).get("/reviews")
    assert found.page.caption.get_text() == "1 local review"
    opened = place.person(MANAGER).get(found.page.select_one("tbody th a")["href"])
    assert opened.status == 200


def test_where_there_is_no_review_it_is_said_when_one_begins(case_at):
    place = Place(case_at(Stage.RAPID_REVIEW).world, when=WHEN)
    found = place.person(MANAGER).get("/reviews")
    assert "No local review is open to you. One begins when the partners decide" in found.text


def test_axe_finds_nothing_on_the_boards_at_either_width(place: Place):
    every = (*BOARDS, "/actions/sharing")
    pages = {board: place.person(MANAGER).get(board).response.text for board in every}
    try:
        with looker() as chromium:
            found = {name: chromium.look(html) for name, html in pages.items()}
    except Unavailable as missing:
        pytest.skip(f"not run: {missing}")
    assert {name: told for name, told in found.items() if told} == {}
