"""A person lets a system act in their name: asked on a page, by a code that works once (PKCE)."""

import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import pytest

from deployments.demo.partnerships import PLATFORM_ADMINISTRATOR
from tests import factories
from tests.web.conftest import World
from tests.web.programs import API, Program, System, let_in
from tests.web.referrals import be_aware, refer
from tests.web.visitors import Visitor

BACK = "https://client.example/back"
VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


@pytest.fixture(scope="module")
def system(world: World) -> System:
    platform = world.visitor()
    assert platform.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    said = {"scopes": "persons", "return_address": BACK}
    return let_in(world, platform, "Client of people (example)", **said)


def asked(system: System, **other: str) -> str:
    told = {
        "client_id": system.id,
        "redirect_uri": BACK,
        "response_type": "code",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        "state": "what-it-was",
    }
    return f"/systems/agree?{urlencode({**told, **other})}"


def agreed(person: Visitor, system: System) -> dict[str, str]:
    """Agree as the person, and return what the system is told at its address."""
    page = person.get(asked(system))
    assert page.status == 200, page.where
    done = person.post("/systems/agree", page.hidden)
    link = next(a["href"] for a in done.page.select("main a") if a["href"].startswith(BACK))
    return {name: given[0] for name, given in parse_qs(urlsplit(link).query).items()}


def exchanged(system: System, code: str, **other: str):
    form = {"code": code, "redirect_uri": BACK, "code_verifier": VERIFIER, **other}
    return system.asks(grant_type="authorization_code", **form)


def program_of(person: Visitor, system: System) -> Program:
    given = exchanged(system, agreed(person, system)["code"])
    assert given.status_code == 200, given.text
    return Program(system.app, given.json()["access_token"])


def test_a_person_agrees_and_the_system_acts_as_them(world, system):
    notifier = world.person("notifier")
    case = refer(world.person("manager"))
    program = program_of(notifier, system)
    first = program.get(f"{API}{case}")
    assert (first.status_code, first.json()["code"]) == (403, "declare_first")
    said = factories.declare().model_dump(mode="json", exclude_none=True)
    assert program.post(f"{API}{case}/acts/declare", said).status_code == 200
    assert program.get(f"{API}{case}").json()["reference"]
    be_aware(notifier, case)
    decided = factories.decide_to_notify().model_dump(mode="json", exclude_none=True)
    answer = program.post(f"{API}{case}/acts/decide_to_notify", decided)
    assert answer.status_code == 200, answer.text
    told = program.get(f"{API}{case}/history").json()["items"]
    assert any(one["said"] for one in told)
    assert "Client of people" not in notifier.get(f"{case}/timeline").text


def test_the_page_says_who_asks_and_where_one_comes_back(world, system):
    page = world.person("chair").get(asked(system))
    assert "Client of people (example)" in page.text
    assert BACK in page.text
    refuses = next(a["href"] for a in page.page.select("main a") if "access_denied" in a["href"])
    assert refuses == f"{BACK}?error=access_denied&state=what-it-was"


def test_a_code_works_once_for_its_system_and_with_its_verifier(world, system):
    person = world.person("chair")
    told = agreed(person, system)
    assert told["state"] == "what-it-was"
    assert told["iss"] == "http://keyline.test"
    assert exchanged(system, told["code"]).status_code == 200
    assert exchanged(system, told["code"]).json() == {"error": "invalid_grant"}
    for wrong in ({"code_verifier": "w" * 64}, {"redirect_uri": f"{BACK}/else"}):
        code = agreed(person, system)["code"]
        assert exchanged(system, code, **wrong).json() == {"error": "invalid_grant"}
        assert exchanged(system, code).json() == {"error": "invalid_grant"}


def test_nobody_is_asked_for_a_system_that_may_not_ask_from_there(world, system):
    chair = world.person("chair")
    for other in (
        {"client_id": str(uuid4())},
        {"redirect_uri": f"{BACK}/else"},
        {"code_challenge_method": "plain"},
        {"code_challenge": "short"},
        {"response_type": "token"},
        {"state": "<b>"},
    ):
        assert chair.get(asked(system, **other)).status == 404
    assert world.person("chair", place=1).get(asked(system)).status == 404


def test_a_token_ends_with_the_sessions_of_its_person(world, system):
    person = world.person("member")
    program = program_of(person, system)
    assert program.get(f"{API}/cases").status_code == 200
    other = world.person("member")
    with world.admin.begin() as link:
        link.exec_driver_sql("update api_tokens set made_at = made_at - interval '61 minutes'")
    assert other.get("/").status == 200
    assert program.get(f"{API}/cases").status_code == 401
