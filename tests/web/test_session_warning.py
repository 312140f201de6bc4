"""Two minutes before the sign-in ends a dialog says so, in a real browser; typing is not lost."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import text

from deployments.demo.partnerships import PASSWORD, PLACES
from services.bootstrap import wall_clock
from services.web.app import create_app
from tests.web.browsing import browser, served, sign_in
from tests.web.conftest import World, site_of

ADD = "/directory/organisations/add"
NAME = "Saint Bride School"
DIALOG = "#session-ending"


@pytest.fixture
def context(world: World) -> Iterator[BrowserContext]:
    with (
        served(lambda address: create_app(site_of(world, wall_clock, address))) as address,
        browser(address) as context,
    ):
        yield context
    with world.admin.begin() as link:
        link.execute(text("delete from drafts"))


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The form of the directory, with a name typed and the focus in it; its time is moved.

    What is typed is not saved meanwhile: that is use, and the session would not end.
    """
    page = context.new_page()
    page.route(re.compile("keep=later"), lambda asked: asked.fulfill(status=409))
    sign_in(page, PLACES[0].email("manager"), PASSWORD)
    page.clock.install()
    page.goto(ADD)
    page.fill("#name", NAME)
    return page


def test_the_dialog_is_gone_on_from_by_the_keyboard_and_the_focus_goes_back(page: Page):
    page.clock.fast_forward("26:30")
    expect(page.locator(DIALOG)).to_be_hidden()
    page.clock.fast_forward("00:45")
    expect(page.locator(DIALOG)).to_be_visible()
    expect(page.locator("#session-ending-told")).to_have_text(
        "You will be signed out in 2 minutes."
    )
    warning = page.get_by_role("alertdialog", name="You are about to be signed out")
    expect(warning).to_have_accessible_description("You will be signed out in 2 minutes.")
    expect(page.locator("#session-stay")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(DIALOG)).to_be_hidden()
    expect(page.locator("#name")).to_be_focused()
    assert page.input_value("#name") == NAME
    page.clock.fast_forward("26:30")
    expect(page.locator(DIALOG)).to_be_hidden()


def test_whom_keyline_does_not_answer_is_not_told_that_they_are_signed_out(page: Page):
    page.route("**/account/stay", lambda asked: asked.fulfill(status=503))
    page.clock.fast_forward("27:30")
    page.click("#session-stay")
    expect(page.locator("#session-ending-told")).to_have_text(
        "Keyline does not answer just now. Try again."
    )
    expect(page.locator("#session-ending-title")).to_have_text("You are about to be signed out")
    page.unroute("**/account/stay")
    page.click("#session-stay")
    expect(page.locator(DIALOG)).to_be_hidden()


def test_a_session_that_nothing_lengthens_says_so_once_and_lets_go_of_the_page(
    world: World, page: Page
):
    with world.admin.begin() as link:
        old = "clock_timestamp() - interval '11 hours 58 minutes 10 seconds'"
        link.execute(text(f"update web_sessions set started_at = {old}"))  # noqa: S608 -- ours
    page.clock.fast_forward("27:30")
    page.click("text=Stay signed in")
    expect(page.locator("#session-ending-told")).to_contain_text("however much it is used")
    page.click("text=Go back to the page")
    expect(page.locator(DIALOG)).to_be_hidden()
    page.wait_for_timeout(1500)
    expect(page.locator(DIALOG)).to_be_hidden()
    page.clock.fast_forward("02:00")
    expect(page.locator("#session-ending-title")).to_have_text("You have been signed out")


def test_another_tab_that_is_used_keeps_this_one_quiet(page: Page, context: BrowserContext):
    page.clock.fast_forward("26:30")
    other = context.new_page()
    other.goto("/policy")
    page.wait_for_timeout(200)
    page.clock.fast_forward("02:00")
    expect(page.locator(DIALOG)).to_be_hidden()


def test_after_the_end_the_form_is_sent_and_comes_back(world: World, page: Page):
    with world.admin.begin() as link:
        link.execute(
            text("update web_sessions set seen_at = clock_timestamp() - interval '31 minutes'")
        )
    page.clock.fast_forward("29:30")
    expect(page.locator("#session-ending-title")).to_have_text("You have been signed out")
    page.click("text=Go back to the page")
    page.click("main form button")
    page.fill("#email", PLACES[0].email("manager"))
    page.fill("#password", PASSWORD)
    page.click("main button:has-text('Sign in')")
    expect(page.locator("#kept-form")).to_contain_text("What you typed into this form was kept on")
    assert page.input_value("#name") == NAME
