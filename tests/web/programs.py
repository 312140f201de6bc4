"""Programs that speak to the API, in this process: each has a token, and no browser."""

import asyncio
import atexit
import base64
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import httpx
from fastapi import FastAPI

from deployments.demo.partnerships import PLACES
from tests.web.conftest import World
from tests.web.visitors import HOST, Visitor

API = "/api/v1"
PEOPLE = "/administration/people"
FIRST_DAY = {"from_on-day": "1", "from_on-month": "2", "from_on-year": "2026"}
_runner = asyncio.Runner()
atexit.register(_runner.close)


@dataclass
class Program:
    """One program: what it carries, and how it asks."""

    app: FastAPI
    token: str = ""

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: Any, key: str = "", **headers: str) -> httpx.Response:
        known = {"content-type": "application/json", "idempotency-key": key or str(uuid4())}
        return self.ask("POST", path, content=json.dumps(body), headers={**known, **headers})

    def ask(self, method: str, path: str, headers: dict[str, str], **more: Any) -> httpx.Response:
        carried = {"authorization": f"Bearer {self.token}"} if self.token else {}
        return _runner.run(self._ask(method, path, {**carried, **headers}, **more))

    async def _ask(
        self, method: str, path: str, headers: dict[str, str], **more: Any
    ) -> httpx.Response:
        door = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=("10.0.0.7", 1))
        async with httpx.AsyncClient(transport=door, base_url=HOST) as client:
            return await client.request(method, path, headers=headers, **more)


@dataclass
class System:
    """A system that was let in: its id and its secret."""

    app: FastAPI
    id: str
    secret: str

    def asks(self, **form: str) -> httpx.Response:
        """Ask for a token."""
        basic = base64.b64encode(f"{self.id}:{self.secret}".encode()).decode()
        kind = "application/x-www-form-urlencoded"
        headers = {"authorization": f"Basic {basic}", "content-type": kind}
        said = urlencode({"grant_type": "client_credentials", **form})
        return Program(self.app).ask("POST", f"{API}/token", headers, content=said)

    def program(self, **form: str) -> Program:
        """Return a program that carries a token of the system's own."""
        given = self.asks(**form)
        assert given.status_code == 200, given.text
        return Program(self.app, given.json()["access_token"])


def entered(administrator: Visitor, name: str, **said: object) -> str:
    """Enter a system, and return the id under which it waits."""
    told = {"name": name, "scopes": ["read", "refer"], "reasons": "The supplier asked."}
    answer = administrator.send(f"{PEOPLE}/systems/enter", {**told, **FIRST_DAY, **said})
    assert answer.where == PEOPLE, answer.problems
    (row,) = [one for one in administrator.get(PEOPLE).page.select("tr") if name in one.get_text()]
    return next(a["href"] for a in row.select("a") if "/withdraw" in a["href"]).split("/")[-2]


def let_in(world: World, second: Visitor, name: str, **said: object) -> System:
    """Have a system entered by one administrator, confirmed by another, and given a secret."""
    administrator = world.person("administrator")
    entry = entered(administrator, name, **said)
    confirmed(second, entry)
    return with_secret(world, administrator, entry)


def confirmed(second: Visitor, entry: str) -> None:
    """Have the second administrator say yes."""
    there = f"/administration/partnerships/{PLACES[0].partnership_id}/people"
    answer = second.send(
        f"{there}/appointments/{entry}/answer", {"is_confirmed": "yes", "grounds": "Asked them."}
    )
    assert answer.status == 303, answer.problems


def hooked(administrator: Visitor, second: Visitor, system: str, address: str) -> str:
    """Have two administrators enter where a system is told; return the page of what it is told."""
    said = {"address": address, "events": ["case_opened"], "reasons": "The supplier asked."}
    at = f"{PEOPLE}/systems/{system}/webhook"
    assert administrator.send(f"{at}/enter", said).where == PEOPLE
    (ends,) = administrator.get(at).page.select("a[href$='/end']")
    there = f"/administration/partnerships/{PLACES[0].partnership_id}/people/webhooks"
    answer = {"is_confirmed": "yes", "grounds": "Asked them."}
    assert second.send(f"{there}/{ends['href'].split('/')[-2]}/answer", answer).status == 303
    return at


def with_secret(world: World, administrator: Visitor, entry: str) -> System:
    """Have its secret made, and read it from the page that shows it once."""
    answer = administrator.send(f"{PEOPLE}/systems/{entry}/secret", {"reasons": "To begin."})
    assert answer.status == 200, answer.text
    system_id, secret, _token = (one.get_text() for one in answer.page.select("main code"))
    return System(world.app, system_id, secret)
