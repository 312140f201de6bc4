"""The calendar of England against the list that the government publishes."""

import subprocess
import sys
from datetime import date

import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from holidays import country_holidays

from services.calendars import (
    ELSEWHERE,
    FIRST_YEAR,
    LAST_YEAR,
    _bank_holidays_of_the_united_kingdom,
    england,
)
from services.domain.bank_holidays import ONE_OFF_DAYS, OneOffDay, corrected
from services.domain.working_days import Calendar


def published():
    division = BankHolidays.ENGLAND_AND_WALES
    bundled = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
    return {holiday["date"] for holiday in bundled}


def test_every_published_bank_holiday_is_a_day_off_and_no_other_weekday_is():
    listed = published()
    first, last = date(min(listed).year, 1, 1), date(max(listed).year, 12, 31)
    assert (first.year, last.year) >= (2012, 2028)
    held = {day for day in england().bank_holidays if first <= day <= last and day.weekday() < 5}
    assert held == listed


def test_every_published_bank_holiday_of_any_part_of_the_kingdom_is_none_of_its_working_days():
    listed = set()
    for division in (BankHolidays.SCOTLAND, BankHolidays.NORTHERN_IRELAND):
        bundled = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
        listed |= {holiday["date"] for holiday in bundled}
    listed |= published()
    first, last = date(min(listed).year, 1, 1), date(max(listed).year, 12, 31)
    days = england().of_the_uk().bank_holidays
    proclaimed_since = {date(2026, 6, 15)}  # Scotland's, for a football match
    held = {day for day in days if first <= day <= last and day.weekday() < 5}
    assert held - proclaimed_since == listed - proclaimed_since
    assert england().is_working_day(date(2026, 3, 17))
    assert not england().of_the_uk().is_working_day(date(2026, 3, 17))


def test_our_own_days_agree_with_what_was_published():
    listed = published()
    for one_off in ONE_OFF_DAYS:
        assert one_off.source
        if one_off.day >= min(listed):
            assert (one_off.day in listed) == one_off.held


def test_moved_days_are_worked_and_the_days_they_moved_to_are_not():
    assert england().is_working_day(date(2020, 5, 4))
    assert not england().is_working_day(date(2020, 5, 8))
    assert england().is_working_day(date(2022, 5, 30))
    assert not england().is_working_day(date(2022, 9, 19))


def test_our_table_overrules_what_was_predicted():
    predicted = Calendar({date(2030, 5, 6): "Early May bank holiday"})
    added = OneOffDay(day=date(2030, 5, 8), title="Proclaimed", source="a proclamation")
    away = OneOffDay(day=date(2030, 5, 6), title="Moved", source="a proclamation", held=False)
    calendar = corrected(predicted, [added, away])
    assert dict(calendar.bank_holidays) == {date(2030, 5, 8): "Proclaimed"}


def test_titles_are_those_people_know():
    titles = england().bank_holidays
    assert titles[date(2026, 5, 4)] == "Early May bank holiday"
    assert titles[date(2026, 8, 31)] == "Summer bank holiday"
    assert titles[date(2026, 12, 28)] == "Boxing Day (substitute day)"


def test_the_file_of_the_country_says_what_the_whole_package_says():
    bank_holidays, years = _bank_holidays_of_the_united_kingdom(), range(FIRST_YEAR, LAST_YEAR + 1)
    for part in ("ENG", *ELSEWHERE):
        usual = country_holidays("GB", subdiv=part, years=years)
        assert dict(bank_holidays(subdiv=part, years=years)) == dict(usual)


@pytest.mark.slow
def test_reading_it_reads_no_other_country():
    asked = (
        "import sys; from services.calendars import england; england();"
        "print([name for name in sys.modules if name.startswith('holidays.countries.')])"
    )
    command = [sys.executable, "-c", asked]
    read = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603
    assert read.stdout.strip() == "[]"
