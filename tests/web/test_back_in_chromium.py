"""Back after a refused form, in a real browser: what was typed is there, by scripts or none."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import text

from deployments.demo.partnerships import PASSWORD, PLACES
from services.bootstrap import wall_clock
from services.web.app import create_app
from tests.web.browsing import browser, served, sign_in
from tests.web.conftest import World, site_of
from tests.web.referrals import refer

ADD = "/directory/organisations/add"
NAME, REASONS = "Saint Bride School", "Robin Example was seen twice.\nBoth visits were short."


@dataclass(frozen=True)
class Manner:
    """How somebody comes: how wide their window is, and whether scripts run in it."""

    width: int
    scripts: bool


@pytest.fixture(scope="module")
def address(world: World) -> Iterator[str]:
    with served(lambda place: create_app(site_of(world, wall_clock, place))) as place:
        yield place


@pytest.fixture(scope="module")
def case(world: World) -> str:
    """A case on which a view is asked for; its people act before the browser has the loop."""
    case = refer(world.person("manager"))
    world.person("council").get(case)
    return case


@pytest.fixture(scope="module")
def chromium(address: str, case: str) -> Iterator[BrowserContext]:
    assert case
    with browser(address) as context:
        yield context


@pytest.fixture(
    params=[Manner(1280, scripts=True), Manner(375, scripts=True), Manner(375, scripts=False)],
    ids=["desktop", "phone", "phone without scripts"],
)
def page(
    request: pytest.FixtureRequest, world: World, address: str, chromium: BrowserContext
) -> Iterator[Page]:
    manner: Manner = request.param
    window = chromium.browser.new_context(
        base_url=address,
        viewport={"width": manner.width, "height": 800},
        java_script_enabled=manner.scripts,
    )
    yield window.new_page()
    window.close()
    with world.admin.begin() as link:
        link.execute(text("delete from drafts"))


def test_back_after_a_refused_act_finds_what_was_typed(case: str, page: Page):
    sign_in(page, PLACES[0].email("council"), PASSWORD)
    form = f"{case}/notification/view"
    page.goto(form)
    page.fill("#reasons", REASONS)
    send(page, "Give your view")
    assert page.input_value("#reasons") == REASONS
    page.go_back()
    assert page.url.endswith(form)
    assert page.input_value("#reasons") == REASONS


def test_back_after_a_refused_form_of_no_act_finds_what_was_typed(page: Page):
    sign_in(page, PLACES[0].email("manager"), PASSWORD)
    page.goto(ADD)
    page.fill("#name", NAME)
    send(page, "Add")
    assert page.input_value("#name") == NAME
    page.go_back()
    assert page.url.partition("?")[0].endswith(ADD)
    assert page.input_value("#name") == NAME


def send(page: Page, button: str) -> None:
    """Send the form as it stands: it is refused."""
    page.locator("main form").get_by_role("button", name=button).first.click()
    page.locator(".govuk-error-summary").wait_for()
