"""How the newcomer's journey follows links, and keeps a page of each kind."""

import httpx
import pytest

from tests.acceptance.kept_pages import KeptPages
from tests.acceptance.newcomer.partnership import NEWCOMBE, OTHERS
from tests.acceptance.pages import parse_page

ID = "5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e"


def test_a_link_is_found_by_where_it_leads_and_what_it_says():
    page = parse_page('<main><a href="/a/1/end">End: One</a><a href="/a/2/end">End: Two</a></main>')
    assert page.link_to("/end", "Two") == "/a/2/end"
    for words in ((), ("Three",)):
        with pytest.raises(LookupError, match="Not one link"):
            page.link_to("/end", *words)


def answered(path: str, title: str, status: int = 200, kind: str = "text/html") -> httpx.Response:
    asked = httpx.Request("GET", f"http://keyline.test{path}")
    html = f"<html><title>{title}</title></html>"
    return httpx.Response(status, request=asked, headers={"content-type": kind}, text=html)


def test_one_page_of_each_kind_is_kept(tmp_path):
    keeps = KeptPages(tmp_path / "pages")
    for number in (1, 2):
        keeps.keep(answered(f"/cases/{ID}/clock", f"Case NWC-{number}"))
    keeps.keep(answered(f"/cases/{ID}/clock", "Error: Case NWC-1", 422))
    keeps.keep(answered("/static/a", "", kind="text/css"))
    kept = sorted(one.read_text().partition("\n")[0] for one in keeps.folder.iterdir())
    assert kept == ["<!-- GET /cases/0/clock 200 -->", "<!-- GET /cases/0/clock 422 -->"]


def test_everybody_who_is_appointed_has_a_name_and_an_address():
    assert {one.who for one in OTHERS} < NEWCOMBE.people.keys()
