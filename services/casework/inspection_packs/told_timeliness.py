"""Whether notification, rapid review and local review were in time, with why not where not.

Days and standing are those of the pages: the same functions say them. Of a reason that is marked
police-sensitive nothing is told, whoever gathers the pack.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.casework.clock_standing import how_it_stands, standing_today, working_days_late
from services.casework.effects import policy_of
from services.casework.inspection_packs.reasons import reason_for
from services.casework.inspection_packs.said import PackItem
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.clocks.standing import ClockState
from services.domain.inspection import INSPECTED_CLOCKS, InspectionQuestion, overlaps
from services.domain.labels import label
from services.domain.plain_dates import weekday_day_month_year
from services.domain.plain_text import capital
from services.domain.working_days import london_date

COLUMNS: Final = (
    "Duty",
    "Counted from",
    "Last day",
    "Done on",
    "How it stands",
    "Working days late",
    "Reason on record",
)
FIGURE_COLUMNS: Final = (
    "Duty",
    "In the period",
    "Met in time",
    "Met late",
    "Late and not met",
    "Running in time",
    "Ended otherwise",
)
_IN_TIME: Final = frozenset({ClockState.MET, ClockState.MET_TOO_EARLY})
_NO_REASON: Final = "No reason is on record that may be told here"


@dataclass(frozen=True, slots=True)
class InspectedClock:
    """A duty of a case that ran in the period, how it stands, and why it was late if it was."""

    row: RunningClock
    standing: ClockState | None
    told: str
    days_late: int
    reason: str

    @property
    def is_breach(self) -> bool:
        """Tell whether it was met late, or is late and not met."""
        return self.standing in {ClockState.MET_LATE, ClockState.LATE}


def was_open(case: Case, first: date, last: date) -> bool:
    """Tell whether the case was open in the period, at least for a day."""
    closed = london_date(case.closed_at) if case.closed_at else None
    return overlaps(london_date(case.referred_at), closed, first, last)


def inspected(work: UnitOfWork, case: Case, first: date, last: date) -> list[InspectedClock]:
    """Return the duties of the case that ran in the period, each as its page shows it now."""
    found = [
        row
        for row in clocks(work.session, case.id)
        if row.clock in INSPECTED_CLOCKS
        and overlaps(row.anchored_on, row.met_on or row.ended_on, first, last)
    ]
    policy = policy_of(case)
    lines = []
    for row in found:
        ended = row.ended_on is not None and row.met_on is None
        standing = None if ended else standing_today(work, case, row, policy)
        late = working_days_late(work, row, policy) if not ended else 0
        reason = reason_for(work, case, row.clock)
        told = how_it_stands(work, case, row, policy)
        lines.append(InspectedClock(row, standing, told, late, reason))
    return lines


def timeliness_of(case: Case, found: Sequence[InspectedClock]) -> PackItem | None:
    """Return the item of a case, or none of one of which no duty ran in the period."""
    if not found:
        return None
    return PackItem(
        question=InspectionQuestion.TIMELINESS,
        reference=case.reference,
        title=f"{case.reference}: whether it was in time",
        columns=COLUMNS,
        rows=tuple(_cells(one) for one in found),
    )


def timeliness_in_figures(found: Iterable[InspectedClock]) -> PackItem:
    """Return how many duties of each kind were met in time, over all cases of the pack."""
    all_of_them = list(found)
    return PackItem(
        question=InspectionQuestion.TIMELINESS,
        title="Whether it was in time, in figures",
        columns=FIGURE_COLUMNS,
        rows=tuple(
            (capital(label(clock)), *map(str, _counted(all_of_them, clock)))
            for clock in INSPECTED_CLOCKS
        ),
    )


def _counted(found: Iterable[InspectedClock], clock: ClockId) -> Iterator[int]:
    """Yield how many there are of the duty, and of these how many stand in each way."""
    its = [one for one in found if one.row.clock is clock]
    ended = sum(one.standing is None for one in its)
    in_time = sum(one.standing in _IN_TIME for one in its)
    met_late = sum(one.standing is ClockState.MET_LATE for one in its)
    late = sum(one.standing is ClockState.LATE for one in its)
    yield from (len(its), in_time, met_late, late, len(its) - in_time - met_late - late - ended)
    yield ended


def _cells(one: InspectedClock) -> tuple[str, ...]:
    row = one.row
    done = weekday_day_month_year(row.met_on) if row.met_on else ""
    return (
        capital(row.duty),
        weekday_day_month_year(row.anchored_on),
        weekday_day_month_year(row.due),
        done,
        capital(one.told),
        str(one.days_late) if one.is_breach else "",
        one.reason or (_NO_REASON if one.is_breach else ""),
    )
