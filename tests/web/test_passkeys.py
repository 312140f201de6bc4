"""Passkeys in a real browser, with an authenticator that it plays itself: made, used, refused."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from deployments.demo.partnerships import PASSWORD, PLACES
from services.bootstrap import wall_clock
from services.web.app import create_app
from tests.web.accounts import put_back, run
from tests.web.browsing import browser, served, sign_in
from tests.web.conftest import World, site_of

CHAIR = PLACES[0].email("chair")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass
class Device:
    """A browser, a page in it, and the authenticator that it has."""

    context: BrowserContext
    page: Page
    link: CDPSession
    key: str

    def verifies(self, *, user: bool) -> None:
        """Have the next PIN or finger be right, or wrong."""
        said = {"authenticatorId": self.key, "isUserVerified": user}
        self.link.send("WebAuthn.setUserVerified", said)

    def signed_out(self) -> None:
        self.context.clear_cookies()
        sign_in(self.page, CHAIR, PASSWORD)


@pytest.fixture
def device(world: World) -> Iterator[Device]:
    """A browser at an installation that demands a second factor; the chair has given a password."""

    def app_at(address: str):
        return create_app(replace(site_of(world, wall_clock, address), demands_second_factor=True))

    with put_back(world), served(app_at) as address, browser(address) as context:
        page = context.new_page()
        link = context.new_cdp_session(page)
        link.send("WebAuthn.enable", {"enableUI": False})
        made = link.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        sign_in(page, CHAIR, PASSWORD)
        yield Device(context, page, link, made["authenticatorId"])


def test_a_passkey_is_set_up_used_and_counted(world: World, device: Device):
    page = device.page
    page.click("text=Set up a passkey")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    device.signed_out()
    page.click("text=Use a passkey")
    expect(page.locator("h1")).to_contain_text("What needs you today")
    ((count, device_words),) = run(world, "select sign_count, device from passkeys")
    assert count > 1
    assert device_words == "Chrome on Linux"
    page.goto("/account")
    page.click("text=Add a passkey of this device")
    expect(page.locator("[data-passkey=make] [role=status]")).to_have_text(
        "This device has a passkey for your account already."
    )
    run(world, "update web_sessions set proved_at = clock_timestamp() - interval '16 minutes'")
    page.click("text=Add a passkey of this device")
    expect(page.locator("h1")).to_have_text("Show again that it is you")
    page.click("text=Use a passkey")
    expect(page.locator("h1")).to_have_text("Your account")


def test_a_copied_key_a_wrong_pin_and_an_answer_sent_twice_are_refused(
    world: World, device: Device
):
    page = device.page
    page.click("text=Set up a passkey")
    expect(page.locator("h1")).to_have_text("Recovery codes")
    device.signed_out()
    device.verifies(user=False)
    page.click("text=Use a passkey")
    expect(page.locator("[data-passkey] [role=status]")).to_contain_text("That did not work")
    device.verifies(user=True)
    run(world, "update passkeys set sign_count = 999")
    page.click("text=Use a passkey")
    expect(page.locator(".govuk-error-summary")).to_contain_text("That is not right")
    run(world, "update passkeys set sign_count = 0")
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or ""))
    page.click("text=Use a passkey")
    expect(page.locator("h1")).to_contain_text("What needs you today")
    answer = next(one for one in sent if "passkey=%7B" in one)
    device.signed_out()
    form = {"csrf": page.input_value("main input[name=csrf] >> nth=0")}
    brought = dict(part.split("=", 1) for part in answer.split("&"))["passkey"]
    again = page.evaluate(
        "([csrf, brought]) => fetch('/sign-in/second', {method: 'POST', redirect: 'manual',"
        " headers: {'content-type': 'application/x-www-form-urlencoded'},"
        " body: `csrf=${csrf}&next=/&passkey=${brought}`}).then((one) => one.status)",
        [form["csrf"], brought],
    )
    assert again == 422
