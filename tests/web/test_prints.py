"""A page printed by Chromium: what is folded away is opened, and it says what it is."""

import io
from collections.abc import Iterator

import pikepdf
import pytest

from services.domain.errors import Unavailable
from tests.looks.looker import ADDRESS, Looker, looker
from tests.paper_text import squeezed, text_of
from tests.web.conftest import World
from tests.web.referrals import refer

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def page(world: World) -> str:
    """The timeline of a case; it is asked for before Chromium has a loop of its own."""
    manager = world.person("manager")
    return manager.get(f"{refer(manager)}/timeline").response.text


@pytest.fixture(scope="module")
def chromium() -> Iterator[Looker]:
    try:
        with looker() as lent:
            yield lent
    except Unavailable as missing:
        pytest.skip(f"not run: {missing}")


def test_a_timeline_prints_what_was_said_and_no_furniture(page: str, chromium: Looker):
    assert "<details" in page
    chromium.html[:] = [page]
    chromium.shown.goto(ADDRESS)
    file = chromium.shown.pdf(format="A4", prefer_css_page_size=True)
    with pikepdf.open(io.BytesIO(file)) as pdf:
        sheets = len(pdf.pages)
    printed = text_of(file)
    assert "Why is the harm serious?" in printed, "it was folded away"
    assert "This page as it stood on" in printed
    assert squeezed(printed).count("OFFICIAL-SENSITIVE") >= 2 * sheets
    assert all(f"Page {number} of {sheets}" in printed for number in range(1, sheets + 1))
    furniture = ("Accessibility statement", "Skip to main content", "Sign out", "Back to the case")
    assert [one for one in furniture if one in printed] == []
