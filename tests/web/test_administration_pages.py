"""What administrators see of a partnership and of the installation, and that it is no case."""

import pytest
from sqlalchemy import text

from deployments.demo.partnerships import PLACES, PLATFORM_ADMINISTRATOR
from services.casework.provisioning import partnership_id_of
from services.web.pages import ROUTERS
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

HERE = "/administration"
A_PROVIDER = text(
    "insert into identity_providers (code, name, issuer, client_id, sealed_secret,"
    " longest_ago_minutes, session_minutes, tells_of_logout) values ('county-police',"
    " 'County police', 'https://police.example/op', 'keyline', 'sealed', 60, 0, false)"
)
VOUCHES = text(
    "insert into provider_partnerships (tenant_id, provider) values (:whose, 'county-police')"
)
OF_CASES = sorted(
    route.path
    for router in ROUTERS
    for route in router.routes
    if "GET" in route.methods and route.path.startswith(("/cases", "/leads", "/refer", "/requests"))
)


@pytest.fixture(scope="module")
def case(world: World) -> str:
    return refer(world.person("manager"))


@pytest.fixture
def administrator(world: World) -> Visitor:
    return world.person("administrator")


@pytest.fixture
def platform(world: World) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(PLATFORM_ADMINISTRATOR.email).status == 303
    return visitor


def reference(world: World, case: str) -> str:
    found = world.person("manager").get(case)
    return next(word for word in found.text.split() if word.startswith("NMR-"))


def test_an_administrator_begins_with_people_organisations_and_policy(administrator):
    assert administrator.get("/").where == HERE
    page = administrator.get(HERE).text
    for said in (PLACES[0].email("manager"), "Business manager", PLACES[0].agency("hospital")):
        assert said in page
    assert "(1)" in page, "the number of the policy in force"


def test_the_providers_that_vouch_are_named_and_none_is_claimed_where_there_are_some(
    world: World, administrator: Visitor
):
    none = "None: people sign in with an email address and a password"
    assert none in administrator.get(HERE).text
    whose = {"whose": partnership_id_of(PLACES[0].code)}
    with world.admin.begin() as link:
        link.execute(A_PROVIDER)
        link.execute(VOUCHES, whose)
    told = administrator.get(HERE).text
    with world.admin.begin() as link:
        link.execute(text("update provider_partnerships set ended_at = now()"))
    assert "county-police" in told
    assert none not in told
    assert none in administrator.get(HERE).text


def test_no_case_and_no_word_of_one_is_shown_to_an_administrator(world, case, administrator):
    known = {reference(world, case), case[-36:]}
    for path in (HERE, f"{HERE}/audit", "/policy", "/directory", "/holidays"):
        answer = administrator.get(path)
        assert answer.status == 200
        assert not any(one in answer.response.text for one in known), path


@pytest.mark.parametrize("who", ["administrator", "platform"])
def test_no_page_of_a_case_opens(case, who, request):
    person = request.getfixturevalue(who)
    for path in OF_CASES:
        if "{" not in path.replace("{case_id}", ""):
            answer = person.get(path.replace("/cases/{case_id}", case))
            assert answer.status in {403, 404}, path
    assert person.get("/audit").status == 403


def test_the_audit_of_the_administration_names_who_did_what_and_is_read_on(administrator):
    text = administrator.get(f"{HERE}/audit").text
    assert "People and agencies put on record" in text
    assert "Entry of the directory" not in text, "there is none yet"
    assert administrator.get(f"{HERE}/audit?below=1").text.count("put on record") == 0
    assert administrator.get(f"{HERE}/audit?below=x").status == 200


def test_a_platform_administrator_belongs_to_no_partnership_and_sees_how_far_each_is(platform):
    assert platform.get("/").where == HERE
    answer = platform.get(HERE)
    assert "this installation of Keyline" in answer.text
    links = {one["href"] for one in answer.page.select(f'a[href^="{HERE}/partnerships/"]')}
    assert links == {f"{HERE}/partnerships/{place.partnership_id}" for place in PLACES}
    page = platform.get(min(links))
    assert "Letters name no telephone" in page.text or "no address and no telephone" in page.text


def test_what_is_no_partnership_is_not_found_and_others_do_not_see_it(world, platform):
    for wrong in ("x", "5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"):
        assert platform.get(f"{HERE}/partnerships/{wrong}").status == 404
    there = f"{HERE}/partnerships/{PLACES[0].partnership_id}"
    for who in ("administrator", "manager", "chair", "hospital"):
        assert world.person(who).get(there).status == 403
    for who in ("manager", "chair", "hospital"):
        assert world.person(who).get(HERE).status == 403
