"""By which day a disagreement of the partners is to be resolved: the partnership's own choice."""

from datetime import date

import pytest

from services.calendars import england
from services.domain.clocks.policy import NATIONAL
from services.domain.dissent import day_to_resolve

FRIDAY = date(2026, 9, 11)


@pytest.mark.parametrize(
    ("waits", "by"),
    [
        (None, date(2026, 9, 15)),
        (date(2026, 9, 21), date(2026, 9, 15)),
        (date(2026, 9, 15), date(2026, 9, 14)),
        (date(2026, 9, 14), FRIDAY),
        (FRIDAY, FRIDAY),
        (date(2026, 9, 9), FRIDAY),
    ],
)
def test_gov_11_it_is_before_the_last_working_day_of_what_waits_and_never_before_today(waits, by):
    """GOV-11, RR-37: the last working day before K10 is left to tell the Panel."""
    assert day_to_resolve(FRIDAY, NATIONAL.dissent_days, waits, england()) == by
