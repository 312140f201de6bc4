"""One page of each template in Chromium, as narrow as a telephone, by axe with target size on.

`./keyline check pages` looks at every page that the journeys see, at two widths.
"""

from collections.abc import Iterator

import pytest

from services.domain.errors import Unavailable
from services.web.rendering import TEMPLATES
from tests.looks.looker import WIDTHS, Looker, looker
from tests.web.conftest import World
from tests.web.scene_of_pages import pages_of

pytestmark = pytest.mark.slow
NARROW = WIDTHS[:1]
FOLDER = TEMPLATES / "pages"
# They stand on what costs much to have: papers that were sent, a guest's code, a provider that
# runs, a case that is shared. The journeys come to them.
IN_THE_JOURNEYS = {
    "pages/collection.html",
    "pages/collection_code.html",
    "pages/guest_who.html",
    "pages/organisation_way.html",
    "pages/shown_case.html",
}


@pytest.fixture(scope="module")
def kept(world: World) -> dict[str, str]:
    return pages_of(world)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Looker]:
    try:
        with looker() as lent:
            yield lent
    except Unavailable as missing:
        pytest.skip(f"not run: {missing}")


def test_each_template_has_a_page_that_is_looked_at(kept: dict[str, str]):
    there = {f"pages/{one.relative_to(FOLDER).as_posix()}" for one in FOLDER.rglob("*.html")}
    assert there - kept.keys() == IN_THE_JOURNEYS


def test_axe_finds_nothing_and_no_page_is_wider_than_a_telephone(
    kept: dict[str, str], chromium: Looker
):
    found = {name: chromium.look(html, NARROW) for name, html in sorted(kept.items())}
    assert {name: told for name, told in found.items() if told} == {}


def test_what_is_wrong_is_found(chromium: Looker):
    wide = '<html lang="en"><title>A</title><main><h1>A</h1><p style="width:999px">A</p></main>'
    small = "<a href='/a' style='font-size:6px'>a</a><a href='/b' style='font-size:6px'>b</a>"
    (one,) = chromium.look(f"<!doctype html>{wide}", NARROW)
    assert one.startswith("at 375: the page is")
    assert any("target-size" in told for told in chromium.look(f"<!doctype html>{wide}{small}"))
    assert any("label" in told for told in chromium.look(f"<!doctype html>{wide}<input>"))
