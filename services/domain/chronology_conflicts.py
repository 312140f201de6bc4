"""Where the chronologies of agencies differ, so that the reviewer compares what they tell (LC-33).

Two events conflict when two agencies tell them, of one person or without saying of whom, and:

- both are of one certain day, and by one the child was seen there, by the other neither seen nor
  heard; or else what happened is told in other words;
- or the day of one is certain, and falls into the time that the other gives for a day that is not.

Events of one day whose times are both known and lie more than an hour apart are two events. A day
of which only the year is known is compared with none: it would conflict with all.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from services.domain.chronologies import ChildSeen, DateCertainty
from services.domain.filled_forms import same_words

APART: Final = 60
ABOUT: Final = timedelta(days=3)
_SEEN: Final = frozenset({ChildSeen.SEEN, ChildSeen.SEEN_AND_HEARD})


class Conflict(StrEnum):
    """In what two agencies differ."""

    SEEN_AND_NOT = "seen_and_not"
    OTHER_ACCOUNT = "other_account"
    DAY_UNCERTAIN = "day_uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldEvent:
    """One event as an agency tells it; ``minutes`` is -1 where no time of the day is known."""

    agency_id: UUID
    on: date
    certainty: DateCertainty
    minutes: int
    child: ChildSeen
    about: str
    event: str


def conflicts_of(events: Sequence[ToldEvent]) -> list[dict[UUID, Conflict]]:
    """Return of each event, in their order, with which agencies it conflicts, and in what."""
    found: list[dict[UUID, Conflict]] = [{} for _one in events]
    for one, other in _near(events):
        conflict = conflict_between(events[one], events[other])
        if conflict is not None:
            _keep(found[one], events[other].agency_id, conflict)
            _keep(found[other], events[one].agency_id, conflict)
    return found


def conflict_between(one: ToldEvent, other: ToldEvent) -> Conflict | None:
    """Return in what the two differ, if they do."""
    if one.agency_id == other.agency_id or not _are_about_one(one, other):
        return None
    if _is_certain(one) and _is_certain(other):
        return _of_one_day(one, other)
    if _is_certain(one) == _is_certain(other):
        return None
    certain, uncertain = (one, other) if _is_certain(one) else (other, one)
    return Conflict.DAY_UNCERTAIN if _may_be(uncertain, certain.on) else None


def _of_one_day(one: ToldEvent, other: ToldEvent) -> Conflict | None:
    are_timed = one.minutes >= 0 and other.minutes >= 0
    if one.on != other.on or (are_timed and abs(one.minutes - other.minutes) > APART):
        return None
    if {one.child, other.child} & _SEEN and ChildSeen.NEITHER in {one.child, other.child}:
        return Conflict.SEEN_AND_NOT
    is_same = same_words(one.event) == same_words(other.event)
    return None if is_same else Conflict.OTHER_ACCOUNT


def _may_be(uncertain: ToldEvent, day: date) -> bool:
    """Tell whether the day falls into the time that is given for the event."""
    if uncertain.certainty is DateCertainty.ABOUT:
        return abs(uncertain.on - day) <= ABOUT
    if uncertain.certainty is DateCertainty.MONTH:
        return (uncertain.on.year, uncertain.on.month) == (day.year, day.month)
    return False


def _are_about_one(one: ToldEvent, other: ToldEvent) -> bool:
    return not one.about or not other.about or same_words(one.about) == same_words(other.about)


def _is_certain(event: ToldEvent) -> bool:
    return event.certainty is DateCertainty.CERTAIN


def _near(events: Sequence[ToldEvent]) -> Iterator[tuple[int, int]]:
    """Yield each pair that may conflict once: of one day, or a certain one near one that is not."""
    by_day = defaultdict[date, list[int]](list)
    for at, one in enumerate(events):
        if _is_certain(one):
            by_day[one.on].append(at)
    for same in by_day.values():
        yield from ((one, other) for n, one in enumerate(same) for other in same[n + 1 :])
    for at, one in enumerate(events):
        if not _is_certain(one):
            yield from ((at, other) for day in _days_of(one) for other in by_day.get(day, ()))


def _days_of(uncertain: ToldEvent) -> Iterator[date]:
    """Yield the days around that of an event whose day is not certain: a month each way."""
    if uncertain.certainty is DateCertainty.YEAR:
        return
    for days in range(-31, 32):
        yield date.fromordinal(max(1, uncertain.on.toordinal() + days))


def _keep(found: dict[UUID, Conflict], agency_id: UUID, conflict: Conflict) -> None:
    """Keep the graver of two conflicts with one agency."""
    order = list(Conflict)
    before = found.get(agency_id, conflict)
    found[agency_id] = min(before, conflict, key=order.index)
