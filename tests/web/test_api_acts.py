"""Acts by the API: what a system does for itself, once, and what is refused to it and why."""

from uuid import uuid4

import pytest

from deployments.demo.partnerships import PLATFORM_ADMINISTRATOR
from services.casework.acts import ACTS
from services.web.act_pages.registry import ACT_PAGES
from services.web.api.acting import BY_API, OPENED_AT
from tests import factories
from tests.web.conftest import World
from tests.web.programs import API, Program, let_in
from tests.web.visitors import Visitor

SAID = factories.refer().model_dump(mode="json", exclude_none=True)
BY_SYSTEM = {"refer", "submit_return"}


@pytest.fixture(scope="module")
def platform(world: World) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    return visitor


@pytest.fixture(scope="module")
def program(world: World, platform: Visitor) -> Program:
    return let_in(world, platform, "Referring system (example)").program()


def refers(program: Program, key: str = "", **changes: object):
    return program.post(f"{API}/referrals", {**SAID, **changes}, key)


def test_these_acts_a_system_may_do_and_no_other():
    assert {one.name for one in ACTS.values() if one.by_system} == BY_SYSTEM


def test_each_other_act_is_refused_to_it_with_the_reason(program):
    at = f"{API}{refers(program).headers['location'].removeprefix(API)}"
    tried = [(one.act.name, f"{at}/acts/{one.act.name}") for one in BY_API]
    tried += [(name, f"{API}{path}") for name, path in OPENED_AT.items()]
    assert len(tried) > 150
    for name, path in tried:
        if name in BY_SYSTEM:
            continue
        answer = program.post(path, {})
        assert (answer.status_code, answer.json().get("code")) == (403, "needs_person"), name
        assert "needs a named person" in answer.json()["detail"]


def test_every_act_has_its_address_but_what_is_told_once():
    known = {one.act.name for one in BY_API} | OPENED_AT.keys()
    assert ACT_PAGES.keys() - known == {"give_collection_code"}


def test_a_system_refers_and_no_declaration_is_kept_of_it(world, program):
    answer = refers(program)
    assert answer.status_code == 201
    case_id = answer.json()["case_id"]
    assert answer.headers["location"] == f"{API}/cases/{case_id}"
    assert answer.json()["case"]["stage"] == "referred"
    manager = world.person("manager")
    told = manager.get(f"/cases/{case_id}/timeline").text
    assert "Referring system (example)" in told
    with world.admin.connect() as link:
        kept = link.exec_driver_sql(
            "select count(*) from declarations d join memberships m on m.person_id = d.person_id"
            " where m.role = 'system'"
        ).scalar()
    assert kept == 0


def test_what_is_sent_again_under_its_key_is_done_once(program):
    key = str(uuid4())
    first, again = refers(program, key), refers(program, key)
    assert first.json() == again.json()
    assert again.headers["idempotent-replayed"] == "true"
    other = refers(program, key, place="Somewhere else")
    assert (other.status_code, other.json()["code"]) == (409, "key_used_otherwise")


def test_a_key_is_asked_for(program):
    answer = program.post(f"{API}/referrals", SAID, key="no key")
    assert answer.status_code == 400


def test_what_is_wrong_is_said_by_field_and_never_repeated(program):
    marked = "Xylophone-4711"
    said = {
        **SAID,
        "incident_on": marked,
        "area": marked,
        "has_conflict": 1,
        "children": [{**SAID["children"][0], "sex": marked, marked: 1}],
        marked: marked,
    }
    answer = program.post(f"{API}/referrals", said)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert marked not in answer.text
    pointers = {one["pointer"] for one in answer.json()["errors"]}
    assert {"#", "#/incident_on", "#/has_conflict", "#/children/0"} == pointers
    again = refers(program, area=marked, place="")
    assert {one["pointer"] for one in again.json()["errors"]} == {"#/area", "#/place"}
    assert marked not in again.text
    refused = refers(program, children=[])
    assert refused.json()["errors"][0]["pointer"] == "#/children"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"text"', b"\xff", b"[" * 30_000, b'{"place": "\\u0000"}']
)
def test_what_is_no_command_is_refused_in_words(program, body):
    headers = {"content-type": "application/json", "idempotency-key": str(uuid4())}
    answer = program.ask("POST", f"{API}/referrals", headers, content=body)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"]


@pytest.mark.parametrize("when", ["0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"])
def test_a_moment_at_the_end_of_all_days_is_refused_in_words(program, when):
    answer = refers(program, aware_at=when)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "#/aware_at")


def test_a_body_of_another_kind_or_too_long_is_refused(program):
    headers = {"content-type": "text/plain", "idempotency-key": str(uuid4())}
    assert program.ask("POST", f"{API}/referrals", headers, content=b"x").status_code == 415
    assert refers(program, place="x" * 1_100_000).status_code == 413


def test_a_token_that_is_not_for_referring_refers_nothing(world, platform):
    reads = let_in(world, platform, "Reading system (example)", scopes="read").program()
    answer = refers(reads)
    assert answer.status_code == 403
    assert "takes the scope: refer incidents" in answer.json()["detail"]


def test_each_act_is_described_with_its_command_and_an_example(world):
    described = Program(world.app).get(f"{API}/openapi.json").json()
    schemas = described["components"]["schemas"]
    for page in BY_API:
        operation = described["paths"][f"/cases/{{case_id}}/acts/{page.act.name}"]["post"]
        content = operation["requestBody"]["content"]["application/json"]
        name = content["schema"]["$ref"].rpartition("/")[2]
        assert schemas[name]["examples"], page.act.name
        assert ("A system may do it" in operation["description"]) is page.act.by_system
