"""The invitation to a meeting as a calendar reads it: an attached text/calendar part (RFC 5545).

It holds the reference, the moment, the place and, of a meeting with a usual agenda, its points: no
name of anybody. Answers of a calendar come to no mailbox that is read, so none is asked for.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from icalendar import Calendar, Event, vCalAddress

from services.mail import Attachment

_PRODUCT: Final = "-//Keyline//Meetings//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """One version of a meeting in a calendar: its UID stays, its sequence only goes up."""

    uid: str
    sequence: int
    is_cancelled: bool
    made_at: datetime
    begins_at: datetime
    lasts: timedelta
    place: str
    agenda: tuple[str, ...]
    summary: str
    organizer: str
    attendee: str

    @property
    def method(self) -> str:
        """Return what the calendar does with it (RFC 5546)."""
        return "CANCEL" if self.is_cancelled else "REQUEST"


def attached(entry: CalendarEntry) -> Attachment:
    """Return the entry as the part of an email that calendars read."""
    return Attachment(
        filename="meeting.ics",
        media_type="text/calendar",
        parameters={"method": entry.method, "charset": "utf-8"},
        content=_calendar(entry).to_ical(),
    )


def _calendar(entry: CalendarEntry) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", entry.method)
    calendar.add_component(_event(entry))
    return calendar


def _event(entry: CalendarEntry) -> Event:
    begins = entry.begins_at.astimezone(UTC)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.made_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("dtstart", begins)
    event.add("dtend", begins + entry.lasts)
    event.add("summary", entry.summary)
    event.add("location", entry.place)
    if entry.agenda:
        event.add("description", "\n".join(("Agenda", *entry.agenda)))
    event.add("class", "CONFIDENTIAL")
    event.add("organizer", vCalAddress(f"mailto:{entry.organizer}"))
    event.add("attendee", _attendee(entry))
    return event


def _attendee(entry: CalendarEntry) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{entry.attendee}")
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["RSVP"] = "FALSE"
    return attendee
