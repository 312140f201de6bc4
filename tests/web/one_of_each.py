"""One page of each template: people go to one address of each kind, and what they see is kept."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from fastapi.routing import APIRoute

from services.web import rendering
from services.web.pages import ROUTERS
from tests.web.visitors import Answer, Visitor

LINK: Final = re.compile(r'<a [^>]*href="(/[^"?#]*)')


@dataclass
class Pages:
    """The first page of each template that somebody was shown, and where those pages lead."""

    html: dict[str, str] = field(default_factory=dict)
    leads: dict[str, str] = field(default_factory=dict)
    newest: str = ""

    def take(self, answer: Answer) -> bool:
        """Keep it if it is a page; tell whether it shows what was asked for."""
        name, self.newest = self.newest, ""
        is_html = answer.response.headers.get("content-type", "").startswith("text/html")
        if not name or not is_html or answer.status == 303:
            return False
        html = answer.response.text
        if name not in self.html:
            self.html[name] = html
            for address in LINK.findall(html):
                route = next((one for one in read_routes() if one.path_regex.match(address)), None)
                if route is not None:
                    self.leads.setdefault(route.path, address)
        return answer.status == 200


@contextmanager
def noting(found: Pages) -> Iterator[None]:
    """Have the name of the template of each page noted as it is made."""
    environment = rendering.pages()
    original: Callable[..., Any] = environment.get_template

    def noted(name: str, *more: Any, **others: Any) -> Any:
        found.newest = name if name.startswith("pages/") else found.newest
        return original(name, *more, **others)

    environment.get_template = noted  # type: ignore[method-assign]
    try:
        yield
    finally:
        del environment.get_template


def go_everywhere(found: Pages, people: list[Visitor], known: dict[str, str]) -> None:
    """Go to one address of each kind, as the first of the people who is shown it."""
    for paths in by_handler():
        for who in people:
            if any(found.take(who.get(path)) for path in filled(paths, known, found)):
                break


def by_handler() -> list[list[str]]:
    """Return the addresses that are read, those of one function together."""
    handled: dict[str, list[str]] = {}
    for route in read_routes():
        of = f"{route.endpoint.__module__}.{route.endpoint.__qualname__}"
        handled.setdefault(of, []).append(route.path)
    return list(handled.values())


@cache
def read_routes() -> list[APIRoute]:
    return [
        route
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in route.methods
    ]


def filled(paths: list[str], known: dict[str, str], found: Pages) -> Iterator[str]:
    """Yield those of the addresses that a page led to, or of which everything is known."""
    for path in paths:
        parts = [known.get(part.strip("{}"), part) for part in path.split("/")]
        if path in found.leads:
            yield found.leads[path]
        if not any("{" in part for part in parts):
            yield "/".join(parts)
