"""A bank holiday that is proclaimed or struck out moves the open clocks of every case (C1, P3)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from services.casework.engine.holiday_recounts import LOOKS_AGAIN_FOR, recount
from services.casework.engine.transactions import as_keyline
from services.casework.steps.bank_holidays import CountAgain, count_again
from services.casework.steps.rapid_review import meeting
from services.casework.steps.scoping import scoping
from services.database.agency_requests import requests
from services.database.assignments import open_assignments
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.dispatches import dispatches
from services.database.history import last_entry
from services.database.outbox import case_emails
from services.domain.agency_requests import Asked
from services.domain.entry_types import EntryType
from services.domain.errors import NotPermitted
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.timeline import tell
from services.web.view_models.clocks import clock_line
from tests import factories as say
from tests.driven import Driven
from tests.holidays import SOURCE, TITLE, Platform, notified, platform_of
from tests.joint_together import Together
from tests.kept import emails
from tests.post_office import Office, deliver_all
from tests.reached import decision_signed
from tests.world import HOSPITAL

__all__ = ["platform_of"]
MANAGER = "business.manager"
BECAUSE = f"Mon 7 Dec 2026 became a bank holiday ({TITLE}; {SOURCE})"


@pytest.fixture
def case(ready_by) -> Driven:
    """A case that was notified on Wednesday 25 November 2026."""
    return ready_by(notified)


@pytest.fixture
def platform(case, platform_of) -> Platform:
    """The platform on which that case is, and whose bank holidays no other test changes."""
    return platform_of(case.world)


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


def test_p3_a_proclaimed_day_moves_the_limit_and_one_struck_out_brings_it_back(platform, case):
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
    nothing = dict.fromkeys(("step", "agency", "opens_before", "opens_after"))
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


def test_the_timeline_says_what_moved_and_why_in_plain_words(platform, case):
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


def test_counting_again_moves_nothing_and_says_nothing_twice(platform, case):
    platform.change(held="2026-12-07")
    platform.recount("2026-11-30")
    for when in ("2026-11-30 13:00", "2026-12-01"):
        with platform.left(case, when) as left:
            pass
        assert left.entries == left.emails == left.clocks == []


def test_a_round_that_was_cut_short_goes_on_where_it_was(platform, case):
    first, second = case, notified(platform.world)
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


def test_a_round_takes_so_many_cases_and_the_next_one_the_others(platform, case):
    cases, ours = [case, *(notified(platform.world) for _ in range(2))], platform.world.ours
    platform.change(held="2026-12-07")
    for moved, is_done in ((2, False), (3, True)):
        recount(platform.office, ours.partnership_id, at_most=2)
        assert sum(one.due("K10") == "2026-12-17" for one in cases) == moved
        assert (counted_at(platform) is not None) is is_done


def test_a_round_looks_again_for_a_while_and_then_leaves_the_partnership_alone(platform):
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


def test_a_clock_of_an_act_that_began_before_the_approval_is_found_by_the_next_round(
    platform, case
):
    with case.world.act(Role.BUSINESS_MANAGER, "2026-12-01") as work:
        assert work.calendar.is_working_day(date(2026, 12, 7))
        platform.change(held="2026-12-07")
        platform.recount("2026-12-01")
        scoping.request_returns(work, case.case_id, say.request_returns(case.agency()))
    agency = str(case.agency())
    assert case.due("K6", agency) == "2026-12-08"
    platform.recount("2026-12-01")
    assert case.due("K6", agency) == "2026-12-09"


def test_the_emails_say_the_day_in_plain_words_and_name_no_holiday(platform, case):
    office = Office(platform.world, when="2026-11-30")
    deliver_all(office)
    already = len(office.mailer.emails)
    platform.change(held="2026-12-07")
    platform.recount("2026-11-30")
    deliver_all(office)
    told = [one for one in office.mailer.emails[already:] if "submit" in one.body_text]
    (email,) = told
    assert email.subject.startswith("Now due Thursday 17 December 2026, ")
    assert "moved later: it is now Thursday 17 December 2026" in email.body_text
    assert "because the bank holidays changed" in email.body_text
    assert TITLE not in email.body_text
    assert case.row().reference in email.subject


def test_what_is_met_or_ended_is_not_moved(case_at, platform_of):
    case = case_at(Stage.WITH_PANEL)
    platform = platform_of(case.world)
    before = {name: case.clock(name) for name in ("K1", "K7", "K8", "K10")}
    with platform.left(case, "2026-01-09") as left:
        platform.change(held="2025-12-31")
    assert {name: case.clock(name) for name in before} == before
    assert left.entries == left.emails == []


def test_what_an_agency_was_asked_follows_its_clock(platform, case):
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


def test_a_meeting_that_is_too_late_now_is_to_be_set_again(ready_cases, platform_of):
    platform = platform_of(ready_cases.world())
    platform.change(held="2026-12-07")
    case = notified(platform.world)
    assert case.clock("K7")["due"] == "2026-12-11"
    at_noon = say.set_meeting(meeting_at="2026-12-11 12:00")
    case.do(meeting.set_meeting, at_noon, Role.BUSINESS_MANAGER, "2026-11-26")
    with platform.left(case, "2026-12-02") as left:
        platform.change(struck_out="2026-12-07")
    assert (case.clock("K7")["opens"], case.due("K7")) == ("2026-12-02", "2026-12-10")
    assert left.opened == ["set_meeting | business_manager | 2026-12-10"]


def test_the_window_opens_later_when_a_day_before_it_is_proclaimed(platform, case):
    with platform.left(case, "2026-11-24") as left:
        platform.change(held="2026-11-30")
    assert (case.clock("K7")["opens"], case.due("K7")) == ("2026-12-03", "2026-12-11")
    assert left.entries == ["last_days_moved"]


def test_a_day_before_publication_brings_the_sending_nearer(case_at, platform_of):
    case = case_at(Stage.PUBLICATION).plan()
    platform = platform_of(case.world)
    assert case.due("K12") == "2026-06-24"
    with platform.left(case, "2026-06-10") as left:
        platform.change(held="2026-06-29")
    assert case.due("K12") == "2026-06-23"
    assert "day_came_nearer | business.manager" in left.emails
    steps = {one.subject: one.last_day for one in case.turns() if one.todo == "publication_step"}
    assert steps["family"] == steps["partners"] == date(2026, 6, 23)
    assert steps["media"] == date(2026, 7, 2)


def test_what_waits_to_be_sent_to_the_panel_follows_its_clock(case_at, platform_of):
    case = case_at(Stage.RAPID_REVIEW, decision_signed)
    platform = platform_of(case.world)
    assert (case.due("K8"), case.due("K10")) == ("2026-01-02", "2026-01-08")
    with platform.left(case, "2026-01-05 12:00") as left:
        platform.change(held="2026-01-06")
    assert left.opened == ["submit | business_manager | 2026-01-09"]
    with case.world.act(Role.BUSINESS_MANAGER, "2026-01-05") as work:
        assert [one.due for one in dispatches(work.session, case.case_id)] == [date(2026, 1, 9)]


def asked_over_there(together: Together) -> tuple[list[date | None], int]:
    """Return until when they are to sign over there, and how many emails they were sent."""
    manager = together.theirs.actor(Role.BUSINESS_MANAGER)
    with together.world.act(manager, together.when) as work:
        found = open_assignments(work.session, together.theirs_case)
        days = [one.last_day for one in found if one.todo is Todo.SIGN_RAPID_REVIEW]
        return days, len(case_emails(work.session, together.theirs_case))


def test_in_a_joint_review_those_who_sign_over_there_are_given_the_new_day(
    ready_cases, platform_of
):
    platform = platform_of(ready_cases.world())
    together = Together(platform.world).put()
    together.sign_theirs(Seat.POLICE)
    days, sent = asked_over_there(together)
    assert days == [date(2026, 1, 8)] * 2
    platform.change(held="2026-01-06")
    recount(together.desk(), together.world.ours.partnership_id)
    together.settle()
    assert asked_over_there(together) == ([date(2026, 1, 9)] * 2, sent)


def test_only_keyline_itself_counts_again(platform, case):
    for role in set(Role) - {Role.SERVICE}:
        actor = replace(platform.world.ours.actor(Role.BUSINESS_MANAGER), role=role)
        with pytest.raises(NotPermitted), platform.world.act(actor, "2026-11-30") as work:
            count_again(work, case.case_id, CountAgain())
