"""A calendar as other programs read it (RFC 5545): days and meetings, and no word of a case.

What it is written from holds a reference and the kind of day alone, so nothing else can be in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone

from services.domain.working_days import LONDON

_PRODUCT: Final = "-//Keyline//Calendar//EN"
_READ_AGAIN: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
# Summer time as it has been since 1996: programs that know the zone by its name read no further.
_TIME_OF_LONDON: Final = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19960331T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent:
    """A day, or a meeting from one moment to another; its UID stays, its sequence only goes up."""

    uid: str
    sequence: int
    changed_at: datetime
    summary: str
    link: str
    on: date | None = None
    begins_at: datetime | None = None
    lasts: timedelta = timedelta(hours=1)
    is_over: bool = False


def feed_written(name: str, events: Iterable[FeedEvent]) -> bytes:
    """Return the calendar of that name; the same events give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add("refresh-interval", _READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(Timezone.from_ical(_TIME_OF_LONDON.replace("\n", "\r\n")))
    for one in sorted(events, key=lambda each: each.uid):
        calendar.add_component(_event(one))
    return bytes(calendar.to_ical())


def _event(one: FeedEvent) -> Event:
    """Write one event: a day is a date of no zone, a meeting stands in the time of London."""
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.is_over else "CONFIRMED")
    event.add("summary", one.summary)
    event.add("class", "CONFIDENTIAL")
    event.add("url", one.link)
    if one.on is not None:
        event.add("dtstart", one.on)
        event.add("dtend", one.on + _DAY)
        event.add("transp", "TRANSPARENT")
    elif one.begins_at is not None:
        event.add("dtstart", one.begins_at.astimezone(LONDON))
        event.add("dtend", (one.begins_at + one.lasts).astimezone(LONDON))
    return event
