"""What belongs to another partnership is exactly like what does not exist."""

import re

import pytest

from services.web.pages import ROUTERS
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Reader, Visitor

NOBODYS = "/cases/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"
READ = sorted(
    route.path
    for router in ROUTERS
    for route in router.routes
    if "GET" in route.methods and route.path.startswith("/cases/{case_id}")
)
ODD_IDS = (
    "{5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e}",
    "urn:uuid:5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e",
    "5b0f2c1e7a5c4c1d9d9e0d5a5b1c2d3e",
    "5B0F2C1E-7A5C-4C1D-9D9E-0D5A5B1C2D3E",
    "1_0",
    "%00",
    "..%2f..%2fetc",
    "9" * 5000,
)


@pytest.fixture(scope="module")
def theirs(world: World) -> str:
    return refer(world.person("manager", place=1))


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return world.person("manager")


@pytest.fixture(scope="module")
def reader(world: World, manager: Visitor) -> Reader:
    return Reader(world.app, manager.cookies)


def body(reader: Reader, path: str) -> bytes:
    status, content = reader.bytes_of("GET", path)
    assert status in {403, 404}, (path, status)
    return content


@pytest.mark.parametrize("path", READ)
def test_another_partnerships_case_reads_like_one_that_is_not_there(
    reader: Reader, theirs: str, path: str
):
    path = path.replace("{clock_id}", "x").replace("{document_id}", NOBODYS[-36:])
    ours = path.replace("/cases/{case_id}", NOBODYS)
    other = path.replace("/cases/{case_id}", theirs)
    assert body(reader, other) == body(reader, ours)


def test_another_partnerships_case_takes_no_form(manager: Visitor, theirs: str):
    hidden = manager.unopened()
    answers = [
        manager.post(f"{case}/scoping/request", {**hidden, "message": "x"})
        for case in (theirs, NOBODYS)
    ]
    assert [one.status for one in answers] == [404, 404]
    assert answers[0].response.text == answers[1].response.text


def test_another_partnerships_case_is_in_no_list_and_no_search(
    manager: Visitor, world: World, theirs: str
):
    reference = world.person("manager", place=1).get(theirs).page.h1.get_text().split()[2]
    assert re.fullmatch(r"SLT-2026-[0-9]{3}", reference)
    for path in ("/cases", f"/cases?reference={reference}", "/"):
        page = manager.get(path)
        assert theirs not in page.response.text
        assert reference not in page.page.main.get_text()


@pytest.mark.parametrize("odd", ODD_IDS, ids=lambda odd: odd[:20])
def test_an_id_is_written_in_one_way_only(manager: Visitor, odd: str):
    assert manager.get(f"/cases/{odd}").status == 404


def test_an_agency_sees_the_cases_that_ask_something_of_it(world: World, manager: Visitor):
    case = refer(manager)
    hospital = world.person("hospital")
    assert hospital.get(case).status == 404
    assert hospital.get(f"{case}/scoping/return").status == 404
    page = manager.get(f"{case}/scoping/request").page
    label = page.find("label", string=lambda text: text and "General Hospital" in text)
    chosen = page.find(id=label["for"])["value"]
    asked = {"agencies": chosen, "message": "Look.", "lawful_basis": "Said."}
    manager.send(f"{case}/scoping/request", asked)
    seen = hospital.get(case)
    assert seen.status == 200
    assert "Robin Example" not in seen.response.text


def test_a_role_without_the_permission_is_told_so(world: World, manager: Visitor):
    case = refer(manager)
    for who, path in (
        ("manager", "notification/decision"),
        ("hospital", "scoping/request"),
        ("notifier", "sign-off/rapid-review"),
        ("chair", "notification/record"),
    ):
        answer = world.person(who).get(f"{case}/{path}")
        assert answer.status == 403, (who, path)
        assert "may not" in answer.text


def test_operators_see_references_and_no_words_of_any_case(world: World, manager: Visitor):
    refer(manager)
    operator = world.visitor()
    operator.sign_in("operations@keyline.example")
    assert operator.get("/operations").status == 200
    page = operator.get("/operations/runs")
    assert "NMR-2026-" in page.text
    assert "SLT-2026-" in page.text
    assert "Robin" not in page.response.text
    assert operator.get("/cases").status == 403
    assert operator.get(manager.get("/cases").page.select_one("tbody a")["href"]).status == 403
