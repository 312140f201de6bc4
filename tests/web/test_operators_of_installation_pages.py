"""An operator of the whole installation does at every desk what one of a partnership does."""

from contextlib import suppress
from datetime import date

import pytest

from deployments.demo.partnerships import (
    PASSWORD,
    PLACES,
    PLATFORM_ADMINISTRATOR,
    SECOND_OPERATIONS,
)
from services.casework.administration.first_administrator import make_another
from services.casework.provisioning import PersonToFound
from services.domain.errors import AlreadyDone
from services.domain.roles import Role
from tests.servers import QUICK_PASSWORDS, founder_of
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.test_bank_holidays_page import HERE as HOLIDAYS
from tests.web.test_bank_holidays_page import answer, operator, propose
from tests.web.test_kept_forms import PAUSE, REASON, sent_too_late, signed_in_again
from tests.web.test_operator_acts_page import WHY, an_email_is_held
from tests.web.visitors import Visitor

EMAIL = "everywhere@keyline.example"
DESKS = ("work", "emails", "alerts", "flow-engine", "runs", "pause", "bank-holidays")


@pytest.fixture
def everywhere(world: World) -> Visitor:
    """Somebody who operates the installation, and is of no partnership."""
    person = PersonToFound(email=EMAIL, name="Every Where", role=Role.OPERATIONS, password=PASSWORD)
    with suppress(AlreadyDone):
        by = PLATFORM_ADMINISTRATOR.email
        make_another(founder_of(world.engine), person, date(2026, 1, 5), by, QUICK_PASSWORDS)
    return operator(world, EMAIL)


def test_every_desk_opens_and_an_email_of_any_partnership_is_stopped(
    world: World, everywhere: Visitor
):
    manager = world.person("manager")
    case = refer(manager)
    email = an_email_is_held(world, case)
    for desk in DESKS:
        assert everywhere.get(f"/operations/{desk}").status == 200, desk
    assert everywhere.get("/").where == "/operations"
    assert everywhere.get(f"/operations/runs/{case[-36:]}").status == 200
    assert all(one.name in everywhere.get("/operations").text for one in PLACES)
    said = {"course": "stop_email", "items": email, "because": WHY}
    done = everywhere.post("/operations/emails", everywhere.unopened() | said)
    assert "An email is stopped" in everywhere.get(done.where).text
    assert "An email is stopped: done" in manager.get(f"{case}/timeline").text
    assert everywhere.get(case).status in {403, 404}


def test_they_are_one_of_the_two_who_change_a_bank_holiday(world: World, everywhere: Visitor):
    assert propose(everywhere, title="Another jubilee").where == HOLIDAYS
    assert answer(everywhere, "yes").status == 422
    assert answer(operator(world, SECOND_OPERATIONS), "yes").where == HOLIDAYS


def test_a_form_of_theirs_comes_back_after_signing_in_again(world: World, everywhere: Visitor):
    late = sent_too_late(world, everywhere, PAUSE, because=REASON, is_paused="yes")
    assert signed_in_again(everywhere, late, EMAIL).value("because") == REASON
