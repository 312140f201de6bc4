"""K15: a closed record's clock says the record's own day, and by what it is counted."""

from dataclasses import replace
from datetime import date
from typing import Final

from services.calendars import england
from services.casework.effects.counts_kept import as_counted, particulars
from services.database.clocks import RunningClock
from services.domain.clocks.counting import due_date
from services.domain.clocks.due_dates import Anchors
from services.domain.clocks.record_days import RecordDay, counted_by_record
from services.domain.clocks.rules import ClockId
from services.domain.retention import RecordClass

CLOSED: Final = date(2026, 1, 20)
STARTED: Final = due_date(ClockId.K15, Anchors(closure=CLOSED), england())
BY_POLICY: Final = RecordDay(
    record_class=RecordClass.RAPID_REVIEW,
    closed_on=CLOSED,
    years=3,
    review_on=date(2029, 1, 20),
    policy="Example, 2",
)
BY_SCHEDULE: Final = replace(BY_POLICY, adopted_on=date(2026, 2, 2))


def test_it_says_by_which_years_the_record_comes_up():
    """K15: by the policy's one number, or by the years of the class in an adopted schedule."""
    assert counted_by_record(STARTED, BY_POLICY).explain() == (
        "Day 0 is Tue 20 Jan 2026, the closure in England. Due 3 years after day 0: "
        "Sat 20 Jan 2029. Counted: 1=Wed 20 Jan 2027, 2=Thu 20 Jan 2028, 3=Sat 20 Jan 2029. "
        "Rule rules.md 5C (L), version Example, 2."
    )
    said = counted_by_record(STARTED, BY_SCHEDULE).explain()
    assert said.endswith(
        "Years for a rapid review without a local review, by the schedule that two people "
        "adopted: 3. Rule rules.md 5C (L), version retention schedule adopted on Mon 2 Feb 2026."
    )


def test_a_day_that_was_said_is_no_count_of_years():
    """K15: of a record that is kept longer it says on which day it would have come up."""
    longer = replace(BY_SCHEDULE, review_on=date(2040, 5, 1))
    found = counted_by_record(STARTED, longer)
    assert (found.due, found.length, found.counted) == (date(2040, 5, 1), 0, ())
    assert "Due on the date set, Tue 1 May 2040. By its years it would come up on" in (
        found.explain()
    )
    assert counted_by_record(found, BY_SCHEDULE) == counted_by_record(STARTED, BY_SCHEDULE)


def test_counting_again_changes_nothing_and_release_1_can_read_the_row():
    """K15: the count is read back as it was kept, and its new remarks stand apart."""
    counted = counted_by_record(STARTED, BY_SCHEDULE)
    row = RunningClock(clock=ClockId.K15, first_due=STARTED.due, **particulars(counted))
    assert row.account["notes"] == []
    assert counted_by_record(as_counted(row), BY_SCHEDULE) == as_counted(row) == counted
