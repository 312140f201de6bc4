"""A refused read leaves a line of ids; three in a row alert operations and the manager."""

import json
import logging
from collections.abc import Iterator
from uuid import uuid4

import pytest
from sqlalchemy import event, text

from deployments.demo.partnerships import PLACES
from services.casework.provisioning import person_id_of
from services.observability.logs import JsonLine
from services.web.app import create_app
from services.web.middleware import access_log
from tests.web.conftest import World, site_of
from tests.web.referrals import refer
from tests.web.visitors import Visitor

NOBODYS = "/cases/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"


@pytest.fixture(autouse=True)
def _no_alerts_before(world: World) -> None:
    with world.admin.begin() as link:
        link.execute(text("delete from alerts"))
        link.execute(text("delete from refusal_runs"))


@pytest.fixture(scope="module")
def case(world: World) -> str:
    return refer(world.person("manager"))


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    """Return what is logged while the test runs, line by line."""
    found: list[dict[str, object]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(JsonLine().format(record)))

    kept = Kept()
    access_log.LOG.addHandler(kept)
    yield found
    access_log.LOG.removeHandler(kept)


def alerts(world: World) -> list[tuple[str, str, str | None]]:
    question = text("select code, person_id::text, case_id::text from alerts order by at")
    with world.admin.connect() as link:
        return [tuple(row) for row in link.execute(question)]


def operations(world: World) -> Visitor:
    visitor = world.visitor()
    visitor.sign_in("operations@keyline.example")
    return visitor


def test_a_refused_read_is_one_line_of_ids(world: World, case: str, lines: list[dict]):
    hospital = world.person("hospital")
    lines.clear()
    assert hospital.get(f"{case}/scoping/request").status == 403
    assert hospital.get(case).status == 404
    role, missing = lines
    assert (role["message"], role["status"]) == ("refused", 403)
    assert (missing["message"], missing["status"]) == ("refused", 404)
    assert role["act"] == "/cases/{case_id}/scoping/request"
    assert role["case"] == missing["case"] == case[-36:]
    assert role["person"] == str(person_id_of(PLACES[0].email("hospital")))
    assert role["role"] == "agency_lead"
    assert set(role) == set(missing)
    assert "Robin" not in str(lines)


def test_an_allowed_read_and_a_strangers_leave_no_line(world: World, case: str, lines: list[dict]):
    manager = world.person("manager")
    lines.clear()
    assert manager.get(case).status == 200
    assert world.visitor().get(case).status == 303
    assert manager.get("/cases/not-an-id").status == 404
    assert lines == []


def test_three_refused_reads_in_a_row_raise_one_alert(world: World, case: str):
    hospital = world.person("hospital")
    hospital.get(case)
    answers = {"csrf": csrf(hospital), "once": str(uuid4())}
    assert hospital.post(f"{case}/scoping/return", answers).status == 404
    assert alerts(world) == []
    hospital.get(f"{case}/documents")
    person = str(person_id_of(PLACES[0].email("hospital")))
    assert alerts(world) == [("refused_reads", person, case[-36:])]
    hospital.get(case)
    assert len(alerts(world)) == 1


def csrf(visitor: Visitor) -> str:
    return visitor.get("/").page.find("input", attrs={"name": "csrf"})["value"]


def test_an_allowed_read_between_them_raises_none(world: World, case: str):
    manager = world.person("manager")
    for _ in range(4):
        assert manager.get(f"{case}/sign-off/rapid-review").status == 403
        assert manager.get(NOBODYS).status == 404
        assert manager.get(case).status == 200
    assert alerts(world) == []


def test_who_is_asked_to_declare_first_is_not_taken_for_a_snooper(world: World, case: str):
    member = world.person("member")
    member.declares = False
    for _ in range(4):
        assert member.get(f"{case}/timeline").status in {303, 403}
    assert alerts(world) == []


def test_a_run_is_counted_over_several_web_processes(world: World, case: str):
    other = create_app(site_of(world, lambda: world.now))
    hospital = world.person("hospital")
    elsewhere = Visitor(other, hospital.cookies)
    for visitor in (hospital, elsewhere, hospital):
        visitor.get(case)
    assert len(alerts(world)) == 1


def test_the_answer_to_a_refusal_is_the_same_whether_the_case_exists(world: World, case: str):
    hospital = world.person("hospital")
    bodies = {hospital.get(path).response.text for path in (case, NOBODYS) for _ in range(3)}
    assert len(bodies) == 1


def test_a_refused_page_of_no_case_is_a_link_by_its_pattern_and_no_alert(world: World):
    """Whatever stands in the address beside the pattern is kept nowhere."""
    hospital, operator = world.person("hospital"), operations(world)
    token = csrf(hospital)
    asked = [
        (hospital.get("/audit?who=Robin"), "/audit"),
        (hospital.get("/alerts"), "/alerts"),
        (hospital.get("/operations"), "/operations"),
        (hospital.get("/policy/versions/Robin"), "/policy/versions/{version}"),
        (hospital.get("/directory/organisations/add"), "/directory/organisations/add"),
        (hospital.post("/refer", {"csrf": token, "once": str(uuid4())}), None),
        (hospital.post("/alerts", {"csrf": token, "once": str(uuid4())}), "/alerts"),
        (operator.get("/directory"), "/directory"),
        (operator.get("/inbox/1"), "/inbox/{number}"),
    ]
    refused = [(answer.status, page) for answer, page in asked if answer.status in {403, 404}]
    pages = [page for _answer, page in asked if page]
    assert [page for _status, page in refused] == pages
    question = text(
        "select body from audit_links where body ->> 'kind' = 'refused' order by at desc, seq desc"
        " limit :many"
    )
    with world.admin.connect() as link:
        bodies = list(link.execute(question, {"many": len(pages)}).scalars())
    assert [one["page"] for one in reversed(bodies)] == pages
    assert not [one for one in bodies if "case" in one or "Robin" in str(one)]
    assert alerts(world) == []


def test_the_manager_finds_the_alert_and_marks_it_as_seen(world: World, case: str):
    hospital, manager = world.person("hospital"), world.person("manager")
    for _ in range(3):
        hospital.get(case)
    assert "1 alert for you to look at" in manager.get("/").text
    page = manager.get("/alerts")
    assert "Three refused looks at cases in a row Tansy Stethoscope NMR-2026-" in page.text
    assert manager.post("/alerts", page.hidden).where == "/alerts"
    assert "Mark as seen" not in manager.get("/alerts").text.partition("no one else is told")[2]
    assert "for you to look at" not in manager.get("/").text


def test_the_chair_finds_what_the_manager_was_refused(world: World):
    manager, chair = world.person("manager"), world.person("chair")
    for _ in range(3):
        manager.get(NOBODYS)
    assert "There are no alerts" in manager.get("/alerts").text
    assert "Marigold Inkwell None of yours" in chair.get("/alerts").text
    assert "1 alert for you to look at" in chair.get("/").text


def test_operations_see_codes_ids_and_counts(world: World, case: str):
    hospital = world.person("hospital")
    for _ in range(3):
        hospital.get(case)
    operator = operations(world)
    assert "1 alert" in operator.get("/operations").text
    page = operator.get("/operations/alerts")
    assert case[-36:] in page.text
    assert str(person_id_of(PLACES[0].email("hospital"))) in page.text
    for word in ("Tansy", "Stethoscope", "Robin", "A made-up town", "hospital@"):
        assert word not in page.response.text
    assert operations(world).get("/alerts").status == 403


@pytest.mark.parametrize("who", ["council", "member", "hospital"])
def test_alerts_are_nobody_elses_page(world: World, who: str):
    assert world.person(who).get("/alerts").status == 403


def test_trouble_with_counting_leaves_the_refusal_as_it_is(
    world: World, case: str, lines: list[dict]
):
    hospital = world.person("hospital")
    ordinary = hospital.get(case)
    lines.clear()
    with world.admin.begin() as link:
        link.execute(text("alter table refusal_runs rename to refusal_runs_away"))
    try:
        answer = hospital.get(case)
    finally:
        with world.admin.begin() as link:
            link.execute(text("alter table refusal_runs_away rename to refusal_runs"))
    assert (answer.status, answer.response.text) == (404, ordinary.response.text)
    assert [line["message"] for line in lines] == ["unexpected", "refused"]


def test_an_allowed_read_asks_the_database_nothing_about_refusals(world: World, case: str):
    manager, asked = world.person("manager"), []

    def note(_link, _cursor, statement, *_more) -> None:
        asked.append(statement)

    event.listen(world.engine, "before_cursor_execute", note)
    try:
        assert manager.get(f"{case}/documents").status == 200
    finally:
        event.remove(world.engine, "before_cursor_execute", note)
    assert asked
    assert not [one for one in asked if "refusal" in one or "alerts" in one]
