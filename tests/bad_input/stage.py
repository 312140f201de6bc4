"""The application and two partnerships on the one connection, and people at their browsers."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import httpx
from bs4 import BeautifulSoup
from fastapi import FastAPI

from services.bootstrap import Neighbours, wall_clock
from services.calendars import england
from services.casework.accounts.browser_sessions import ProofGiven, begin_session
from services.database.sessions import IDLE
from services.documents.making import KeylineDocuments
from services.domain.accounts import ProofMethod
from services.domain.mailboxes import mailboxes_for
from services.domain.roles import WITHOUT_ACCOUNT, Actor
from services.mail.memory import MemoryMailer
from services.storage.memory import MemoryStore
from services.web.app import create_app
from services.web.app_state import Site
from services.web.cookies import SESSION
from tests.bad_input.corpus import NO_TEXT
from tests.bad_input.fields import Fields
from tests.bad_input.judging import Clock, Tally
from tests.bad_input.one_connection import OneConnection, one_connection
from tests.policy_factories import WITH_STEPS
from tests.servers import QUICK_PASSWORDS, PlatformPostgres
from tests.world import World, at, make_world

HOST = "http://keyline.test"
FORM = "application/x-www-form-urlencoded"
PASSWORD = "a-made-up-password"  # noqa: S105 -- of made-up people


@dataclass
class Browser:
    """One person's browser: it sends what it is told to, and takes the bytes as they come."""

    app: FastAPI
    tally: Tally
    cookies: dict[str, str] = field(default_factory=dict)
    asked_at: datetime = field(default_factory=wall_clock)

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)

    def may_be_signed_out(self) -> bool:
        """Tell whether nothing was asked for so long that the session may have ended."""
        return wall_clock() - self.asked_at > IDLE / 2

    def hidden(self, path: str, stands_on: str = "") -> Fields:
        """Open a page, and return what the form that is sent to it carries besides the answers."""
        opened = self.get(stands_on or path)
        assert opened.status_code == 200, (path, opened.status_code)
        page = BeautifulSoup(opened.text, "html.parser")
        forms = page.select(f'main form[method=post][action="{path}"]') or page.select(
            f'form[method=post][action="{path}"]'
        )
        return {one["name"]: [one["value"]] for one in forms[-1].select("input[type=hidden]")}

    def send(self, path: str, fields: Fields, **headers: str) -> httpx.Response:
        body = urlencode(fields, doseq=True, encoding="utf-8", errors=NO_TEXT).encode()
        return self.ask("POST", path, content=body, headers={"content-type": FORM, **headers})

    def ask(self, method: str, path: str, **more: object) -> httpx.Response:
        self.tally.counts["requests"] += 1
        clock, self.asked_at = Clock(), wall_clock()
        answer = asyncio.run(self._ask(method, path, **more))
        clock.stop(self.tally, f"{method} {path[:80]}")
        return answer

    async def _ask(self, method: str, path: str, **more: object) -> httpx.Response:
        door = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=("10.0.0.9", 1))
        async with httpx.AsyncClient(transport=door, base_url=HOST, cookies=self.cookies) as client:
            answer = await client.request(method, path, **more)
        self.cookies |= dict(answer.cookies.items())
        return answer


@dataclass
class Stage:
    """Everything that a form is tried with; without ``tries`` it is tried with the corpus."""

    place: OneConnection
    world: World
    tally: Tally
    whole: bool
    now: datetime = field(default_factory=lambda: at("2026-01-02"))
    store: MemoryStore = field(default_factory=MemoryStore)
    mailer: MemoryMailer = field(default_factory=MemoryMailer)
    known: dict[str, Browser] = field(default_factory=dict)
    tries: tuple[Callable[[Any, Any], None], ...] = ()

    @cached_property
    def neighbours(self) -> Neighbours:
        return Neighbours(
            engine=self.place.engine,
            store=self.store,
            mailer=self.mailer,
            mailboxes=mailboxes_for("demonstration"),
            sender="no-reply@keyline.invalid",
            base_url=HOST,
            documents=KeylineDocuments(),
            calendar=england(),
            now=lambda: self.now,
        )

    @cached_property
    def app(self) -> FastAPI:
        return create_app(
            Site(
                neighbours=self.neighbours,
                sign_in_engine=self.place.door,
                secret="s" * 32,
                is_demonstration=True,
                passwords=QUICK_PASSWORDS,
            )
        )

    @cached_property
    def ids(self) -> dict[str, str]:
        """Return the ids of things of the other partnership, by what the corpus calls them."""
        theirs = self.world.theirs
        return {
            "their agency": str(theirs.agency()),
            "their person": str(theirs.second_reviewer().person_id),
        }

    def stranger(self) -> Browser:
        return Browser(self.app, self.tally)

    def person(self, actor: Actor) -> Browser:
        """Return the browser of a person, signed in; a session that was idle too long is renewed.

        Sessions end by the real clock: the whole corpus takes longer than a session may be idle.
        """
        if actor.role in WITHOUT_ACCOUNT:
            return self._let_in(actor)
        ((email,),) = self.place.ask("select email from people where id = %s", actor.person_id)
        if email not in self.known or self.known[email].may_be_signed_out():
            browser = self.stranger()
            said = {**browser.hidden("/sign-in"), "email": [email], "password": [PASSWORD]}
            answer = browser.send("/sign-in", said)
            assert answer.status_code == 303, (email, answer.text)
            self.known[email] = browser
        return self.known[email]

    def _let_in(self, actor: Actor) -> Browser:
        """Return the browser of somebody without an account, as the door lets them in."""
        proof = ProofGiven((ProofMethod.ONE_TIME_ADDRESS,), "a browser")
        browser = self.stranger()
        browser.cookies[SESSION] = begin_session(self.place.door, actor.person_id, proof)
        return browser


@contextmanager
def a_stage(servers: PlatformPostgres, tally: Tally, *, whole: bool) -> Iterator[Stage]:
    """Lend a stage on a database of its own."""
    database = servers.make_migrated()
    with one_connection(database.admin_url) as place:
        yield Stage(place, make_world(place.engine, WITH_STEPS), tally, whole)
