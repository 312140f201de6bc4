"""A calendar holds the days and meetings that its reader may see: references and kinds, no more."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from services.casework.calendar_feeds.addresses import kinds_for
from services.casework.calendar_feeds.days import calendar_of
from services.casework.steps.attendance import meeting_cancellation
from services.casework.steps.local_review import agency_invited, agency_reports
from services.casework.steps.rapid_review import meeting
from services.casework.steps.scoping import scoping
from services.database.clocks import clocks
from services.domain.calendar_feeds import PAST, TOLD_AFTER_THE_END, FeedKind
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests import factories
from tests.attendance_factories import cancel_meeting
from tests.driven import Driven
from tests.report_factories import invite_agency, request_reports, submit_report
from tests.statements import sent_by
from tests.world import HOSPITAL, SCHOOL, World

MANAGER, PARTNER, SITE = Role.BUSINESS_MANAGER, Role.SAFEGUARDING_PARTNER, "https://k.example"
OWN, ALL = FeedKind.OWN, FeedKind.PARTNERSHIP
WHEN = "2025-12-17 09:00"
SOON = "2025-12-15 12:00"


def read(case: Driven, who: Any, kind: FeedKind, when: str = WHEN, **where: Any) -> dict[str, Any]:
    """Return the events of the calendar by their UIDs."""
    with case.world.act(who, when, **where) as work:
        content = calendar_of(work, kind, SITE)
        assert content == calendar_of(work, kind, SITE)
    found = Calendar.from_ical(content).walk("VEVENT")
    assert len({str(one["uid"]) for one in found}) == len(found)
    assert b"Robin" not in content
    return {str(one["uid"]): one for one in found}


def summaries(found: dict[str, Any]) -> list[str]:
    return sorted(str(one["summary"]) for one in found.values())


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.RAPID_REVIEW)


@pytest.fixture
def met(case) -> Driven:
    case.do(meeting.set_meeting, factories.set_meeting(), MANAGER, WHEN)
    return case


def meeting_of(found: dict[str, Any]) -> Any:
    (one,) = (event for uid, event in found.items() if ".meeting@" in uid)
    return one


def test_the_partnerships_calendar_has_every_limit_that_runs_as_a_date(case):
    found, reference = read(case, MANAGER, ALL), case.row().reference
    with case.world.act(MANAGER, WHEN) as work:
        found_running = clocks(work.session, case.case_id)
        running = [(one.id, one.due, one.duty) for one in found_running if one.runs]
    days = {uid: event for uid, event in found.items() if uid.startswith("clock.")}
    told = {uid for uid, event in days.items() if event["status"] == "CONFIRMED"}
    assert told == {f"clock.{clock}@keyline.invalid" for clock, _due, _duty in running}
    for clock, due, duty in running:
        event = found[f"clock.{clock}@keyline.invalid"]
        assert event.decoded("dtstart") == due
        assert str(event["summary"]) == f"{reference}: last day: {duty}"
        assert str(event["url"]) == f"{SITE}/cases/{case.case_id}"


def test_a_limit_that_is_met_is_told_as_cancelled_and_then_left_out(case):
    with case.world.act(MANAGER, WHEN) as work:
        found = clocks(work.session, case.case_id)
        ((ended, met_on),) = ((one.id, one.met_on) for one in found if one.clock == "K1")
    uid = f"clock.{ended}@keyline.invalid"
    assert read(case, MANAGER, ALL)[uid]["status"] == "CANCELLED"
    over = met_on + TOLD_AFTER_THE_END + timedelta(days=1)
    assert uid not in read(case, MANAGER, ALL, f"{over} 09:00")


def test_ones_own_calendar_has_what_one_is_asked_and_the_limits_of_ones_own_duty(world: World):
    """A task and the limit that it serves stand there once; a partner has none of the manager's."""
    case = Driven(world).decide().notify()
    mine = [one for one in read(case, MANAGER, OWN, SOON).values() if one["status"] == "CONFIRMED"]
    assert any("Send the scoping forms" in str(one["summary"]) for one in mine)
    assert not any("last day: Send the scoping form " in str(one["summary"]) for one in mine)
    assert any("last day: Submit the rapid review" in str(one["summary"]) for one in mine)
    partner = read(case, PARTNER, OWN, SOON, seat=Seat.POLICE)
    assert not any("coping" in one for one in summaries(partner))


def test_a_task_that_is_done_is_told_as_cancelled_under_its_uid(world: World):
    case = Driven(world).decide().notify()
    before = {uid for uid in read(case, MANAGER, OWN, SOON) if uid.startswith("task.")}
    case.scope()
    after = read(case, MANAGER, OWN, "2025-12-20 09:00")
    over = {uid for uid in before if uid in after and after[uid]["status"] == "CANCELLED"}
    assert over
    assert all(uid in after for uid in before)


def test_a_meeting_moves_with_a_higher_number_and_is_told_as_cancelled(met):
    """Of it there is the moment and the kind; its place is words that somebody typed."""
    first = meeting_of(read(met, MANAGER, ALL))
    assert str(first["summary"]) == f"{met.row().reference}: Rapid review meeting"
    assert "location" not in first
    assert "attendee" not in first
    assert first.decoded("dtstart") == met.row().meeting_at
    moved = factories.set_meeting(meeting_at="2025-12-29")
    met.do(meeting.set_meeting, moved, MANAGER, "2025-12-18 09:00")
    second = meeting_of(read(met, MANAGER, ALL, "2025-12-18 10:00"))
    assert second["uid"] == first["uid"]
    assert second["sequence"] > first["sequence"]
    assert second.decoded("dtstart") != first.decoded("dtstart")
    called_off = cancel_meeting()
    met.do(meeting_cancellation.cancel_meeting, called_off, MANAGER, "2025-12-19 09:00")
    third = meeting_of(read(met, MANAGER, ALL, "2025-12-19 10:00"))
    assert (third["status"], third["uid"]) == ("CANCELLED", first["uid"])
    assert third["sequence"] > second["sequence"]


def test_a_meeting_is_in_the_own_calendar_of_who_is_invited_or_calls_it(met):
    for who, where in ((MANAGER, {}), (PARTNER, {"seat": Seat.POLICE})):
        assert meeting_of(read(met, who, OWN, **where))["status"] == "CONFIRMED"
    scrutineer = read(met, Role.INDEPENDENT_SCRUTINEER, OWN)
    assert not [uid for uid in scrutineer if ".meeting@" in uid]


def test_a_meeting_that_was_held_long_ago_is_left_out(met):
    on = met.row().meeting_at + PAST
    assert not [uid for uid in read(met, MANAGER, ALL, f"{on:%Y-%m-%d} 23:00") if "meeting" in uid]


def test_the_meeting_about_a_report_is_in_the_agencys_own_calendar(case_at):
    case = case_at(Stage.LOCAL_REVIEW)
    case.do(agency_reports.request_reports, request_reports(case.agency()), MANAGER, "2026-02-03")
    case.do(
        agency_reports.submit_report,
        submit_report(),
        Role.AGENCY_LEAD,
        "2026-02-03",
        agency=HOSPITAL,
    )
    case.do(
        agency_invited.invite_agency,
        invite_agency(case.agency()),
        Role.LEAD_REVIEWER,
        "2026-02-03 09:00",
    )
    theirs = read(case, Role.AGENCY_LEAD, OWN, "2026-02-03 10:00", agency=HOSPITAL)
    assert any("Meeting about an agency" in one for one in summaries(theirs))
    others = read(case, Role.AGENCY_LEAD, OWN, "2026-02-03 10:00", agency=SCHOOL)
    assert not any("Meeting about an agency" in one for one in summaries(others))


def test_nothing_of_a_case_is_there_before_its_reader_declared_or_elsewhere(world: World):
    case = Driven(world, all_declare=False)
    assert read(case, PARTNER, ALL, "2025-12-12 12:00", seat=Seat.POLICE) == {}
    with world.act(world.theirs.actor(MANAGER), "2025-12-12 12:00") as work:
        assert b"VEVENT" not in calendar_of(work, ALL, SITE)


def test_an_agency_reads_its_own_days_alone(world: World):
    case = Driven(world).decide().notify()
    case.do(scoping.request_returns, factories.request_returns(case.agency()), MANAGER, SOON)
    found = read(case, Role.AGENCY_LEAD, OWN, SOON, agency=HOSPITAL)
    assert found
    assert all("scoping" in one.lower() for one in summaries(found))


def test_who_has_which_calendar(world: World):
    kinds = {role: kinds_for(world.ours.actor(role)) for role in (MANAGER, Role.AGENCY_LEAD)}
    assert kinds == {MANAGER: (OWN, ALL), Role.AGENCY_LEAD: (OWN,)}
    assert kinds_for(world.ours.actor(Role.OPERATIONS)) == ()


def test_many_cases_cost_as_many_questions_as_one(met):
    def asked(kind: FeedKind) -> int:
        with met.world.act(MANAGER, WHEN) as work, sent_by(met.world.engine) as statements:
            calendar_of(work, kind, SITE)
        return len(statements)

    before = {kind: asked(kind) for kind in FeedKind}
    for _ in range(3):
        other = Driven(met.world).decide().notify().scope()
        other.do(meeting.set_meeting, factories.set_meeting(), MANAGER, WHEN)
    assert {kind: asked(kind) for kind in FeedKind} == before
