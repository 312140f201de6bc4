"""The application at an address of its own, and two organisations whose providers are real."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import uvicorn
from bs4 import BeautifulSoup
from sqlalchemy import text
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from deployments.demo.partnerships import PLACES
from deployments.local.home import any_free_port
from services.casework.accounts.identities import bind_by_hand
from services.casework.accounts.identity_providers import (
    EnterProvider,
    ProviderEntry,
    enter_provider,
)
from services.identity.openid.providers import Providers
from services.identity.sealing import PROVIDERS, InstallationKey
from services.web.app import create_app
from tests.identity_providers import SECRET, RunningProvider, provider_told, running_provider
from tests.servers import founder_of
from tests.web.conftest import World, site_of
from tests.web.visitors import Answer, read

NORTH, SALT = "north", "salt"
FIRST, SECOND = PLACES[0].code, PLACES[1].code
PEOPLE = ["manager", "police", "stranger", "leaver", "council", "notifier"]


@dataclass
class Posted:
    """The application, which remembers what providers have posted to it."""

    app: ASGIApp
    tokens: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted() -> Message:
            message = await receive()
            if scope["path"].endswith("/logout"):
                said = parse_qs(message.get("body", b"").decode())
                self.tokens += said.get("logout_token", [])
            return message

        await self.app(scope, noted, send)


@dataclass
class Stage:
    """The world, its address, and the providers of the first two partnerships."""

    world: World
    base_url: str
    posted: Posted
    providers: dict[str, RunningProvider]
    opened: ExitStack

    @property
    def north(self) -> RunningProvider:
        return self.providers[NORTH]

    def browser(self) -> "Browser":
        http = self.opened.enter_context(httpx.Client(base_url=self.base_url, timeout=20))
        return Browser(self, http)

    def signed_in(self, subject: str, at: str = NORTH, **more: Any) -> "Browser":
        """Return the browser of somebody who has signed in there with a second factor."""
        browser = self.browser()
        answer = browser.sign_in(subject, at, **more)
        assert answer.status == 200, answer.text
        return browser

    def enter(self, partnership: str, at: str, **change: Any) -> bool:
        told = provider_told(at, self.providers[at].issuer) | change
        entry = ProviderEntry(EnterProvider(**told), InstallationKey("s" * 32, PROVIDERS), SECRET)
        return enter_provider(founder_of(self.world.engine), partnership, entry)

    def bind(self, who: str, at: str = NORTH, place: int = 0, subject: str = "") -> None:
        code, email = PLACES[place].code, PLACES[place].email(who)
        bind_by_hand(founder_of(self.world.engine), code, email, at, subject or who)

    def wait_until_vouched_for_again(self) -> None:
        """Let every session have lasted as long as its provider is believed."""
        self.run("update web_sessions set vouched_until = clock_timestamp() - interval '1 second'")

    def run(self, statement: str, **values: Any) -> None:
        with self.world.admin.begin() as link:
            link.execute(text(statement), values)

    def told(self, question: str, **values: Any) -> list[Any]:
        with self.world.admin.connect() as link:
            return list(link.execute(text(question), values).scalars())


@dataclass
class Browser:
    """One browser, which goes from the product to the providers and back as it is sent."""

    stage: Stage
    http: httpx.Client

    def open(self, address: str) -> Answer:
        """Follow where it leads, and read what is ours as strictly as any page."""
        response = self.http.get(address)
        while "location" in response.headers:
            response = self.http.get(response.url.join(response.headers["location"]))
        return self.read(response)

    def read(self, response: httpx.Response) -> Answer:
        """Return what was answered; what is ours is read as strictly as any page."""
        is_ours = str(response.url).startswith(self.stage.base_url)
        return Answer(response, read(response) if is_ours else None)

    def sign_in(
        self, subject: str, at: str = NORTH, *, mfa: str = "1", to: str = "", onward: str = "/roles"
    ) -> Answer:
        """Go to the provider, say there who one is if one is asked, and come back."""
        return self.prove(self.open(f"/sign-in/oidc/{at}{to}?next={onward}"), subject, mfa)

    def prove(self, answer: Answer, subject: str, mfa: str = "1") -> Answer:
        """Say at the provider's own page who one is, if that is where one was led."""
        address = answer.response.url
        if "/interaction/" not in address.path:
            return answer
        told = self.http.post(address, data={"sub": subject, "mfa": mfa})
        return self.open(str(told.url.join(told.headers["location"])))

    def back(self, at: str = NORTH, subject: str = "manager") -> httpx.URL:
        """Return the address at which the provider sends this browser back, not opened yet."""
        response = self.http.get(f"/sign-in/oidc/{at}")
        while not str(response.url.join(response.headers.get("location", ""))).startswith(
            f"{self.stage.base_url}/sign-in/oidc/{at}/callback"
        ):
            if "location" in response.headers:
                response = self.http.get(response.url.join(response.headers["location"]))
            else:
                response = self.http.post(response.url, data={"sub": subject, "mfa": "1"})
        return httpx.URL(response.headers["location"])

    def copy(self) -> "Browser":
        """Return a browser into which somebody has copied what this one carries for us."""
        thief = self.stage.browser()
        thief.http.cookies.set("keyline-session", self.session, domain="127.0.0.1")
        return thief

    def sign_out_there(self) -> None:
        """Sign out at the provider, which posts to us by itself."""
        page = self.http.get(f"{self.stage.north.issuer}/session/end?client_id=keyline")
        form = BeautifulSoup(page.text, "html.parser").find("form")
        fields = {one["name"]: one["value"] for one in form.find_all("input")}
        self.http.post(form["action"], data={**fields, "logout": "yes"})

    def forget_provider(self) -> None:
        """Be signed in at no provider any more; here nothing changes."""
        for cookie in list(self.http.cookies.jar):
            if cookie.name.startswith("_op_"):
                self.http.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)

    @property
    def session(self) -> str:
        return self.http.cookies.get("keyline-session", "")

    @property
    def is_signed_in(self) -> bool:
        return self.http.get("/roles").status_code == 200


@contextmanager
def organisation_stage(world: World, folder: Path) -> Iterator[Stage]:
    """Serve the world at a port, with a provider for each of the first two partnerships."""
    port = any_free_port()
    base_url = f"http://127.0.0.1:{port}"
    with (
        running_provider(folder, base_url, NORTH, PEOPLE) as north,
        running_provider(folder, base_url, SALT, PEOPLE) as salt,
    ):
        site = site_of(world, lambda: world.now, base_url)
        known = Providers(allows_loopback=True)
        strict = replace(site, providers=known, proof_lasts=timedelta(minutes=15))
        posted = Posted(create_app(strict))
        with served(posted, port), ExitStack() as opened:
            stage = Stage(world, base_url, posted, {NORTH: north, SALT: salt}, opened)
            stage.enter(FIRST, NORTH)
            stage.enter(SECOND, SALT)
            for who in ("manager", "police", "council", "notifier"):
                stage.bind(who)
            yield stage


@contextmanager
def served(app: ASGIApp, port: int) -> Iterator[None]:
    """Serve the application on loopback, in a thread of its own."""
    server = uvicorn.Server(
        uvicorn.Config(app, port=port, log_level="warning", lifespan="off", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield
    server.should_exit = True
    thread.join(10)
