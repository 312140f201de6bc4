"""One person at their browser: signs in, opens pages, fills in forms and sends them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

import httpx

from tests.acceptance import forms
from tests.acceptance.answers import Answers, typed
from tests.acceptance.forms import Page
from tests.acceptance.trouble import JourneyStopped

PATIENCE: Final = 120.0
AWAY: Final = frozenset({502, 503, 504})
SEE_OTHER: Final = 303
Heard = TypeVar("Heard")


@dataclass(frozen=True, slots=True)
class Answered:
    """What a page answered to a form that was sent to it."""

    status: int
    goes_to: str
    page: Page


@dataclass
class Browser:
    """The browser of one person, in the role they hold in one partnership."""

    address: str
    email: str
    password: str
    partnership: str
    _http: httpx.Client = field(init=False)
    _is_signed_in: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._http = httpx.Client(base_url=self.address, timeout=60)

    def close(self) -> None:
        """Leave."""
        self._http.close()

    def open(self, path: str) -> Page:
        """Return the page, signing in first where that is needed."""
        heard = self._get(path)
        if heard.status_code != httpx.codes.OK:
            raise JourneyStopped(
                f"{self.email} cannot open {path}: it answered {heard.status_code}, "
                f"“{forms.read(heard.text).text[:300]}”."
            )
        return forms.read(heard.text)

    def status_of(self, path: str) -> int:
        """Return how the page answers this person, whether they may see it or not."""
        return self._get(path).status_code

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a document."""
        heard = self._get(path)
        if heard.status_code != httpx.codes.OK:
            raise JourneyStopped(f"{self.email} cannot fetch {path}: {heard.status_code}.")
        return heard.content

    def send(self, path: str, answers: Answers) -> Answered:
        """Open the page, fill in its form and send it; a site that is away is tried again.

        The same filled form is sent again, so that what it says is done once (P4).
        """
        sheet = typed(answers, self.open(path).form_to(path))
        heard = self._patiently(
            lambda: self._http.post(path, data=sheet.answers, files=sheet.files or None)
        )
        return _answered(heard)

    def _get(self, path: str) -> httpx.Response:
        if not self._is_signed_in:
            self._sign_in()
        heard = self._patiently(lambda: self._http.get(path))
        goes_to = heard.headers.get("location", "")
        if heard.status_code == SEE_OTHER and goes_to.startswith("/sign-in"):
            self._sign_in()
            heard = self._patiently(lambda: self._http.get(path))
        return heard

    def _sign_in(self) -> None:
        door = forms.read(self._patiently(lambda: self._http.get("/sign-in")).text)
        sheet = typed({"email": self.email, "password": self.password}, door.form_to("/sign-in"))
        entered = self._patiently(lambda: self._http.post("/sign-in", data=sheet.answers))
        if entered.status_code != SEE_OTHER:
            said = "; ".join(forms.read(entered.text).errors.values())
            raise JourneyStopped(f"{self.email} cannot sign in ({entered.status_code}): {said}")
        self._is_signed_in = True
        first = self._patiently(lambda: self._http.get("/"))
        if first.headers.get("location", "") == "/roles":
            self._choose_role()

    def _choose_role(self) -> None:
        """Act for this journey's partnership: the person serves more than one."""
        offered = forms.read(self._patiently(lambda: self._http.get("/roles")).text)
        form = offered.form_to("/roles")
        chosen = {"membership": form.chosen("membership", self.partnership)}
        self._patiently(lambda: self._http.post("/roles", data=typed(chosen, form).answers))

    def _patiently(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """Ask until the site answers, as the page of a site that is away says to do."""
        until, said = time.monotonic() + PATIENCE, ""
        while time.monotonic() < until:
            try:
                heard = ask()
            except httpx.TransportError as silence:
                said = type(silence).__name__
            else:
                if heard.status_code not in AWAY:
                    return heard
                said = str(heard.status_code)
            time.sleep(0.5)
        raise JourneyStopped(f"The site did not answer within {PATIENCE:.0f} s (last: {said}).")


def _answered(heard: httpx.Response) -> Answered:
    goes_to = heard.headers.get("location", "")
    return Answered(heard.status_code, goes_to, forms.read(heard.text))
