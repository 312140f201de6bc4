"""The page of one clock: who is told when it is missed, and what is our own reading of the rule."""

import pytest

from services.domain.clocks.rules import RULES, ClockId
from services.domain.labels import label
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor

TOLD, READING = "Who is told if it is missed", "What is our own reading"


def rows(manager: Visitor, case: str, clock: ClockId) -> dict[str, str]:
    """Return what the page of the case's clock says, by its headings."""
    page = manager.get(case).page
    links = {link["href"] for link in page.select("a[href*='/clocks/']")}
    pages = (manager.get(link).page for link in sorted(links))
    (shown,) = (each for each in pages if f" {label(clock)} " in each.title.string)
    return {
        row.dt.get_text(strip=True): row.dd.get_text(strip=True)
        for row in shown.select(".govuk-summary-list__row")
    }


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return world.person("manager")


@pytest.fixture(scope="module")
def case(manager: Visitor) -> str:
    return refer(manager)


def test_a_clock_says_who_is_told_and_what_the_guidance_leaves_open(manager: Visitor, case: str):
    shown = rows(manager, case, ClockId.K1)
    told = "The director of children's services; the business manager; the safeguarding partners"
    assert shown[TOLD] == told
    assert shown[READING] == RULES[ClockId.K1].unsettled


def test_a_clock_whose_rule_is_settled_shows_no_reading_of_ours(manager: Visitor, case: str):
    assert not RULES[ClockId.K7].unsettled
    assert READING not in rows(manager, case, ClockId.K7)
