"""People at every page of a case, and forms sent that must be refused: what they are answered."""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

import httpx
from bs4 import BeautifulSoup

from services.web.act_pages.registry import ACT_PAGES
from services.web.pages import ROUTERS
from tests.canary.marks import Marks
from tests.canary.sinks_outward import Answers
from tests.web.visitors import Answer, Visitor

CASE: Final = "/cases/{case_id}"
PASSWORD: Final = "a-made-up-password"  # noqa: S105 -- of made-up people
ROUTES: Final = sorted(
    {
        (route.path, method)
        for router in ROUTERS
        for route in router.routes
        for method in route.methods & {"GET", "POST"}
    }
)
SEE_OTHER: Final = 303
# These end or begin a session, and answer of themselves.
APART: Final = ("/sign-in", "/sign-out", "/roles", "/practice-clock", "/static")


@dataclass
class Caller(Visitor):
    """A person whose every answer is kept for the scan."""

    answers: Answers = field(default_factory=Answers)
    may_see: bool = True

    def ask(self, method: str, path: str, **more: object) -> Answer:
        """Ask, keep the answer, and read it if it is a page."""
        response = asyncio.run(self._ask(method, path, **more))
        self.cookies.update(response.cookies)
        self.answers.note(response, may_see=self.may_see)
        is_page = response.headers.get("content-type", "").startswith("text/html")
        return Answer(response, BeautifulSoup(response.text, "html.parser") if is_page else None)

    def enters(self, email: str) -> "Caller":
        """Sign in."""
        answer = self.sign_in(email, PASSWORD)
        assert answer.status == 303, f"{email} cannot sign in: {answer.status}"
        return self

    def form(self) -> dict[str, object]:
        """Return what every form of this person carries."""
        answer = self.get("/")
        while answer.status == SEE_OTHER:  # who works on no case begins elsewhere
            answer = self.get(answer.where)
        assert answer.page is not None
        carried = answer.page.find("input", attrs={"name": "csrf"})
        return {"csrf": carried["value"], "once": str(uuid4())}


@dataclass
class OverTheWire(Caller):
    """The same, at a platform that runs."""

    async def _ask(self, method: str, path: str, **more: object) -> httpx.Response:
        async with httpx.AsyncClient(
            base_url=self.address, cookies=self.cookies, timeout=60
        ) as client:
            return await client.request(method, path, **more)  # type: ignore[arg-type]


def look_everywhere(caller: Caller, ids: Mapping[str, str]) -> int:
    """Open every page there is, on the case of these ids; return how many were asked for."""
    paths = [_filled(path, ids) for path, method in ROUTES if method == "GET" and _is_page(path)]
    for path in paths:
        caller.get(path)
    return len(paths)


def send_what_must_be_refused(caller: Caller, ids: Mapping[str, str], marks: Marks) -> int:
    """Send every form with canaries where a day, a choice or a number belongs."""
    carried, sent = caller.form(), 0
    for path, method in ROUTES:
        if method == "POST" and _is_page(path):
            said = {name: marks.new(f"refused {path} {name}") for name in _asked(path)}
            caller.post(_filled(path, ids), {**carried, **said, "once": str(uuid4())})
            sent += 1
    return sent


def save_a_draft(caller: Caller, ids: Mapping[str, str], marks: Marks) -> None:
    """Type a canary into a form of the case, and save it as a draft that stays."""
    typed = {**caller.form(), "reasons": marks.new("a draft")}
    saved = caller.post(_filled(f"{CASE}/drafts/mark_duplicate", ids), typed)
    assert saved.status == SEE_OTHER, saved.status


def _is_page(path: str) -> bool:
    return not path.startswith(APART)


def _asked(path: str) -> Iterator[str]:
    below = path.removeprefix(f"{CASE}/")
    for page in ACT_PAGES.values():
        if page.path == below:
            for question in page.questions:
                yield from (f"{question.name}-0-{one.name}" for one in question.asked)
                yield from question.parts
    yield "asked_nowhere"


def _filled(path: str, ids: Mapping[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda found: ids.get(found[1], str(uuid4())), path)
