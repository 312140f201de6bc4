"""The day on which the record of a closed case comes up, as its clock says it (K15, 5C)."""

from dataclasses import dataclass, replace
from datetime import date

from services.domain.clocks.due_dates import DueDate, Note, Remark
from services.domain.clocks.rules import ClockId, Unit
from services.domain.labels import label
from services.domain.retention import RecordClass, years_after
from services.domain.working_days import written


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDay:
    """When a record comes up, and by what: years of its class after the closure, or kept longer.

    ``policy`` is the partnership's own, by whose one number the years are counted while no schedule
    is adopted; ``adopted_on`` is the day on which two people adopted the schedule in force.
    """

    record_class: RecordClass
    closed_on: date
    years: int
    review_on: date
    policy: str
    adopted_on: date | None = None


def counted_by_record(plain: DueDate, day: RecordDay) -> DueDate:
    """Return the count of K15 which says the record's own day, and by what it is counted.

    A record that is kept longer has a date that somebody set, and no count of years leads to it.
    """
    by_years = years_after(day.closed_on, day.years)
    is_kept_longer = day.review_on != by_years
    notes = [Note(remark=Remark.KEPT_LONGER, day=by_years)] if is_kept_longer else []
    version = day.policy
    if day.adopted_on is not None:
        version = f"retention schedule adopted on {written(day.adopted_on)}"
        named = label(day.record_class)
        notes.append(Note(remark=Remark.BY_SCHEDULE, name=named, count=day.years))
    steps = tuple(years_after(day.closed_on, number) for number in range(1, day.years + 1))
    return replace(
        plain,
        clock=ClockId.K15,
        anchored_on=day.closed_on,
        due=day.review_on,
        target=None,
        unit=Unit.SET_DATE if is_kept_longer else Unit.YEARS,
        length=0 if is_kept_longer else day.years,
        version=version,
        counted=() if is_kept_longer else steps,
        notes=tuple(notes),
    )
