"""A bank holiday that is proclaimed or struck out moves the open clocks of every case (C1, P3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import text

from services.calendars import england
from services.casework.effects.clocks import anchors, policy_of
from services.casework.engine.holiday_recounts import LOOKS_AGAIN_FOR
from services.casework.engine.transactions import as_keyline
from services.casework.steps import meeting, scoping, sign_off
from services.casework.steps.bank_holidays import CountAgain, count_again
from services.database.agency_requests import requests
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.dispatches import dispatches
from services.database.history import last_entry
from services.domain.agency_requests import Asked
from services.domain.clocks.counting import due_date
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import NotPermitted
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.timeline import tell
from services.web.view_models.clocks import clock_line
from tests import factories as say
from tests.driven import Driven
from tests.holidays import SOURCE, TITLE, notified, platform
from tests.kept import emails
from tests.reached import reach
from tests.world import HOSPITAL

__all__ = ["platform"]
MANAGER = "business.manager"
BECAUSE = f"Mon 7 Dec 2026 became a bank holiday ({TITLE}; {SOURCE})"


def shown(case: Driven, clock: str) -> str:
    """Return what the case page says of the clock: last day, first last day, why it moved."""
    with case.world.act(Role.BUSINESS_MANAGER, "2026-12-03") as work:
        row = next(one for one in clocks(work.session, case.case_id) if one.clock == clock)
        line = clock_line(work, get_case(work.session, case.case_id), row, {})
        return f"{line.last_day} | {row.first_due} | {line.moved}"


def entry(case: Driven) -> dict[str, object]:
    """Return what the newest entry of moved days says."""
    with case.world.act(Role.BUSINESS_MANAGER, "2026-12-03") as work:
        found = last_entry(work.session, case.case_id, EntryType.LAST_DAYS_MOVED)
        assert found is not None
        return found.command


def test_p3_a_proclaimed_day_moves_the_limit_and_one_struck_out_brings_it_back(platform):
    case = notified(platform.world)
    assert case.due("K10") == "2026-12-16"

    with platform.left(case, "2026-11-30 12:00") as left:
        platform.change(held="2026-12-07")
    assert left.entries == ["last_days_moved"]
    assert left.clocks == ["K10 due 2026-12-17", "K7 due 2026-12-11"]
    assert left.emails == emails("day_moved_later", MANAGER, MANAGER)
    last, first, why = shown(case, "K10").split(" | ")
    assert last == "By the end of Thursday 17 December 2026"
    assert first == "2026-12-16"
    assert why == f"Moved from Wed 16 Dec 2026: {BECAUSE}."
    days = {"before": "2026-12-16", "after": "2026-12-17"}
    nothing = dict.fromkeys(("agency", "opens_before", "opens_after"))
    said = entry(case)
    assert said["holidays"] == [
        {"day": "2026-12-07", "change": "held", "title": TITLE, "source": SOURCE}
    ]
    assert {"clock": "K10", **days, **nothing} in said["clocks"]

    with platform.left(case, "2026-12-02 12:00") as left:
        platform.change(struck_out="2026-12-07")
    assert (case.due("K10"), case.clock("K10")["first_due"]) == ("2026-12-16", "2026-12-16")
    assert left.entries == ["last_days_moved"]
    assert left.emails == emails("day_came_nearer", MANAGER, MANAGER)
    assert "Mon 7 Dec 2026 is no bank holiday any more" in shown(case, "K10")


def test_the_timeline_says_what_moved_and_why_in_plain_words(platform):
    case = notified(platform.world)
    platform.change(held="2026-12-07")
    platform.recount("2026-11-30")
    with case.world.act(Role.BUSINESS_MANAGER, "2026-12-03") as work:
        found = last_entry(work.session, case.case_id, EntryType.LAST_DAYS_MOVED)
        (told,) = tell(work, [found])
    said = {one.label: one.text for one in told.said}
    assert told.who == "Keyline"
    assert said["Bank holiday 1: Where is it published?"] == SOURCE
    assert said["Last day 2: What is to be done"] == "Submit the rapid review to the Panel"
    assert said["Last day 2: Last day now"] == "Thursday 17 December 2026"


def test_counting_again_moves_nothing_and_says_nothing_twice(platform):
    case = notified(platform.world)
    platform.change(held="2026-12-07")
    platform.recount("2026-11-30")
    for when in ("2026-11-30 13:00", "2026-12-01"):
        with platform.left(case, when) as left:
            pass
        assert left.entries == left.emails == left.clocks == []


def test_a_round_that_was_cut_short_goes_on_where_it_was(platform):
    first, second = notified(platform.world), notified(platform.world)
    platform.change(held="2026-12-07")
    with as_keyline(platform.office, platform.world.ours.partnership_id) as work:
        count_again(work, first.case_id, CountAgain())
    assert (first.due("K10"), second.due("K10")) == ("2026-12-17", "2026-12-16")
    with platform.left(second, "2026-11-30") as left:
        pass
    assert left.entries == ["last_days_moved"]
    with platform.left(first, "2026-11-30") as left:
        pass
    assert left.entries == []


def counted_at(platform) -> object:
    question = text("select counted_at from partnerships where tenant_id = :ours")
    with platform.admin.connect() as link:
        ours = {"ours": platform.world.ours.partnership_id}
        return link.execute(question, ours).scalar_one()


def test_a_round_looks_again_for_a_while_and_then_leaves_the_partnership_alone(platform):
    notified(platform.world)
    platform.change(held="2026-12-07")
    platform.recount("2026-11-30")
    first = counted_at(platform)
    platform.recount("2026-11-30")
    assert counted_at(platform) > first
    with platform.admin.begin() as link:
        long = {"long": LOOKS_AGAIN_FOR}
        link.execute(text("update partnerships set counted_at = counted_at + :long"), long)
    settled = counted_at(platform)
    platform.recount("2026-11-30")
    assert counted_at(platform) == settled
    platform.change(held="2026-12-08")
    platform.recount("2026-11-30")
    assert counted_at(platform) != settled


def test_what_is_met_or_ended_is_not_moved(platform):
    case = reach(platform.world, Stage.WITH_PANEL)
    before = {name: case.clock(name) for name in ("K1", "K7", "K8", "K10")}
    with platform.left(case, "2026-01-09") as left:
        platform.change(held="2025-12-31")
    assert {name: case.clock(name) for name in before} == before
    assert left.entries == left.emails == []


def test_what_an_agency_was_asked_follows_its_clock(platform):
    case = notified(platform.world)
    asked = say.request_returns(case.agency())
    case.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, "2026-12-01")
    with platform.left(case, "2026-12-02") as left:
        platform.change(held="2026-12-07")
    assert "submit_return | hospital | 2026-12-09" in left.opened
    assert left.emails == emails("day_moved_later", MANAGER, MANAGER, MANAGER, "hospital.desk")
    with case.world.act(Role.BUSINESS_MANAGER, "2026-12-03") as work:
        (request,) = requests(work.session, case.case_id, Asked.SCOPING_RETURN)
        assert request.due == date(2026, 12, 9)
    moved = [one for one in entry(case)["clocks"] if one["clock"] == "K6"]
    assert [one["agency"] for one in moved] == [str(case.agency(HOSPITAL))]


def test_a_meeting_that_is_too_late_now_is_to_be_set_again(platform):
    platform.change(held="2026-12-07")
    case = notified(platform.world)
    assert case.clock("K7")["due"] == "2026-12-11"
    at_noon = say.set_meeting(meeting_at="2026-12-11 12:00")
    case.do(meeting.set_meeting, at_noon, Role.BUSINESS_MANAGER, "2026-11-26")
    with platform.left(case, "2026-12-02") as left:
        platform.change(struck_out="2026-12-07")
    assert (case.clock("K7")["opens"], case.due("K7")) == ("2026-12-02", "2026-12-10")
    assert left.opened == ["set_meeting | business_manager | 2026-12-10"]


def test_the_window_opens_later_when_a_day_before_it_is_proclaimed(platform):
    case = notified(platform.world)
    with platform.left(case, "2026-11-24") as left:
        platform.change(held="2026-11-30")
    assert (case.clock("K7")["opens"], case.due("K7")) == ("2026-12-03", "2026-12-11")
    assert left.entries == ["last_days_moved"]


def test_a_day_before_publication_brings_the_sending_nearer(platform):
    case = reach(platform.world, Stage.PUBLICATION).plan()
    assert case.due("K12") == "2026-06-24"
    with platform.left(case, "2026-06-10") as left:
        platform.change(held="2026-06-29")
    assert case.due("K12") == "2026-06-23"
    assert "day_came_nearer | business.manager" in left.emails


def test_what_waits_to_be_sent_to_the_panel_follows_its_clock(platform):
    case = Driven(platform.world).decide().notify().scope().meet().propose()
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    assert (case.due("K8"), case.due("K10")) == ("2026-01-02", "2026-01-08")
    with platform.left(case, "2026-01-05 12:00") as left:
        platform.change(held="2026-01-06")
    assert left.opened == ["submit | business_manager | 2026-01-09"]
    with case.world.act(Role.BUSINESS_MANAGER, "2026-01-05") as work:
        assert [one.due for one in dispatches(work.session, case.case_id)] == [date(2026, 1, 9)]


def test_only_keyline_itself_counts_again(platform):
    case = notified(platform.world)
    for role in set(Role) - {Role.SERVICE}:
        actor = replace(platform.world.ours.actor(Role.BUSINESS_MANAGER), role=role)
        with pytest.raises(NotPermitted), platform.world.act(actor, "2026-11-30") as work:
            count_again(work, case.case_id, CountAgain())


DAYS = [
    day
    for number in range(40)
    if (day := date(2026, 11, 24) + timedelta(days=number)).weekday() < 5
    and day not in england().bank_holidays
]


@pytest.mark.slow
def test_after_any_changes_every_open_clock_is_what_a_fresh_count_gives(platform):
    case = notified(platform.world)
    asked = say.request_returns(case.agency())
    case.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, "2026-11-26")
    held: set[date] = set()

    def toggle(day: date) -> None:
        if day in held:
            platform.change(struck_out=day.isoformat())
        else:
            platform.change(held=day.isoformat())
        held.symmetric_difference_update({day})

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(some.lists(some.sampled_from(DAYS), min_size=1, max_size=5), some.booleans())
    def holds(days: list[date], each: bool) -> None:  # noqa: FBT001 -- drawn
        for day in sorted(held):
            toggle(day)
        for day in days:
            toggle(day)
            if each:
                platform.recount("2026-11-26 12:00")
        platform.recount("2026-11-26 12:00")
        assert open_days(case) == fresh_days(case, held)

    holds()


def open_days(case: Driven) -> dict[str, tuple[date | None, date]]:
    """Return the open clocks that count working days, with their days."""
    with case.world.act(Role.BUSINESS_MANAGER, "2026-11-26") as work:
        return {
            one.clock.value: (one.opens, one.due)
            for one in clocks(work.session, case.case_id)
            if one.met_on is None and one.ended_on is None
        }


def fresh_days(case: Driven, held: set[date]) -> dict[str, tuple[date | None, date]]:
    """Count the same clocks afresh, by a calendar that was made without the record."""
    calendar = england()
    for day in held:
        calendar = calendar.with_bank_holiday(day, TITLE)
    with case.world.act(Role.BUSINESS_MANAGER, "2026-11-26") as work:
        row = get_case(work.session, case.case_id)
        known, policy = replace(anchors(row), receipt=date(2026, 11, 26)), policy_of(row)
    counted = {name: due_date(ClockId(name), known, calendar, policy) for name in open_days(case)}
    return {name: (due.opens, due.due) for name, due in counted.items()}
