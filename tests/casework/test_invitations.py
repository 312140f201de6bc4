"""RR-42, RR-43: the invitation is a calendar entry that moves and ends with the meeting."""

from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import pytest
from icalendar import Calendar

from services.casework.steps.attendance import attendees, meeting_cancellation
from services.casework.steps.rapid_review import meeting
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.attendance_factories import cancel_meeting, name_attendees
from tests.driven import Driven
from tests.post_office import (
    Office,
    deliver_all,
    office_emails,
    plain,
)
from tests.world import HOSPITAL, SCHOOL

MANAGER, AGENCY = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
CHILD = b"Robin"


def all_are_told(case: Driven) -> None:
    """Leave nothing that waits to be sent to people here."""
    case.mail("2025-12-16")


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW, all_are_told)


@pytest.fixture
def office(case) -> Office:
    return Office(case.world)


def lead(case: Driven, agency: str) -> Actor:
    return case.world.ours.actor(AGENCY, agency=agency)


def name(case: Driven, *people: Actor) -> None:
    listed = name_attendees(*(one.person_id for one in people))
    case.do(attendees.name_attendees, listed, MANAGER, "2025-12-16")


def set_meeting(case: Driven, when: str) -> None:
    command = say.set_meeting(meeting_at=when, place="Room 2, Riverside House")
    case.do(meeting.set_meeting, command, MANAGER, "2025-12-16")


def newly_sent(office: Office, catcher: Any) -> dict[str, tuple[str, Any]]:
    """Deliver what waits; return method and event of each calendar entry, by whom it went to."""
    catcher.forget()
    deliver_all(office)
    sent = [
        *office_emails(office, catcher, "meeting_set"),
        *office_emails(office, catcher, "meeting_cancelled"),
    ]
    found = {}
    for envelope in sent:
        assert CHILD not in envelope.content
        raw = message_from_bytes(envelope.content)
        (part,) = (one for one in raw.walk() if one.get_content_type() == "text/calendar")
        calendar = Calendar.from_ical(part.get_payload(decode=True))
        assert part.get_param("method") == str(calendar["method"])
        (event,) = calendar.walk("VEVENT")
        (to,) = envelope.rcpt_tos
        assert str(event["attendee"]) == f"mailto:{to}"
        found[to.partition("@")[0]] = (str(calendar["method"]), event)
    return found


@pytest.fixture
def meeting_of_two(office, case, smtp_catcher) -> Driven:
    """A meeting that the leads of two agencies are invited to, in an office that sends by SMTP."""
    office.mailer = plain(smtp_catcher)
    deliver_all(office)
    name(case, lead(case, HOSPITAL), lead(case, SCHOOL))
    set_meeting(case, "2025-12-30 14:00")
    return case


def test_each_attendee_is_sent_the_meeting_as_a_calendar_entry(
    office, meeting_of_two, smtp_catcher
):
    sent = newly_sent(office, smtp_catcher)
    assert set(sent) == {"hospital", "school"}
    method, event = sent["hospital"]
    assert method == "REQUEST"
    assert event.decoded("dtstart") == datetime(2025, 12, 30, 14, 0, tzinfo=UTC)
    assert str(event["location"]) == "Room 2, Riverside House"
    assert str(event["summary"]) == f"Rapid review meeting {meeting_of_two.row().reference}"
    assert event["uid"] == sent["school"][1]["uid"]


def test_the_entry_moves_with_the_meeting_and_is_taken_back_from_who_is_off_the_list(
    office, meeting_of_two, smtp_catcher
):
    _method, first = newly_sent(office, smtp_catcher)["school"]
    set_meeting(meeting_of_two, "2026-01-05 09:30")
    moved_for = newly_sent(office, smtp_catcher)
    assert [method for method, _event in moved_for.values()] == ["REQUEST"] * 2
    moved = moved_for["school"][1]
    assert (moved["uid"], moved["sequence"] > first["sequence"]) == (first["uid"], True)
    assert moved.decoded("dtstart") == datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
    name(meeting_of_two, lead(meeting_of_two, HOSPITAL))
    off = newly_sent(office, smtp_catcher)
    assert {who: method for who, (method, _event) in off.items()} == {"school": "CANCEL"}
    gone = off["school"][1]
    assert (gone["uid"], gone["sequence"] > moved["sequence"]) == (first["uid"], True)
    assert str(gone["status"]) == "CANCELLED"


def test_every_entry_is_taken_back_where_the_meeting_is_called_off(
    office, meeting_of_two, smtp_catcher
):
    newly_sent(office, smtp_catcher)
    off = (meeting_cancellation.cancel_meeting, cancel_meeting(), MANAGER, "2025-12-16")
    meeting_of_two.do(*off)
    told = newly_sent(office, smtp_catcher)
    assert {who: method for who, (method, _event) in told.items()} == dict.fromkeys(
        ("hospital", "school"), "CANCEL"
    )
    assert meeting_of_two.row().meeting_at is None
    assert "set_meeting" in {one.todo.value for one in meeting_of_two.turns()}
    with pytest.raises(StepNotOpen):
        meeting_of_two.do(*off)


def test_the_place_of_a_meeting_names_no_child(case):
    named = say.set_meeting(place="At the home of  robin EXAMPLE")
    with pytest.raises(AnswerRefused, match="name out"):
        case.do(meeting.set_meeting, named, MANAGER, "2025-12-16")
