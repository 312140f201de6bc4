"""The limits of a case drawn against days: from when each counts, its last day, when it was met.

The drawing says what the tables of the same page say; each bar has its sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from services.domain.clocks.rules import ClockId
from services.domain.plain_dates import day_month_year
from services.domain.yearly_report import month_name
from services.web.view_models.clocks import ClockLine

WIDTH: Final = 900
ROW: Final = 46
TOP: Final = 30
LEAST: Final = 2  # limits, below which a drawing shows nothing that a line does not
LEAST_WIDE: Final = 4
MOST_MONTHS: Final = 10  # that are named; of a longer time every other month is, or fewer
# What is counted in years would press all else together.
OF_YEARS: Final = frozenset({ClockId.K13, ClockId.K15})


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockBar:
    """One limit: where its bar begins, how wide it is, where it was met, and the same in words."""

    what: str
    told: str
    left: int
    width: int
    met_at: int | None
    colour: str
    top: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockDrawing:
    """All bars, one below the other, the months over them, and where today is."""

    bars: tuple[ClockBar, ...]
    months: tuple[tuple[int, str], ...]
    today_at: int | None
    height: int


@dataclass(frozen=True, slots=True)
class _Scale:
    """Which day stands where."""

    first: date
    last: date

    def at(self, day: date) -> int:
        """Return where the day stands, from the left."""
        return (day - self.first).days * WIDTH // max((self.last - self.first).days, 1)


def clock_drawing(lines: Sequence[ClockLine], today: date) -> ClockDrawing | None:
    """Return the drawing of the limits of the whole case; none where there are not two."""
    drawn = [one for one in lines if _is_drawn(one)]
    drawn.sort(key=lambda one: (one.row.anchored_on, one.row.due))
    if len(drawn) < LEAST:
        return None
    days = [day for one in drawn for day in (one.row.anchored_on, one.row.due, one.row.met_on)]
    known = [day for day in days if day is not None]
    scale = _Scale(min(known), max(known))
    return ClockDrawing(
        bars=tuple(_bar(one, scale, place) for place, one in enumerate(drawn)),
        months=tuple(_months(scale)),
        today_at=scale.at(today) if scale.first <= today <= scale.last else None,
        height=TOP + len(drawn) * ROW,
    )


def _is_drawn(line: ClockLine) -> bool:
    row = line.row
    return not (row.is_extra or row.subject or row.clock in OF_YEARS) and (
        row.runs or row.met_on is not None
    )


def _bar(line: ClockLine, scale: _Scale, place: int) -> ClockBar:
    row = line.row
    left = scale.at(row.anchored_on)
    met = f", met on {day_month_year(row.met_on)}" if row.met_on else ""
    counted = f"counted from {day_month_year(row.anchored_on)}"
    return ClockBar(
        what=row.duty,
        told=f"{row.duty}: {counted}, last day {day_month_year(row.due)}{met}",
        left=left,
        width=max(scale.at(row.due) - left, LEAST_WIDE),
        met_at=scale.at(row.met_on) if row.met_on else None,
        colour=line.colour,
        top=TOP + place * ROW,
    )


def _months(scale: _Scale) -> Iterator[tuple[int, str]]:
    """Yield where each month begins, as many as there is room for."""
    firsts = [date(scale.first.year, scale.first.month, 1)]
    while firsts[-1] <= scale.last:
        before = firsts[-1]
        firsts.append(date(before.year + before.month // 12, before.month % 12 + 1, 1))
    every = -(-len(firsts) // MOST_MONTHS)
    for first, _next in list(pairwise(firsts))[::every]:
        if first >= scale.first:
            yield scale.at(first), f"{month_name(first.month)[:3]} {first.year}"
