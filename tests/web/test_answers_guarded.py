"""What every answer carries, whatever it is the answer to."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI

from services.observability.logs import JsonLine
from services.web import errors
from services.web.app import create_app
from services.web.middleware import access_log
from services.web.middleware.headers import EVERYWHERE
from services.web.middleware.request_ids import RequestIds
from services.web.middleware.server_errors import ServerErrors
from tests.servers import app_engine_on
from tests.web.conftest import World
from tests.web.visitors import Visitor

PATHS = ("/sign-in", "/nothing", "/healthz", "/version", "/static/govuk.css", "/cases", "/%00")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_its_headers(world: World, path: str):
    headers = world.visitor().get(path).response.headers
    for name, value in EVERYWHERE.items():
        assert headers[name] == value
    assert headers["x-request-id"]
    expected = "public, max-age=3600" if path.startswith("/static/") else "no-store"
    assert headers["cache-control"] == expected


def test_the_content_policy_allows_no_inline_script_or_style(world: World):
    policy = EVERYWHERE["content-security-policy"]
    assert "unsafe" not in policy
    page = world.person("manager").get("/policy").page
    assert all(script.get("src") for script in page.find_all("script"))
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert not [one for one in page.find_all() for name in one.attrs if name.startswith("on")]


def test_everything_a_page_loads_is_our_own(world: World):
    visitor = world.visitor()
    page = visitor.get("/sign-in").page
    sources = [one["src"] for one in page.select("script[src], img[src]")]
    sources += [one["href"] for one in page.select("link[href]")]
    assert sources
    for source in sources:
        assert source.startswith("/static/")
        assert visitor.get(source).status == 200


def test_a_static_file_is_found_nowhere_else(world: World):
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/", "/static/nothing.css"):
        assert world.visitor().get(path).status == 404


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Return the lines that are written while the test runs."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(JsonLine().format(record))

    kept = Kept()
    access_log.LOG.addHandler(kept)
    yield lines
    access_log.LOG.removeHandler(kept)


def failing() -> FastAPI:
    app = FastAPI()

    @app.get("/fails")
    def fails() -> None:
        raise ZeroDivisionError("Robin Example was divided")

    app.add_middleware(ServerErrors, failed=errors.unexpected)
    app.add_middleware(RequestIds)
    return app


def test_what_nobody_foresaw_gets_a_page_without_details(written: list[str]):
    answer = Visitor(failing()).get("/fails")
    assert answer.status == 500
    assert "Robin" not in answer.response.text
    assert answer.response.headers["x-request-id"] in answer.text
    assert json.loads(written[0])["error"] == "ZeroDivisionError"
    assert "Robin" not in written[0]


def test_an_act_is_one_line_of_ids(world: World, written: list[str]):
    manager = world.person("manager")
    written.clear()
    manager.send("/refer", {"place": "Robin Example"})
    lines = [json.loads(line) for line in written]
    assert [line["act"] for line in lines] == ["/refer"]
    assert lines[0]["status"] == 422
    assert lines[0]["role"] == "business_manager"
    assert "Robin" not in str(lines)


def test_the_process_says_that_it_lives_and_whether_it_can_serve(world: World):
    visitor = world.visitor()
    assert visitor.get("/healthz").response.json() == {"status": "ok"}
    ready = visitor.get("/readyz")
    assert ready.status == 200
    assert ready.response.json()["PostgreSQL"] == "answers"
    world.store.away = True
    assert visitor.get("/readyz").status == 503
    world.store.away = False


def test_when_the_database_is_away_every_page_says_so(world: World):
    manager = world.person("manager")
    gone = app_engine_on("postgresql://nobody:nothing@127.0.0.1:1/gone")
    site = world.app.state.site
    app = create_app(replace(site, neighbours=replace(site.neighbours, engine=gone)))
    lost = Visitor(app, dict(manager.cookies))
    for path in ("/", "/cases"):
        answer = lost.get(path)
        assert answer.status == 503
        assert "Try again in a few minutes" in answer.text
    assert lost.get("/readyz").status == 503
    assert lost.get("/healthz").status == 200


def test_a_static_file_that_a_page_names_is_kept_for_a_year_and_only_under_its_own_digest(
    world: World,
):
    visitor = world.visitor()
    page = visitor.get("/sign-in").page
    named = [one.get("href") or one["src"] for one in page.select("link[href], script[src]")]
    assert {one.partition("?")[0] for one in named} >= {"/static/govuk.css", "/static/keyline.css"}
    for address in named:
        kept = visitor.get(address).response.headers["cache-control"]
        assert kept == "public, max-age=31536000, immutable"
        other = visitor.get(f"{address}0").response.headers["cache-control"]
        assert other == "public, max-age=3600"
