"""LC-38: the invitation to a learning event is in a calendar, moves with it, and ends with it."""

from collections import defaultdict
from datetime import UTC, datetime
from email import message_from_bytes
from typing import Any

import pytest
from icalendar import Calendar

from services.casework.steps.learning_event import planning
from services.casework.steps.learning_event.plan import LearningEventPlanned, event_of
from services.casework.steps.local_review import agency_invited, agency_reports
from services.database.cases import get_case
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.learning_event import learning_event_view
from tests.driven import Driven
from tests.learning_factories import SITTING, call_off_learning_event, plan_learning_event
from tests.post_office import Office, deliver_all, office_emails, plain
from tests.report_factories import invite_agency, request_reports, submit_report
from tests.team_factories import meet_as_team
from tests.words import SAID
from tests.world import HOSPITAL, SCHOOL

MANAGER, REVIEWER, WHEN = Role.BUSINESS_MANAGER, Role.LEAD_REVIEWER, "2026-02-03"
SECOND = {"held_on": "2026-03-09", "begins": "9.30", "ends": "12:00", "place": "Room 4"}
OF_EVENTS = ("learning_event_planned", "learning_event_called_off", "report_meeting_called")
INVOLVED = {"post": "Health visitor", "involvement": "Saw the child at home."}


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, meet_as_team)


@pytest.fixture
def office(case, smtp_catcher) -> Office:
    office = Office(case.world)
    office.mailer = plain(smtp_catcher)
    return office


def plan(case: Driven, *agencies: str, **said: Any) -> None:
    invited = tuple({"agency": case.agency(one), **INVOLVED} for one in agencies)
    command = plan_learning_event(case.agency(), invited=invited, **said)
    case.do(planning.plan_learning_event, command, MANAGER, WHEN)


def entries(office: Office, catcher: Any) -> dict[str, list[tuple[str, Any]]]:
    """Deliver what waits; return method and event of each calendar entry, by whom it went to."""
    catcher.forget()
    deliver_all(office)
    found: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for envelope in (one for event in OF_EVENTS for one in office_emails(office, catcher, event)):
        assert b"Robin" not in envelope.content
        assert INVOLVED["post"].encode() not in envelope.content
        (to,) = envelope.rcpt_tos
        for part in message_from_bytes(envelope.content).walk():
            if part.get_content_type() == "text/calendar":
                calendar = Calendar.from_ical(part.get_payload(decode=True))
                (event,) = calendar.walk("VEVENT")
                found[to.partition(".")[0]].append((str(calendar["method"]), event))
    return found


def test_each_sitting_is_an_entry_that_moves_and_is_taken_back(office, case, smtp_catcher):
    """LC-38: the same UID, a higher SEQUENCE; what is dropped or called off is cancelled."""
    plan(case, HOSPITAL, SCHOOL, way="two_half_days", sittings=(SECOND, SITTING))
    sent = entries(office, smtp_catcher)
    assert set(sent) == {"hospital", "school"}
    assert [one for one, _ in sent["school"]] == ["REQUEST"] * 2
    (_, first), (_, second) = sent["hospital"]
    assert first.decoded("dtstart") == datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert first.decoded("dtend") == datetime(2026, 3, 2, 13, 0, tzinfo=UTC)
    assert str(first["location"]) == SITTING["place"]
    assert str(first["summary"]) == f"Learning event {case.row().reference}"
    assert "description" not in first
    assert second.decoded("dtstart") == datetime(2026, 3, 9, 9, 30, tzinfo=UTC)
    assert first["uid"] == sent["school"][0][1]["uid"] != second["uid"]
    moved = {**SITTING, "held_on": "2026-04-13"}
    plan(case, HOSPITAL, sittings=(moved,), why_changed=SAID)
    again = entries(office, smtp_catcher)
    assert [one for one, _ in again["hospital"]] == ["REQUEST", "CANCEL"]
    assert [one for one, _ in again["school"]] == ["CANCEL", "CANCEL"]
    (_, changed), (_, dropped) = again["hospital"]
    assert (changed["uid"], dropped["uid"]) == (first["uid"], second["uid"])
    assert changed.decoded("dtstart") == datetime(2026, 4, 13, 8, 30, tzinfo=UTC), "summer time"
    assert int(changed["sequence"]) > int(first["sequence"])


def test_an_event_that_is_called_off_is_taken_back_and_another_is_another_entry(
    office, case, smtp_catcher
):
    """LC-38: what is planned after it has a UID of its own."""
    plan(case, HOSPITAL)
    ((_, planned),) = entries(office, smtp_catcher)["hospital"]
    case.do(planning.call_off_learning_event, call_off_learning_event(), MANAGER, WHEN)
    ((method, off),) = entries(office, smtp_catcher)["hospital"]
    assert (method, off["uid"]) == ("CANCEL", planned["uid"])
    assert int(off["sequence"]) > int(planned["sequence"])
    plan(case, HOSPITAL)
    ((_, anew),) = entries(office, smtp_catcher)["hospital"]
    assert anew["uid"] != planned["uid"]


def test_a_meeting_about_a_report_is_in_the_agencys_calendar_and_moves(office, case, smtp_catcher):
    """LC-35: an agency that is invited again before the meeting has it moved."""
    asked = request_reports(case.agency(), due=WHEN, wanted=("information_report",))
    case.do(agency_reports.request_reports, asked, MANAGER, WHEN)
    case.do(agency_reports.submit_report, submit_report(), Role.AGENCY_LEAD, WHEN)
    uids = []
    for at, when in (("2026-02-10 10:00", WHEN), ("2026-02-12 10:00", WHEN)):
        said = invite_agency(case.agency(), meeting_at=at)
        case.do(agency_invited.invite_agency, said, REVIEWER, when)
        ((method, event),) = entries(office, smtp_catcher)["hospital"]
        assert method == "REQUEST"
        uids.append((str(event["uid"]), int(event["sequence"])))
    assert uids[0][0] == uids[1][0]
    assert uids[0][1] < uids[1][1]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("sittings.0.ends", {"ends": "09:30"}),
        ("sittings.0.begins", {"held_on": "2026-03-29", "begins": "01:30"}),
    ],
)
def test_a_sitting_ends_after_it_begins_and_at_times_that_there_are(case, field, changed):
    """LC-38, LC-39: clocks go forward over half past one on the last Sunday of March."""
    with pytest.raises(AnswerRefused) as found:
        plan(case, HOSPITAL, sittings=({**SITTING, **changed},))
    assert found.value.field == field
    with pytest.raises(ValueError, match="time of the day"):
        plan_learning_event(case.agency(), sittings=({**SITTING, "begins": "half past nine"},))


def test_a_plan_from_before_times_were_asked_is_read_and_told_in_its_words(case):
    """LC-38: its hours stay as they were said; in a calendar it is not."""
    plan(case, HOSPITAL)
    with case.world.act(MANAGER, WHEN) as work:
        event = event_of(work, get_case(work.session, case.case_id))
    old = event.plan.model_dump(mode="json")
    old["sittings"] = [{"held_on": "2026-03-02", "hours": "09:30 to 13:00", "place": "Room 1"}]
    (kept,) = LearningEventPlanned.model_validate(old).sittings
    assert (kept.when, kept.spell) == ("09:30 to 13:00", None)
    with case.world.act(MANAGER, WHEN) as work:
        view = learning_event_view(work, get_case(work.session, case.case_id))
    assert view.sittings[0] == "Monday 2 March 2026, 09:30 to 13:00: Room 1, Council House"
