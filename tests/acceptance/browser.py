"""The browser of one person: it signs in, opens pages, fills in forms and posts them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import httpx

from tests.acceptance.acts import example_answers
from tests.acceptance.answers import Answers, FilledForm, Labelled, fill_in
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.kept_pages import KeptPages
from tests.acceptance.pages import Form, Page, parse_page

PATIENCE: Final = 120.0
AWAY: Final = frozenset({502, 503, 504})
SEE_OTHER: Final = 303
DECLARATION: Final = "/declaration"
DECLARE: Final = "declare"
PROVE: Final = "/account/prove"


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to a posted form: its status, where it redirects to, and its page."""

    status: int
    goes_to: str
    page: Page


@dataclass(frozen=True, slots=True)
class Site:
    """The site's own address, which people would type, and the address where it listens.

    ``keeps`` keeps a page of each kind that is seen, where somebody wants to look at them.
    """

    base_url: str
    listens_at: str
    keeps: KeptPages | None = None

    def is_ready(self) -> bool:
        """Tell whether the site says of itself that it can serve; silence is that it cannot."""
        try:
            return httpx.get(f"{self.listens_at}/readyz", timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def client(self) -> httpx.Client:
        """Return the connections of one browser to the site."""
        return httpx.Client(
            base_url=self.base_url,
            transport=ListeningAddress(self.listens_at),
            timeout=60,
            event_hooks={"response": [self.keeps.keep] if self.keeps else []},
        )


class ListeningAddress(httpx.HTTPTransport):
    """Sends each request to the address where the site listens, under the site's own name.

    So a platform whose KEYLINE_BASE_URL is an https address gets its secure cookies back.
    """

    def __init__(self, listens_at: str) -> None:
        super().__init__()
        self._listens_at = httpx.URL(listens_at)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; its Host header keeps the name of the site."""
        at = self._listens_at
        url = request.url.copy_with(scheme=at.scheme, host=at.host, port=at.port)
        sent = httpx.Request(
            request.method,
            url,
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions,
        )
        return super().handle_request(sent)


@dataclass
class Browser:
    """The browser of one person, in the role they hold in one partnership.

    ``proofs`` counts how often they were asked to show again that it is them, and did;
    ``proved_at`` is when they last did, or signed in.
    """

    site: Site
    email: str
    password: str
    partnership: str
    proofs: int = field(default=0, init=False)
    proved_at: float = field(default=0.0, init=False)
    _http: httpx.Client = field(init=False)
    _is_signed_in: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._http = self.site.client()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def open(self, path: str) -> Page:
        """Return the page, signing in first where that is needed."""
        response = self._get(path)
        page = parse_page(response.text)
        if response.status_code != httpx.codes.OK:
            raise JourneyStopped(
                f"{self.email} cannot open {path}: it answered {response.status_code}, "
                f"“{page.text[:300]}”."
            )
        return page

    def status_of(self, path: str) -> int:
        """Return the status of the page for this person, whether they may see it or not."""
        return self._get(path).status_code

    def send_from(self, page: str, path: str, answers: Answers) -> Answered:
        """Post the form to this address that stands on another page."""
        asked = self.open(page).form_to(path)
        filled = fill_in(asked, answers)
        return _answered(self._patiently(lambda: self._http.post(asked.action, data=filled.fields)))

    def fetch(self, path: str) -> bytes:
        """Return the bytes of a document."""
        response = self._get(path)
        if response.status_code != httpx.codes.OK:
            raise JourneyStopped(f"{self.email} cannot fetch {path}: {response.status_code}.")
        return response.content

    def send(self, path: str, answers: Answers) -> Answered:
        """Open the page, fill in its form and post it; post it again while the site is away.

        The form that is posted again is the same one, so that its act is done once (P4). Who is
        asked to show first that it is them does, finds what they typed, and posts it then.
        """
        asked = self.open(path).form_to(path)
        filled = fill_in(asked, answers)
        response = self._post(asked.action, filled)
        if redirect_of(response).startswith(PROVE):
            form = self._prove_it(redirect_of(response)).form_at(path)
            if lost := lost_of(filled, form):
                raise JourneyStopped(f"{self.email} does not find what they typed: {lost}")
            response = self._post(form.action, fill_in(form, answers))
        return _answered(response)

    def _post(self, path: str, filled: FilledForm) -> httpx.Response:
        return self._patiently(
            lambda: self._http.post(path, data=filled.fields, files=filled.files or None)
        )

    def _prove_it(self, path: str) -> Page:
        """Show again that it is them, and return the page that they are led back to."""
        led_to = self._prove(path)
        if not led_to or led_to.startswith(PROVE):
            raise JourneyStopped(f"{self.email} could not show again that it is them.")
        self.proofs, self.proved_at = self.proofs + 1, time.monotonic()
        return parse_page(self._patiently(lambda: self._http.get(led_to)).text)

    def _prove(self, path: str) -> str:
        """Show it by the password; return where the site leads on to."""
        return redirect_of(self._submit(path, {"password": self.password}))

    def _get(self, path: str) -> httpx.Response:
        """Get the page; sign in, and declare on its case, where the site asks for that first."""
        if not self._is_signed_in:
            self._sign_in()
        response = self._patiently(lambda: self._http.get(path))
        if redirect_of(response).startswith("/sign-in"):
            self._sign_in()
            response = self._patiently(lambda: self._http.get(path))
        if redirect_of(response).partition("?")[0].endswith(DECLARATION):
            self._declare(redirect_of(response))
            response = self._patiently(lambda: self._http.get(path))
        return response

    def _declare(self, path: str) -> None:
        """Declare no conflict, on the first page of every case for every person (LC-01, G7)."""
        declared = self._submit(path, example_answers(DECLARE))
        if declared.status_code != SEE_OTHER:
            errors = "; ".join(parse_page(declared.text).errors.values())
            raise JourneyStopped(f"{self.email} cannot declare at {path}: {errors}")

    def _sign_in(self) -> None:
        entered = self._submit("/sign-in", {"email": self.email, "password": self.password})
        if entered.status_code != SEE_OTHER:
            errors = "; ".join(parse_page(entered.text).errors.values())
            raise JourneyStopped(f"{self.email} cannot sign in ({entered.status_code}): {errors}")
        self._come_in()

    def _come_in(self) -> None:
        """Be signed in, and choose a role where the person has several."""
        self._is_signed_in, self.proved_at = True, time.monotonic()
        if redirect_of(self._patiently(lambda: self._http.get("/"))) == "/roles":
            self._choose_role()

    def _choose_role(self) -> None:
        """Choose the role in this partnership: the person serves more than one."""
        self._submit("/roles", {"membership": Labelled(self.partnership)})

    def _submit(self, path: str, answers: Answers) -> httpx.Response:
        page = parse_page(self._patiently(lambda: self._http.get(path)).text)
        action = path.partition("?")[0]
        filled = fill_in(page.form_to(action), answers)
        return self._patiently(lambda: self._http.post(action, data=filled.fields))

    def _patiently(self, request: Callable[[], httpx.Response]) -> httpx.Response:
        """Repeat the request until the site answers."""
        until, problem = time.monotonic() + PATIENCE, ""
        while time.monotonic() < until:
            try:
                response = request()
            except httpx.TransportError as silence:
                problem = type(silence).__name__
            else:
                if response.status_code not in AWAY:
                    return response
                problem = str(response.status_code)
            time.sleep(0.5)
        raise JourneyStopped(f"The site did not answer within {PATIENCE:.0f} s (last: {problem}).")


def redirect_of(response: httpx.Response) -> str:
    """Return where the site sends the browser on to; empty where it shows a page."""
    location: str = response.headers.get("location", "")
    return location if response.status_code == SEE_OTHER else ""


def lost_of(typed: FilledForm, anew: Form) -> list[str]:
    """Return the names of the fields that were filled in and do not stand in the form served anew.

    A file is chosen again.
    """
    filled = {name: said for name, said in typed.fields.items() if name not in typed.form.hidden}
    return [name for name, said in filled.items() if anew.answers.get(name) != said]


def _answered(response: httpx.Response) -> Answered:
    return Answered(response.status_code, redirect_of(response), parse_page(response.text))
