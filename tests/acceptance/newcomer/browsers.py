"""How people come in: by a one-time address, a password with a code, or their organisation."""

import re
import ssl
import time
from typing import Final

import httpx
import pyotp

from tests.acceptance.answers import Answers, Forged, fill_in
from tests.acceptance.browser import Browser, Site, redirect_of
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.guest_browser import Mailbox
from tests.acceptance.pages import Page, parse_page

LINK: Final = re.compile(r"/invitations/[\w-]{43}")
SECRET: Final = re.compile(r"Secret: ([A-Z2-7]{16,})")
PASSWORD: Final = "heron kettle umbrella nine"  # noqa: S105 - of made-up people
SECOND: Final = "/sign-in/second"
SET_UP: Final = "/sign-in/set-up"
PATIENCE: Final = 60.0
STEP: Final = 30


class PasswordBrowser(Browser):
    """It signs in by a password, and by a code from an app, which it sets up the first time.

    An installation in production that lets it in by the password alone stops the journey.
    """

    def __init__(self, site: Site, email: str, partnership: str = "") -> None:
        super().__init__(site, email, PASSWORD, partnership)
        self._secret = ""
        self._last_step = 0

    def _sign_in(self) -> None:
        entered = self._submit("/sign-in", {"email": self.email, "password": self.password})
        goes_to = redirect_of(entered)
        if not goes_to:
            errors = "; ".join(parse_page(entered.text).errors.values())
            raise JourneyStopped(f"{self.email} cannot sign in ({entered.status_code}): {errors}")
        if not goes_to.startswith(SECOND if self._secret else SET_UP):
            raise JourneyStopped(f"{self.email} is let in by a password alone: {goes_to}")
        self._show_code(goes_to)
        self._come_in()

    def _prove(self, path: str) -> str:
        """Show a code; return where the site leads on to."""
        return self._show_code(path)

    def _show_code(self, path: str) -> str:
        page = parse_page(self._http.get(path).text)
        if told := SECRET.search(page.text):
            self._secret = told[1]
        action = path.partition("?")[0]
        form = next(one for one in page.forms if "code" in one.names)
        filled = fill_in(form, {"code": self._next_code()})
        shown = self._http.post(action, data=filled.fields)
        if not redirect_of(shown):
            raise JourneyStopped(f"{self.email}: the code was not taken ({shown.status_code}).")
        return redirect_of(shown)

    def _next_code(self) -> str:
        """Return the code of now, once there is one that was not taken yet."""
        while (step := int(time.time() // STEP)) <= self._last_step:
            time.sleep(0.3)
        self._last_step = step
        return pyotp.TOTP(self._secret).generate_otp(step)


class OrganisationBrowser(Browser):
    """It goes to the organisation's provider, says there who its person is, and comes back.

    Its person has no password of Keyline: an invitation is taken up in the same way.
    """

    def __init__(
        self, site: Site, email: str, partnership: str, provider: str, trusted: ssl.SSLContext
    ) -> None:
        super().__init__(site, email, "", partnership)
        self._provider = provider
        self._there = httpx.Client(verify=trusted, timeout=60)

    def close(self) -> None:
        """Close the connections, those to the provider too."""
        super().close()
        self._there.close()

    def accept(self, link: str) -> None:
        """Take up an invitation: sign in there first, come back, and accept."""
        offers = next(one for one in self._asked_at(link).forms if "provider" in one.hidden)
        way = self._http.post(link, data={**offers.hidden, "answer": "organisation"})
        leads = [one for one in parse_page(way.text).links if one.startswith("https://")]
        came = self._follow(redirect_of(way) or leads[0])
        if came.url.path != link:
            raise JourneyStopped(f"{self.email} did not come back: {parse_page(came.text).text}")
        asked = self._asked_at(link).form_to(link)
        done = parse_page(self._http.post(link, data={**asked.hidden, "answer": "accept"}).text)
        if "is on record" not in done.text:
            raise JourneyStopped(f"{self.email} could not accept: {done.text[:400]}")

    def _asked_at(self, link: str) -> Page:
        """Go on from the first page of a one-time address to what is asked there."""
        first = parse_page(self._http.get(link).text).form_to(link)
        return parse_page(self._http.post(link, data=first.hidden).text)

    def _sign_in(self) -> None:
        came = self._follow(f"/sign-in/oidc/{self._provider}?next=/")
        if came.status_code != httpx.codes.OK or "/sign-in" in came.url.path:
            said = parse_page(came.text).text[:300]
            raise JourneyStopped(f"{self.email} was not signed in ({came.status_code}): {said}")
        self._come_in()

    def _prove(self, path: str) -> str:
        """Show it there once more; return where they come back to."""
        there = next(one for one in parse_page(self._http.get(path).text).links if "step-up" in one)
        return self._follow(there).url.raw_path.decode()

    def _follow(self, path: str) -> httpx.Response:
        """Go wherever one is sent, here and there; say at the provider's own page who one is."""
        response = self._client(self._http.base_url.join(path)).get(path)
        while True:
            if "location" in response.headers:
                address = response.url.join(response.headers["location"])
                response = self._client(address).get(address)
            elif "/interaction/" in response.url.path:
                told = {"sub": self.email.partition("@")[0], "mfa": "1"}
                response = self._there.post(response.url, data=told)
            else:
                return response

    def _client(self, address: httpx.URL) -> httpx.Client:
        is_here = address.host == httpx.URL(self.site.base_url).host
        return self._http if is_here else self._there


def newest_link(mailbox: Mailbox, before: int) -> str:
    """Return the one-time address of the email that comes after so many; wait for it."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = mailbox.found(LINK)
        if len(found) > before:
            return found[-1]
        time.sleep(0.3)
    raise JourneyStopped("No email with a one-time address was caught.")


def answer_at(site: Site, link: str, answers: Answers) -> Page:
    """Open a one-time address without an account, and give these answers at it."""
    with site.client() as http:
        first = parse_page(http.get(link).text).form_to(link)
        asked = parse_page(http.post(link, data=first.hidden).text)
        form = next(one for one in asked.forms if answers.keys() <= one.names)
        filled = fill_in(form, {**answers, "answer": Forged("accept")})
        page = parse_page(http.post(link, data=filled.fields).text)
    if "is on record" not in page.text:
        raise JourneyStopped(f"The answer at a one-time address was not taken: {page.text[:400]}")
    return page
