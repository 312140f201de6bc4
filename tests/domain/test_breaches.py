"""The 72 hours of a personal data breach, by the hour, and what may be decided of one."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.domain.breaches import (
    Assessment,
    BreachRisk,
    BreachStanding,
    hours_left,
    must_be_lawful,
    report_by,
    standing_at,
)
from services.domain.errors import AnswerRefused
from services.domain.working_days import LONDON


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("aware", "until"),
    [
        ("2026-09-18 16:50", "2026-09-21 16:50"),  # Friday to Monday: the weekend counts
        ("2026-12-24 18:00", "2026-12-27 18:00"),  # Christmas Day and Boxing Day count
        ("2026-10-23 16:50", "2026-10-26 15:50"),  # the clocks go back: real hours
        ("2026-03-27 16:50", "2026-03-30 17:50"),  # the clocks go forward
    ],
)
def test_the_limit_is_72_real_hours_at_weekends_and_on_holidays_too(aware, until):
    """UK GDPR, article 33."""
    assert report_by(at(aware)) == at(until)


@pytest.mark.parametrize(
    ("now", "standing", "left"),
    [
        ("2026-09-18 17:00", BreachStanding.RUNNING, 71),
        ("2026-09-20 16:49", BreachStanding.RUNNING, 24),
        ("2026-09-20 16:50", BreachStanding.NEAR, 24),
        ("2026-09-21 16:50", BreachStanding.NEAR, 0),
        ("2026-09-21 16:51", BreachStanding.PASSED, -1),
    ],
)
def test_it_stands_by_the_hour_and_not_by_the_day(now, standing, left):
    aware = at("2026-09-18 16:50")
    assert standing_at(aware, at(now), is_decided=False) is standing
    assert hours_left(aware, at(now)) == left
    assert standing_at(aware, at(now), is_decided=True) is BreachStanding.DECIDED


AWARE, NOW = at("2026-09-18 16:50"), at("2026-09-22 10:00")
REPORTED = Assessment(
    risk=BreachRisk.RISK,
    reported_at=at("2026-09-21 09:00"),
    people_told=False,
    late_reason=None,
    not_told_because=None,
)


@pytest.mark.parametrize(
    ("but", "field"),
    [
        ({"reported_at": None}, "reported_at"),
        ({"reported_at": at("2026-09-22 10:01")}, "reported_at"),
        ({"reported_at": at("2026-09-18 16:49")}, "reported_at"),
        ({"reported_at": at("2026-09-21 16:51")}, "late_reason"),
        ({"risk": BreachRisk.HIGH}, "not_told_because"),
    ],
)
def test_a_decision_that_the_law_does_not_allow_is_refused_beside_its_answer(but, field):
    with pytest.raises(AnswerRefused) as refused:
        must_be_lawful(replace(REPORTED, **but), AWARE, NOW)
    assert refused.value.field == field


@pytest.mark.parametrize(
    "but",
    [
        {},
        {"risk": BreachRisk.UNLIKELY, "reported_at": None},
        {"reported_at": at("2026-09-21 16:50")},
        {"reported_at": at("2026-09-21 16:51"), "late_reason": "Nobody was there."},
        {"risk": BreachRisk.HIGH, "people_told": True},
        {"risk": BreachRisk.HIGH, "not_told_because": "It was encrypted."},
    ],
)
def test_a_decision_that_the_law_allows_passes(but):
    must_be_lawful(replace(REPORTED, **but), AWARE, NOW)


def test_hours_are_counted_from_any_zone():
    assert report_by(datetime(2026, 9, 18, 15, 50, tzinfo=UTC)) == at("2026-09-21 16:50")
