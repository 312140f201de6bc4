"""Trends as numbers, alike in a sentence, a table and a picture; small ones untold (EMB-10)."""

from itertools import pairwise

import pytest

from services.domain.trends import Counted, Number, years

HAPPENED = {
    Counted.NOTIFICATIONS: [2023] * 7 + [2025] * 4,
    Counted.RAPID_REVIEWS: [2023] * 6 + [2024],
    Counted.LOCAL_REVIEWS: [2025] * 5,
}


def test_each_year_has_its_numbers_also_one_in_which_nothing_happened():
    told = years(HAPPENED, 2026, outside=False)
    assert [one.year for one in told] == [2023, 2024, 2025, 2026]
    assert [one.numbers[Counted.NOTIFICATIONS].told for one in told] == ["7", "0", "4", "0"]
    assert [one.numbers[Counted.REPORTS].value for one in told] == [0, 0, 0, 0]
    assert [one.year for one in years({}, 2026, outside=False)] == [2026]


def test_a_sentence_says_the_numbers_of_the_table_and_how_they_differ_from_the_year_before():
    before, year, *_ = years(HAPPENED, 2026, outside=False)
    assert year.sentence(before).startswith(
        "2024: notifications to the Panel 0 (7 fewer than in 2023); "
        "rapid reviews submitted 1 (5 fewer than in 2023); "
    )
    assert "than in" not in before.sentence(None)


@pytest.mark.parametrize("value", range(12))
def test_outside_no_small_number_stands_in_any_form(value):
    number = Number(value, outside=True)
    is_small = 0 < value < 5
    assert number.told == ("fewer than 5" if is_small else str(value))
    assert number.drawn == (None if is_small else value)
    assert Number(value).told == str(value)


def test_outside_no_difference_is_told_from_which_a_small_number_could_be_worked_out():
    told = years(HAPPENED, 2026, outside=True)
    for before, year in pairwise(told):
        assert "than in" not in year.sentence(before)
    assert "notifications to the Panel fewer than 5;" in told[2].sentence(told[1])
