"""The yearly report's section: its year, and numbers that give no small one away (EMB-10)."""

from datetime import date

import pytest

from services.domain.bar_charts import bar_chart
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.errors import OutsidePolicy
from services.domain.yearly_report import (
    NumberOfYear,
    YearActions,
    YearCounted,
    in_a_sentence,
    told_together,
    year_of,
)


def told(*values: int, kind: type[YearCounted | YearActions] = YearCounted) -> list[str]:
    counted = zip(kind, values, strict=False)
    return [one.number.told for one in told_together((code, code, n) for code, n in counted)]


@pytest.mark.parametrize(
    ("day", "begins", "first", "said"),
    [
        (date(2026, 3, 31), None, date(2025, 4, 1), "April 2025 to March 2026"),
        (date(2026, 4, 1), None, date(2026, 4, 1), "April 2026 to March 2027"),
        (date(2026, 4, 1), 1, date(2026, 1, 1), "January 2026 to December 2026"),
        (date(2026, 4, 1), 9, date(2025, 9, 1), "September 2025 to August 2026"),
    ],
)
def test_a_year_begins_in_april_or_in_the_month_that_the_partnership_chooses(
    day, begins, first, said
):
    year = year_of(day, begins)
    assert (year.first, year.told, year.before.last) == (first, said, first - date.resolution)
    assert year.holds(day)
    assert year.holds(year.last)
    assert not year.holds(year.last + date.resolution)
    assert not year.holds(None)


def test_the_month_is_one_of_the_policy_that_the_release_before_does_not_know():
    assert "yearly_report_from" not in policy_to_json(policy_from_json({}))
    chosen = policy_from_json({"yearly_report_from": 9})
    assert policy_from_json(policy_to_json(chosen)).yearly_report_from == 9
    with pytest.raises(OutsidePolicy, match="one of the 12 months"):
        PartnershipPolicy(yearly_report_from=13)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((12, 12, 6, 0, 0), ["12", "12", "6", "0", "0"]),
        ((4, 9), ["fewer than 5", "9"]),
        ((12, 11, 6), ["12", "not told", "6"]),
        ((12, 11, 10), ["12", "not told", "not told"]),
        ((9, 12), ["9", "not told"]),
        ((40, 30, 13, 6, 5), ["40", "30", "13", "6", "not told"]),
        ((40, 30, 20, 6, 6), ["40", "30", "20", "6", "6"]),
        ((40, 30, 20, 6, 2), ["40", "30", "20", "6", "fewer than 5"]),
    ],
)
def test_a_number_is_not_told_where_another_would_show_a_small_one_by_it(values, said):
    """EMB-10: from 6 of 7 one could tell the one; of 6 and 5 out of 13 the two that are left."""
    assert told(*values) == said


def test_no_difference_of_a_whole_and_its_parts_is_small_whatever_is_counted():
    for whole in range(14):
        for some in range(14):
            for others in range(14):
                numbers = told_together(
                    (one.value, "", n)
                    for one, n in zip(YearActions, (whole, some, others), strict=True)
                )
                first, *parts = [one.number.drawn for one in numbers]
                shown = [one for one in parts if one is not None]
                assert all(one == 0 or one >= 5 for one in (first or 0, *shown))
                if first:
                    assert all(not 0 < abs(first - one) < 5 for one in (*shown, sum(shown)))


def test_a_theme_is_set_beside_the_numbers_of_cases_and_not_beside_another_theme():
    cases = told_together([("notifications", "", 12)])
    themes = told_together([("a", "", 11), ("b", "", 8), ("c", "", 7), ("d", "", 6)], cases)
    assert [one.number.told for one in themes] == ["not told", "not told", "7", "6"]
    alone = told_together([("a", "", 8), ("b", "", 7)], ())
    assert [one.number.told for one in alone] == ["8", "7"]


def test_a_sentence_and_a_picture_say_the_numbers_of_the_table_and_draw_none_that_is_not_told():
    numbers = told_together([("notifications", "notices", 12), ("rapid_reviews", "<b>", 3)])
    assert in_a_sentence(numbers) == "Notices: 12; <b>: fewer than 5."
    drawn = bar_chart("Of the year", [(one.what, one.number) for one in numbers])
    assert drawn.in_words == "Of the year: notices, 12; <b>, fewer than 5"
    assert "<b>" not in drawn.svg
    assert drawn.svg.count("<rect") == 1
    assert isinstance(numbers[0], NumberOfYear)
    assert bar_chart("Nothing", [("a", numbers[1].number)]).svg.count("<rect") == 0
