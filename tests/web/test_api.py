"""The API as a system uses it: let in by two, given tokens, and what it is shown and is not."""

import pytest

from deployments.demo.partnerships import PLATFORM_ADMINISTRATOR
from tests.web.conftest import World
from tests.web.programs import (
    API,
    PEOPLE,
    Program,
    System,
    confirmed,
    entered,
    let_in,
    with_secret,
)
from tests.web.referrals import refer
from tests.web.visitors import Visitor


@pytest.fixture(scope="module")
def platform(world: World) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    return visitor


@pytest.fixture(scope="module")
def system(world: World, platform: Visitor) -> System:
    return let_in(world, platform, "Case system of the council (example)")


@pytest.fixture(scope="module")
def case(world: World) -> str:
    return refer(world.person("manager"))


def test_a_system_is_let_in_by_two_and_holds_nothing_before(world, platform):
    administrator = world.person("administrator")
    entry = entered(administrator, "Not confirmed (example)")
    early = administrator.send(f"{PEOPLE}/systems/{entry}/secret", {"reasons": "To begin."})
    assert early.status == 409
    assert "two administrators" in early.text
    own = administrator.get(f"{PEOPLE}/appointments/{entry}/answer")
    said = {**own.hidden, "is_confirmed": "yes", "grounds": "Mine."}
    assert administrator.post(f"{PEOPLE}/appointments/{entry}/answer", said).status == 409
    confirmed(platform, entry)
    system = with_secret(world, administrator, entry)
    assert "Not confirmed (example)" in administrator.get(PEOPLE).text
    assert system.program().get(f"{API}/cases").status_code == 200


def test_another_secret_ends_the_first_and_its_tokens(world, platform):
    administrator = world.person("administrator")
    entry = entered(administrator, "Renewed (example)")
    confirmed(platform, entry)
    first = with_secret(world, administrator, entry)
    program = first.program()
    second = with_secret(world, administrator, entry)
    assert first.asks().status_code == 401
    assert first.asks().json() == {"error": "invalid_client"}
    assert program.get(f"{API}/cases").status_code == 401
    assert second.program().get(f"{API}/cases").status_code == 200


def test_an_ended_system_has_no_token_that_opens(world, platform):
    administrator = world.person("administrator")
    entry = entered(administrator, "Ended (example)")
    confirmed(platform, entry)
    system = with_secret(world, administrator, entry)
    program = system.program()
    said = {"last_day-day": "1", "last_day-month": "2", "last_day-year": "2026", "reasons": "Over."}
    assert administrator.send(f"{PEOPLE}/roles/{entry}/end", said).where == PEOPLE
    assert program.get(f"{API}/cases").status_code == 401
    assert system.asks().status_code == 401


def test_a_token_has_the_scopes_that_were_asked_for_and_no_more(system):
    only = system.asks(scope="refer")
    assert only.json()["scope"] == "refer"
    assert only.json()["expires_in"] == 3600
    refused = Program(system.app, only.json()["access_token"]).get(f"{API}/cases")
    assert refused.status_code == 403
    assert "takes the scope" in refused.json()["detail"]
    for scope in ("returns", "persons", "everything"):
        assert system.asks(scope=scope).json() == {"error": "invalid_scope"}
    assert system.asks(grant_type="password").json() == {"error": "unsupported_grant_type"}


def test_a_system_reads_where_a_case_stands_and_no_word_of_it(system, case):
    program = system.program()
    listed = program.get(f"{API}/cases")
    ours = next(one for one in listed.json()["items"] if one["id"] == case[-36:])
    assert ours["stage"] == "referred"
    at = f"{API}{case}"
    assert program.get(at).json() == ours
    assert {one["clock"] for one in program.get(f"{at}/clocks").json()["items"]} >= {"K5", "K1"}
    assert program.get(f"{at}/todos").json()["items"]
    history = program.get(f"{at}/history")
    assert history.json()["items"][-1]["entry_type"] == "referred"
    for answer in (listed, history, program.get(f"{at}/todos")):
        assert "Robin" not in answer.text
        assert "Injuries" not in answer.text
    documents = program.get(f"{at}/documents")
    assert documents.status_code == 403
    assert "named people" in documents.json()["detail"]


def test_each_look_is_recorded_as_the_systems(world, system, case):
    manager = world.person("manager")
    manager.get(case)
    system.program().get(f"{API}{case}")
    assert "Case system of the council (example)" in manager.get(f"{case}/history").text
    assert "Was given a token of the API" in manager.get("/audit").text


def test_what_is_known_already_is_not_sent_again(system, case):
    program = system.program()
    first = program.get(f"{API}{case}")
    again = program.get(f"{API}{case}", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = program.get(f"{API}{case}", **{"if-none-match": '"something"'})
    assert other.status_code == 200


def test_lists_come_in_pages_that_link_to_the_next(world, system):
    for _ in range(2):
        refer(world.person("manager"))
    program = system.program()
    whole = [one["id"] for one in program.get(f"{API}/cases").json()["items"]]
    found, at = [], f"{API}/cases?limit=1"
    while at:
        page = program.get(at)
        found += [one["id"] for one in page.json()["items"]]
        at = page.json()["next"]
        assert page.headers.get("link", "") == (f'<{at}>; rel="next"' if at else "")
    assert found == whole
    assert program.get(f"{API}/cases?after=nothing").status_code == 422
    assert program.get(f"{API}/cases?limit=0").status_code == 400
    assert program.get(f"{API}/cases?limti=5").status_code == 422


def test_another_partnerships_case_is_none(world, system):
    theirs = refer(world.person("manager", place=1))
    program = system.program()
    missing = program.get(f"{API}/cases/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e")
    for path in (theirs, f"{theirs}/clocks", f"{theirs}/history"):
        answer = program.get(f"{API}{path}")
        assert (answer.status_code, answer.json()) == (404, missing.json())
    assert theirs[-36:] not in program.get(f"{API}/cases").text


def test_no_token_and_no_cookie_opens_anything(world, case):
    for token in ("", "x", "y" * 43, "z" * 500, "é"):
        carried = {"authorization": f"Bearer {token}".encode()}
        answer = world.visitor().ask("GET", f"{API}{case}", headers=carried)
        assert answer.status == 401
        assert answer.response.headers["content-type"] == "application/problem+json"
        assert answer.response.headers["www-authenticate"] == "Bearer"
    manager = world.person("manager")
    assert manager.ask("GET", f"{API}{case}").status == 400


def test_wrong_secrets_are_counted_as_wrong_passwords_are(world, platform):
    system = let_in(world, platform, "Guessed (example)")
    right, system.secret = system.secret, "guessed"
    assert [system.asks().status_code for _ in range(10)] == [401] * 10
    system.secret = right
    shut = system.asks()
    assert shut.status_code == 429
    assert "Too many tries" in shut.json()["detail"]


def test_what_it_offers_is_described_without_a_token(world):
    answer = Program(world.app).get(f"{API}/openapi.json")
    described = answer.json()
    assert described["openapi"].startswith("3.1")
    assert f"{API}" == described["servers"][0]["url"]
    assert {"/cases", "/token", "/cases/{case_id}/clocks"} <= described["paths"].keys()
    assert "application/problem+json" in answer.text
    assert Program(world.app).get(f"{API}/nothing").status_code == 404
    assert Program(world.app).ask("PUT", f"{API}/cases", {}).json()["status"] == 405
