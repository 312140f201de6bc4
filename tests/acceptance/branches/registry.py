"""Which branches there are, by the names that `./keyline journey --branch` takes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, THREE_RIVERS, Place
from tests.acceptance.branches import (
    lcspr,
    published_otherwise,
    queried,
    two_authorities,
    unreviewed,
    without_lcspr,
)
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.story import Story


@dataclass(frozen=True, slots=True)
class Branch:
    """One way through the guidance: its title, its partnership, the function that drives it."""

    title: str
    place: Place
    drive: Callable[[Story], ExpectedEnd]


MAIN: Final = "lcspr"
BRANCHES: Final[Mapping[str, Branch]] = {
    MAIN: Branch("An LCSPR across Christmas (scenario 1)", NORTHMOOR, lcspr.drive),
    "not-notified-reopened": Branch(
        "Not notified after a dispute, then reopened (scenario 10)",
        NORTHMOOR,
        unreviewed.not_notified_reopened,
    ),
    "closed-and-reopened": Branch(
        "Not notified, closed with local learning, then reopened (scenario 10)",
        NORTHMOOR,
        unreviewed.closed_and_reopened,
    ),
    "looked-after-death": Branch(
        "A looked-after child's death, then neglect suspected (scenario 3)",
        NORTHMOOR,
        unreviewed.looked_after_death,
    ),
    "criteria-no-longer-met": Branch(
        "Notified, then the criteria are no longer met (scenario 4)",
        NORTHMOOR,
        without_lcspr.criteria_no_longer_met,
    ),
    "no-further-review": Branch(
        "No further review, learning shared (scenario 5)",
        NORTHMOOR,
        without_lcspr.no_further_review,
    ),
    "national-review": Branch(
        "The Panel carries out a national review", SALTMARSH, without_lcspr.national_review
    ),
    "panel-query": Branch(
        "The Panel queries, and the partners turn to an LCSPR", THREE_RIVERS, queried.panel_query
    ),
    "panel-query-upheld": Branch(
        "The Panel queries, and the partners uphold their decision",
        THREE_RIVERS,
        queried.panel_query_upheld,
    ),
    "two-authorities": Branch(
        "Two local authorities sign, and one of them disagrees first",
        THREE_RIVERS,
        two_authorities.drive,
    ),
    "not-published": Branch(
        "Improvements published instead of the report",
        NORTHMOOR,
        published_otherwise.not_published,
    ),
    "delay": Branch(
        "Publication waits for a trial (scenario 7)", NORTHMOOR, published_otherwise.delay
    ),
}
