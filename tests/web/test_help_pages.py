"""Whom anybody asks for help, and the three things with which each role begins."""

import pytest

from deployments.demo.partnerships import (
    AGENCIES,
    OPERATIONS,
    PLACES,
    PLATFORM_ADMINISTRATOR,
    ROLES,
)
from services.domain.roles import ROLE_PERMISSIONS, Role
from services.web.dependencies import Requires
from services.web.welcome import FIRST_THINGS
from tests.web.conftest import World
from tests.web.test_directory_pages import CONTACT, FROM
from tests.web.test_directory_pages import link as link_that
from tests.web.test_people_pages import HERE, invited_by, words
from tests.web.test_routes import ROUTES, gate
from tests.web.visitors import Visitor

NOBODY = {Role.SYSTEM, Role.SERVICE}
REACHED = "01670 555 0100, weekdays 9 to 5"
PEOPLE = {role: PLACES[0].email(who) for who, role, _seat in ROLES} | {
    Role.SAFEGUARDING_PARTNER: PLACES[0].email("council"),
    Role.AGENCY_LEAD: PLACES[0].email(next(iter(AGENCIES))),
    Role.OPERATIONS: OPERATIONS,
    Role.PLATFORM_ADMINISTRATOR: PLATFORM_ADMINISTRATOR.email,
}


def in_as(world: World, email: str) -> Visitor:
    visitor = world.visitor()
    assert visitor.sign_in(email).status == 303
    return visitor


def test_each_role_of_a_person_has_three_things_that_its_permissions_open():
    assert FIRST_THINGS.keys() == set(Role) - NOBODY
    gates = {one.path: gate(one) for one in ROUTES if "GET" in one.methods}
    for role, things in FIRST_THINGS.items():
        assert len({one.href for one in things}) == 3
        for one in things:
            needs = gates[one.href]
            if isinstance(needs, Requires):
                assert ROLE_PERMISSIONS[role] & set(needs.permissions), (role, one.href)


@pytest.mark.parametrize("role", PEOPLE)
def test_what_a_role_is_led_to_opens(world: World, role: Role):
    visitor = in_as(world, PEOPLE[role])
    page = visitor.get("/welcome")
    links = [one["href"] for one in page.page.select("main ol a")]
    assert links == [one.href for one in FIRST_THINGS[role]]
    for href in links:
        answer = visitor.get(href)
        while answer.status == 303:
            answer = visitor.get(answer.where)
        assert answer.status == 200, (role, href)


def test_help_says_how_the_unit_is_reached_and_until_then_who_looks_after_the_partnership(
    world: World,
):
    manager, hospital = world.person("manager"), world.person("hospital")
    for reader in (manager, hospital):
        page = reader.get("/help").text
        assert "has not entered how its business unit is reached" in page
        assert PLACES[0].people["manager"] in page
    ours = {"kind": "partnership", "name": "Northmoor Safeguarding (example)", **FROM}
    assert manager.send("/directory/organisations/add", ours).status == 303
    add = link_that(manager.get("/directory"), "Add a contact")
    told = {**CONTACT, **FROM, "role": "unit_manager", "telephone": REACHED}
    assert manager.send(add, told).status == 303
    for address in ("/help", "/cases/5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"):
        page = hospital.get(address)
        assert REACHED in page.text, address
        assert CONTACT["address"] in page.text
    assert REACHED not in world.person("manager", 1).get("/help").text


def test_a_stranger_is_told_where_to_look_and_nothing_of_a_partnership(world: World):
    page = world.visitor().get("/help")
    assert (page.status, page.page.select_one("a[href='/forgotten-password']") is None) == (
        200,
        False,
    )
    assert PLACES[0].name not in page.text
    assert world.visitor().get("/welcome").where.startswith("/sign-in")
    sign_in = world.visitor().get("/sign-in")
    assert sign_in.page.select_one("footer a[href='/help']") is not None


def test_who_accepts_an_invitation_begins_with_their_first_three_things(world: World):
    administrator = world.person("administrator")
    platform = in_as(world, PLATFORM_ADMINISTRATOR.email)
    administrator.send(f"{HERE}/appoint", words(address="new@new.example"))
    link, invited = invited_by(world, platform, "new@new.example"), world.visitor()
    asked = invited.post(link, invited.get(link).hidden)
    said = {"answer": "accept", "name": "New Comer", "password": "keyline-demonstration"}
    done = invited.post(link, {**asked.hidden, **said})
    assert done.page.select_one("main a[href='/sign-in?next=/welcome']") is not None
