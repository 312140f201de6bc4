"""People at the pages, in this process: each has a browser of their own and reads every answer."""

import asyncio
import atexit
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode
from uuid import uuid4

import html5lib
import httpx
from bs4 import BeautifulSoup
from bs4.builder import HTML5TreeBuilder
from fastapi import FastAPI

from deployments.demo.partnerships import PASSWORD
from tests.codes_said import codes_said

HOST = "http://keyline.test"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Answer:
    """What came back: its status, its headers and, where it is a page, what it says."""

    response: httpx.Response
    page: BeautifulSoup | None

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def where(self) -> str:
        return self.response.headers.get("location", "")

    @property
    def title(self) -> str:
        return self.page.title.get_text()

    @property
    def text(self) -> str:
        return " ".join(self.page.get_text(" ").split())

    @property
    def problems(self) -> list[str]:
        return [one.get_text(strip=True) for one in self.page.select(".govuk-error-summary li")]

    @property
    def hidden(self) -> dict[str, str]:
        """Return what the act's own form carries besides the answers."""
        form = self.page.select("main form[method=post]")[-1]
        return {one["name"]: one["value"] for one in form.select("input[type=hidden]")}

    def beside(self, name: str) -> str:
        """Return the message beside a question, without its hidden word."""
        found = self.page.find(id=f"{name}-error")
        return found.get_text(" ", strip=True).removeprefix("Error: ") if found else ""

    def value(self, name: str) -> str:
        """Return what stands in an answer."""
        found = self.page.find(attrs={"name": name})
        return found.get_text().removeprefix("\n") if found.name == "textarea" else found["value"]


# One loop for all requests: a new one for each costs its threads anew.
_runner = asyncio.Runner()
atexit.register(_runner.close)


def _run(asked: Coroutine[object, object, httpx.Response]) -> httpx.Response:
    """Wait for the answer; a thread beside the first one has a loop for the while."""
    if threading.current_thread() is threading.main_thread():
        return _runner.run(asked)
    return asyncio.run(asked)


@dataclass
class Visitor:
    """One person with one browser."""

    app: FastAPI
    cookies: dict[str, str] = field(default_factory=dict)
    declares: bool = True
    address: str = HOST
    place: str = "10.0.0.9"

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page; where the case asks for it, declare first and go on to the page."""
        answer = self.ask("GET", path, headers=headers)
        if self.declares and answer.status == 303 and "/declaration?" in answer.where:
            self.declare(answer.where)
            answer = self.ask("GET", path, headers=headers)
        return answer

    def declare(self, where: str, *, has_conflict: str = "no", particulars: str = "") -> Answer:
        """Fill in the short page that stands before a case."""
        first = self.ask("GET", where)
        said = {"has_conflict": has_conflict, "keeps_confidential": "yes"}
        return self.post(where, {**first.hidden, **said, "particulars": particulars})

    def post(self, path: str, answers: dict[str, object] | None = None, **more: object) -> Answer:
        body = urlencode(answers or {}, doseq=True).encode()
        return self.ask("POST", path, content=body, headers={"content-type": FORM, **more})

    def send(self, path: str, answers: dict[str, object]) -> Answer:
        """Open the page of a form, and send it with these answers."""
        return self.post(path, {**self.get(path).hidden, **answers})

    def unopened(self) -> dict[str, str]:
        """Return what a form carries of itself, without opening it: some are long to read."""
        short = self.get("/privacy").page.find("input", attrs={"name": "csrf"})
        return {"csrf": short["value"], "once": str(uuid4())}

    def upload(self, path: str, answers: dict[str, str], name: str, content: bytes) -> Answer:
        hidden = self.get(path).hidden
        files = {"file": (name, content)}
        return self.ask("POST", path, data={**hidden, **answers}, files=files)

    def sign_in(self, email: str, password: str = PASSWORD) -> Answer:
        return self.send("/sign-in", {"email": email, "password": password})

    def status_of(self, path: str, answers: dict[str, object]) -> int:
        """Send a form and take the status alone: who tries a form many times reads it once."""
        body = urlencode(answers).encode()
        return self._sent("POST", path, content=body, headers={"content-type": FORM}).status_code

    def ask(self, method: str, path: str, **more: object) -> Answer:
        response = self._sent(method, path, **more)
        return Answer(response, read(response))

    def _sent(self, method: str, path: str, **more: object) -> httpx.Response:
        response = _run(self._ask(method, path, **more))
        for name, value in response.cookies.items():
            self.cookies[name] = value
        if 'keyline-session=""' in response.headers.get("set-cookie", ""):
            self.cookies.pop("keyline-session", None)
        return response

    async def _ask(self, method: str, path: str, **more: object) -> httpx.Response:
        door = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(self.place, 1))
        async with httpx.AsyncClient(
            transport=door, base_url=self.address, cookies=self.cookies
        ) as client:
            return await client.request(method, path, **more)


class Reader(Visitor):
    """A visitor who takes the bytes of an answer as they are: other tests read the pages."""

    def ask(self, method: str, path: str, **more: object) -> Answer:
        return Answer(_run(self._ask(method, path, **more)), None)

    def bytes_of(self, method: str, path: str) -> tuple[int, bytes]:
        """Ask for a page, or send a form without an answer to it."""
        if method == "GET":
            answer = self.get(path)
        else:
            answer = self.post(path, {"csrf": self.csrf, "once": str(uuid4())})
        return answer.status, answer.response.content

    @cached_property
    def csrf(self) -> str:
        """Return what every form of this visitor's carries."""
        return Visitor(self.app, self.cookies).unopened()["csrf"]


class StrictBuilder(HTML5TreeBuilder):
    """Builds the tree of a page in the one reading that refuses what no browser should repair."""

    def feed(self, markup: str) -> None:
        html5lib.HTMLParser(tree=self.create_treebuilder, strict=True).parse(markup)


def read(response: httpx.Response) -> BeautifulSoup | None:
    """Read a page as strictly as a browser's own rules allow, and check what every page has."""
    if not response.headers.get("content-type", "").startswith("text/html"):
        return None
    page = BeautifulSoup(response.text, builder=StrictBuilder)
    assert len(page.find_all("h1")) == 1, "a page has one heading of its own"
    assert page.title.get_text().endswith(" Keyline")
    ids = [one["id"] for one in page.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"ids are not unique: {sorted(ids)}"
    assert codes_said(_said_by(page)) == set(), "a page says labels"
    _check_inputs(page, frozenset(ids))
    _check_problems(page, response.status_code)
    return page


def _said_by(page: BeautifulSoup) -> str:
    """Return what the page says, without what somebody typed into it."""
    kept = page.select("textarea, .keyline-kept")
    typed = {id(one) for area in kept for one in area.strings}
    return " ".join(one for one in page.strings if id(one) not in typed)


def _check_inputs(page: BeautifulSoup, ids: frozenset[str]) -> None:
    labelled = {one["for"] for one in page.find_all("label", attrs={"for": True})}
    for one in page.find_all(["input", "textarea", "select"]):
        if one.get("type") == "hidden":
            continue
        is_labelled = one["id"] in labelled or one.find_parent("label")
        assert is_labelled, f"{one['name']} has no label"
        for described in one.get("aria-describedby", "").split():
            assert described in ids, f"{described} describes {one['name']} and is not there"


def _check_problems(page: BeautifulSoup, status: int) -> None:
    summary = page.find(class_="govuk-error-summary")
    assert (summary is not None) == page.title.get_text().startswith("Error: ")
    if summary is not None:
        assert 400 <= status < 500
        for link in summary.select("a[href]"):
            assert page.find(id=link["href"].removeprefix("#")), f"{link} leads nowhere"
