"""The limits of a case drawn against days say what the tables of their page say."""

import re

import pytest

from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor


@pytest.fixture
def manager(world: World) -> Visitor:
    return world.person("manager")


def test_each_bar_has_its_sentence_and_stands_where_its_days_are(manager: Visitor):
    case = refer(manager)
    page = manager.get(f"{case}/clocks").page
    drawn = page.select_one("svg.keyline-time")
    said = drawn.select_one("desc").get_text().removesuffix(".").split("; ")
    bars = drawn.select("rect")
    assert len(bars) == len(said) >= 2
    table = page.select_one("main").get_text(" ")
    for sentence in said:
        duty = sentence.rpartition(": counted from")[0]
        assert duty in table
        (last,) = re.findall(r"last day (\d+ \w+ \d{4})", sentence)
        assert last in table
    # One day is one place: bars that end alike have the same last day, and no other has it.
    ends = [int(one["x"]) + int(one["width"]) for one in bars]
    days = [re.findall(r"last day (\d+ \w+ \d{4})", one)[0] for one in said]
    assert len(set(zip(ends, days, strict=True))) == len(set(ends)) == len(set(days))


def test_a_case_without_two_limits_has_no_drawing(world: World):
    """An agency is told of its own return alone."""
    manager, hospital = world.person("manager"), world.person("hospital")
    case = refer(manager)
    assert hospital.get(f"{case}/clocks").page.select_one("svg.keyline-time") is None
