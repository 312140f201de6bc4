"""PUB-21: each day of the next weeks is clear, to be avoided or not possible, and says why."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.domain.publication_days import (
    AgainstDay,
    Constraint,
    DayStanding,
    PublicationStep,
    counted_back,
    days_ahead,
    of_day,
)

TRIAL = Constraint(
    against=AgainstDay.HEARING,
    first=date(2026, 6, 29),
    last=date(2026, 7, 3),
    words="the trial",
    source="the register",
)
BIRTHDAY = Constraint(
    against=AgainstDay.BIRTHDAY,
    first=date(2016, 2, 29),
    words="a child's birthday",
    source="the referral",
    standing=DayStanding.NOT_POSSIBLE,
    is_yearly=True,
)


def test_a_day_says_all_that_speaks_against_it_the_strictest_first():
    """PUB-21: reasons come with their source."""
    leap = date(2028, 2, 29)
    trial = Constraint(against=AgainstDay.HEARING, first=leap, words="a plea", source="the court")
    found = of_day(leap, (trial, TRIAL, BIRTHDAY))
    assert found.standing is DayStanding.NOT_POSSIBLE
    assert found.why == "a child's birthday (the referral); a plea (the court)"
    assert of_day(date(2026, 6, 28), (TRIAL, BIRTHDAY)).standing is DayStanding.CLEAR
    assert [of_day(one, (TRIAL,)).standing for one in (TRIAL.first, TRIAL.last)] == [
        DayStanding.TO_AVOID
    ] * 2
    assert of_day(date(2026, 7, 4), (TRIAL,)).why == ""


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)))
def test_twelve_weeks_are_whole_weeks_from_today_on(today: date):
    """PUB-21: no day gone by is offered, and the last one is a Sunday."""
    days = list(days_ahead(today))
    assert days[0] == today
    assert days[-1].weekday() == 6
    assert len({one - timedelta(days=one.weekday()) for one in days}) == 12


def test_the_steps_are_counted_back_from_the_day():
    """PUB-21, PUB-22: who is told before the text leaves, who before the day, and what on it."""
    days = counted_back(date(2026, 7, 3), date(2026, 6, 24), date(2026, 7, 2))
    assert days[PublicationStep.FAMILY] == days[PublicationStep.PRE_SEND] == date(2026, 6, 24)
    assert days[PublicationStep.MEDIA] == date(2026, 7, 2)
    assert days[PublicationStep.WEBSITE] == date(2026, 7, 3)
    assert set(days) == set(PublicationStep)
