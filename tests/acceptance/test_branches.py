"""Whether the branches' dates, counted by hand, are what the rules and each policy count."""

import re
from pathlib import Path

import pytest

from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, THREE_RIVERS, founding_of
from services.calendars import england
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import Anchors, DueDate
from services.domain.clocks.rules import ClockId
from services.domain.errors import NotFound
from services.domain.working_days import written
from tests.acceptance import fixtures
from tests.acceptance.branches import (
    awareness,
    holidays,
    joint_lcspr,
    no_longer_met,
    published_otherwise,
    queried,
    siblings,
    unborn,
    unreviewed,
    without_lcspr,
)
from tests.acceptance.branches.registry import BRANCHES, JOINT, MAIN, OF_SEVERAL, name_of
from tests.acceptance.dates import day
from tests.acceptance.fixtures import Family

WRITTEN = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [0-9]{1,2} [A-Z][a-z]{2} [0-9]{4}")
REVIEWS = [
    (awareness.FRIDAY_NIGHT, NORTHMOOR),
    (siblings.DEATH, NORTHMOOR),
    (unborn.UNBORN, NORTHMOOR),
    (unreviewed.DISPUTED, NORTHMOOR),
    (unreviewed.LOOKED_AFTER, NORTHMOOR),
    (without_lcspr.LAPSED, NORTHMOOR),
    (no_longer_met.REVIEWED, NORTHMOOR),
    (without_lcspr.BRIEFED, NORTHMOOR),
    (without_lcspr.NATIONAL, SALTMARSH),
    (queried.QUERIED, THREE_RIVERS),
    (published_otherwise.WITHHELD, NORTHMOOR),
    (published_otherwise.DELAYED, NORTHMOOR),
    (holidays.P3, NORTHMOOR),
    (joint_lcspr.HERE, NORTHMOOR),
    (joint_lcspr.THERE, SALTMARSH),
]
FORMS_SENT = {
    id(awareness.FRIDAY_NIGHT): "Tue 10 Mar 2026",
    id(unreviewed.DISPUTED): "Tue 10 Nov 2026",
    id(unreviewed.LOOKED_AFTER): "Fri 15 May 2026",
}


@pytest.mark.parametrize(
    ("review", "place"), REVIEWS, ids=lambda given: getattr(given, "signed", "")
)
def test_every_date_of_a_review_is_what_the_rules_count(review, place):
    anchors = Anchors(
        aware=_on(review.aware_at),
        referral=_on(review.referred),
        notification=_on(review.notified),
        receipt=day(FORMS_SENT.get(id(review)) or review.notified.rpartition(" ")[0]),
        meeting=_on(review.meets),
        decision=_on(review.signed),
    )
    policy = founding_of(place).policy
    for name, dates in review.due.items():
        counted = due_date(ClockId(name), anchors, england(), policy)
        assert _said(counted) == dates, counted.explain()


def test_every_branch_of_the_guidance_has_a_journey():
    assert MAIN in BRANCHES
    assert {
        "not-notified-reopened",
        "looked-after-death",
        "criteria-no-longer-met",
        "criteria-no-longer-met-lcspr",
        "no-further-review",
        "national-review",
        "not-published",
        "panel-query",
        "panel-query-upheld",
        "supplement-reopens",
        "undone-by-an-edit",
        "dissent-resolved",
        "dissent-late",
        "child-death",
        "silent-panel",
        "national-beside",
        "two-authorities",
        "delay",
        "holiday-proclaimed",
        "holiday-struck-out",
    } < set(BRANCHES)


@pytest.mark.parametrize(
    ("kind", "branch", "name"),
    [
        ("", "", "lcspr"),
        ("", "delay", "delay"),
        ("", "joint-declined", "joint-declined"),
        ("joint", "", "joint"),
        ("joint", "revoked", "joint-revoked"),
        ("joint", "two-authorities", "two-authorities"),
    ],
)
def test_a_branch_is_named_by_its_kind_and_its_own_name(kind, branch, name):
    assert name_of(kind, branch) == name


@pytest.mark.parametrize(("kind", "branch"), [("", "revoked"), ("joint", "delay"), ("shared", "")])
def test_a_branch_of_no_such_name_is_told_in_one_sentence(kind, branch):
    with pytest.raises(NotFound, match="There is no"):
        name_of(kind, branch)


def test_every_joint_branch_has_a_name_of_its_own():
    joint = {name for name in BRANCHES if name.startswith(JOINT)}
    assert joint == set(OF_SEVERAL.values()) - {"two-authorities"}


def test_the_two_areas_of_a_joint_branch_share_one_police_officer():
    first, second, third = BRANCHES[JOINT].places
    assert first.email("police") == second.email("police") != third.email("police")


def test_every_date_in_the_journeys_has_its_own_weekday():
    branches = (Path(__file__).parent / "branches").glob("*.py")
    written_dates = {found for path in branches for found in WRITTEN.findall(path.read_text())}
    assert len(written_dates) > 150
    assert {written(day(text)) for text in written_dates} == written_dates


def test_no_two_families_share_a_word_that_is_searched_for():
    families = [value for value in vars(fixtures).values() if isinstance(value, Family)]
    words = [
        word for family in families for word in {family.child, family.parent, *family.child.split()}
    ]
    assert len(words) == len(set(words))
    journeys_of_their_own = {"newcomer"}
    assert len(families) == len(BRANCHES.keys() | journeys_of_their_own)


def test_a_familys_secrets_are_its_names_and_its_dates_of_birth_however_written():
    secrets = set(fixtures.THISTLEBY.secrets())
    assert {"Isolde Thistleby", "Isolde", "2019-03-17", "17/03/2019", "17 March 2019"} < secrets


def _on(moment):
    return day(moment.rpartition(" ")[0])


def _said(due: DueDate) -> str:
    return f"{written(due.opens)} to {written(due.due)}" if due.opens else written(due.due)
