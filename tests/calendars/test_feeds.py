"""A calendar reads back what it was written from, whatever the days."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from services.calendars.feeds import FeedEvent, feed_written
from services.domain.working_days import LONDON

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(lambda far: FIRST + timedelta(minutes=far))
WORDS = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc")),
    min_size=1,
    max_size=90,
)


@st.composite
def events(draw: st.DrawFn, uid: str = "") -> FeedEvent:
    about = {
        "uid": uid or draw(st.uuids().map(str)),
        "sequence": draw(st.integers(0, 10_000)),
        "changed_at": draw(MOMENTS),
        "summary": draw(WORDS),
        "link": "https://keyline.example/cases/1",
        "is_over": draw(st.booleans()),
    }
    if draw(st.booleans()):
        return FeedEvent(on=draw(st.dates(FIRST.date())), **about)
    lasts = timedelta(minutes=draw(st.integers(15, 2_000)))
    return FeedEvent(begins_at=draw(MOMENTS), lasts=lasts, **about)


@settings(max_examples=60)
@given(st.lists(events(), max_size=8, unique_by=lambda one: one.uid))
def test_what_is_written_reads_back(written):
    content = feed_written("Keyline", written)
    assert content == feed_written("Keyline", reversed(written))
    read = {str(one["uid"]): one for one in Calendar.from_ical(content).walk("VEVENT")}
    assert set(read) == {one.uid for one in written}
    for one in written:
        event = read[one.uid]
        assert str(event["summary"]) == one.summary
        assert event["sequence"] == one.sequence
        assert event["status"] == ("CANCELLED" if one.is_over else "CONFIRMED")
        assert event.decoded("dtstamp") == one.changed_at
        begins = event.decoded("dtstart")
        if one.on is not None:
            assert (begins, event.decoded("dtend")) == (one.on, one.on + timedelta(days=1))
        else:
            assert begins == one.begins_at
            assert event.decoded("dtend") == one.begins_at + one.lasts
            assert begins.utcoffset() == one.begins_at.astimezone(LONDON).utcoffset()


def test_a_meeting_stands_in_the_time_of_london_and_a_day_in_none():
    about = {"sequence": 1, "changed_at": datetime(2026, 1, 2, tzinfo=UTC), "link": "x"}
    begins_at = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
    meeting = FeedEvent(uid="m", summary="A meeting", begins_at=begins_at, **about)
    day = FeedEvent(uid="d", summary="A day", on=begins_at.date(), **about)
    said = feed_written("Keyline", (meeting, day)).decode()
    assert "DTSTART;TZID=Europe/London:20260701T100000" in said
    assert "BEGIN:VTIMEZONE" in said
    assert "DTSTART;VALUE=DATE:20260701" in said
    assert "METHOD:PUBLISH" in said
