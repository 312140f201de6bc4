"""Whoever must do something is told in time and once, and told again once when it is late (P8)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import event, text

from services.casework import practice_clock
from services.casework.engine import periodic_jobs
from services.casework.engine.periodic_jobs import (
    remind_all,
    run_if_worker_is_down,
    run_in_turn,
    run_periodic_jobs,
)
from services.casework.engine.reminders import enqueue_reminders
from services.casework.practice_clock import MovePracticeClock
from services.casework.steps.rapid_review import meeting
from services.casework.steps.referral import referral
from services.casework.steps.scoping import scoping
from services.database import ticks
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.storage import new_name
from tests import factories
from tests.driven import Driven
from tests.post_office import Office, ids, office, once_each, our_world
from tests.statements import sent_by
from tests.world import HOSPITAL, SCHOOL, at

__all__ = ["office", "our_world"]
NEAR, PASSED = EmailTrigger.DEADLINE_NEAR.value, EmailTrigger.DEADLINE_PASSED.value


def reminded(office: Office, case: Driven, when: str) -> list[str]:
    """Make the round on that day; return the new reminders of duties: kind, matter, whom."""
    before = {one.key for one in office.emails(case.case_id)}
    office.when = when
    remind_all(office)
    return sorted(
        f"{one.event} | {one.content['matter']} | {one.address.partition('@')[0]}"
        for one in office.emails(case.case_id)
        if one.key not in before and "told" not in one.event.value
    )


@pytest.fixture
def notified(case_at) -> Driven:
    """Notified on Monday 15 December 2025: the rapid review is due on 8 January 2026."""
    return case_at(Stage.RAPID_REVIEW, Driven.meet)


@pytest.fixture
def courier(notified) -> Office:
    return Office(notified.world)


def days(office: Office, case: Driven, first: str, last: str) -> dict[str, list[str]]:
    """Make the round on each day; return the days on which something was said."""
    day, said = at(first), {}
    while day <= at(last):
        when = f"{day:%Y-%m-%d}"
        if found := reminded(office, case, when):
            said[when] = found
        day += timedelta(days=1)
    return said


def test_the_rapid_reviews_warnings_come_once_each_on_their_days_and_its_lateness_once(
    courier, notified
):
    said = days(courier, notified, "2025-12-31", "2026-01-12")
    mine = {when: [line for line in lines if "| submit |" in line] for when, lines in said.items()}
    assert {when: lines for when, lines in mine.items() if lines} == {
        "2025-12-31": [f"{NEAR} | submit | business.manager"],
        "2026-01-06": [f"{NEAR} | submit | business.manager"],
        "2026-01-07": [f"{NEAR} | submit | business.manager"],
        "2026-01-09": [f"{PASSED} | submit | business.manager"],
    }


def test_warnings_that_were_slept_through_are_made_up_for_by_one(courier, notified):
    found = reminded(courier, notified, "2026-01-06")
    assert len([line for line in found if "| submit |" in line]) == 1
    assert reminded(courier, notified, "2026-01-06") == []


def test_what_passed_while_nobody_looked_is_told_once(courier, notified):
    found = reminded(courier, notified, "2026-03-02")
    assert f"{PASSED} | submit | business.manager" in found
    assert not [line for line in found if line.startswith(NEAR) and "submit" in line]
    assert reminded(courier, notified, "2026-03-03") == []


def test_each_duty_is_told_to_whoever_has_it(office, our_world):
    case = Driven(our_world, factories.refer(aware_at="2025-12-12 10:30"))
    asked = factories.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, "2025-12-15")
    found = reminded(office, case, "2026-01-30")
    told = {(line.split(" | ")[1], line.split(" | ")[2]) for line in found}
    assert ("notify", "notifier") in told
    assert ("return_scoping", "hospital.desk") in told
    assert ("return_scoping", "school.desk") in told
    assert not [whom for _, whom in told if whom.startswith(("probation", "police", "operations"))]
    assert ("notify", "business.manager") in told, "a late duty is the manager's too"


def test_a_meeting_is_warned_of_while_it_has_no_date(office, our_world):
    """K7: from the second working day of the referral until the date is set, and not after."""
    line = f"{NEAR} | set_meeting | business.manager"
    case, dated = Driven(our_world), Driven(our_world)
    dated.do(meeting.set_meeting, factories.set_meeting(), Role.BUSINESS_MANAGER, "2025-12-15")
    assert line not in reminded(office, case, "2025-12-15")
    assert line in reminded(office, case, "2025-12-16")
    held = [one for one in office.emails(dated.case_id) if one.content["matter"] == "set_meeting"]
    assert held == []


def test_each_action_is_told_to_its_owner(case_at):
    case = case_at(Stage.EMBEDDING)
    office = Office(case.world)
    case.agree_on(factories.propose_plan(case.agency(HOSPITAL)))
    said = days(office, case, "2026-10-30", "2026-11-03")
    line = f"{NEAR} | complete_action | hospital.desk"
    assert [when for when, lines in said.items() if line in lines] == ["2026-11-01"]


def test_a_closed_case_is_silent_for_ever(case_at):
    case = case_at(Stage.CLOSED)
    office = Office(case.world)
    for when in ("2026-10-02", "2027-07-04", "2035-01-04"):
        assert reminded(office, case, when) == []


def test_a_day_that_was_moved_after_it_had_passed_is_told_again_when_it_passes_again(
    courier, notified
):
    reminded(courier, notified, "2026-01-09")
    with courier.world.act(Role.BUSINESS_MANAGER) as work:
        work.session.execute(
            text("update running_clocks set due = '2026-01-12' where clock = 'K10'")
        )
    assert f"{PASSED} | submit | business.manager" in reminded(courier, notified, "2026-01-13")


def test_a_round_with_nothing_to_say_asks_the_database_little_however_many_clocks_run(office):
    for _ in range(5):
        Driven(office.world).decide().notify()
    office.when = "2026-01-06"
    remind_all(office)
    with office.world.act(Role.BUSINESS_MANAGER, "2026-01-06") as work:
        asked: list[str] = []
        event.listen(
            work.session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2])
        )
        enqueue_reminders(work)
        work.session.flush()
    # Holidays in force, leads, lateness, unanswered requests, silences and plans are six of them.
    assert len(asked) <= 11, asked


# The practice clock.


def move(office: Office, to: str | None, who: Role = Role.BUSINESS_MANAGER) -> None:
    command = MovePracticeClock(to=at(to) if to else None)
    practice_clock.move_practice_clock(office.world.ours.actor(who), office, command)


def test_a_partnership_on_its_practice_clock_is_reminded_in_its_own_time(courier, notified):
    move(courier, "2026-01-09")
    found = reminded(courier, notified, "2025-12-16")
    assert f"{PASSED} | submit | business.manager" in found


def test_the_other_partnership_stays_in_the_present(office):
    move(office, "2026-01-08")
    theirs = office.world.theirs.actor(Role.BUSINESS_MANAGER)
    with office.world.act(theirs, "2025-12-16") as work:
        assert f"{work.today}" == "2025-12-16"
    with office.world.act(Role.BUSINESS_MANAGER, "2025-12-17") as work:
        assert f"{work.today}" == "2026-01-09"


def test_moved_twice_it_counts_from_the_real_time_and_empty_goes_back_to_it(office):
    for to in ("2026-06-01", "2025-11-03"):
        move(office, to)
        with office.world.act(Role.BUSINESS_MANAGER, "2025-12-16") as work:
            assert f"{work.today}" == to
    move(office, None)
    with office.world.act(Role.BUSINESS_MANAGER, "2025-12-16") as work:
        assert f"{work.today}" == "2025-12-16"


def test_the_practice_clock_is_refused_to_others_too_far_and_to_a_real_partnership(office):
    with pytest.raises(NotPermitted):
        move(office, "2026-01-08", who=Role.REVIEW_GROUP_CHAIR)
    with pytest.raises(AnswerRefused, match="three years"):
        move(office, "2029-01-08")
    with office.world.act(Role.BUSINESS_MANAGER) as work:
        work.partnership.is_demonstration = False
        work.session.add(work.partnership)
    with pytest.raises(RuleBroken, match="demonstration"):
        move(office, "2026-01-08")


# The tick.


def age_the_tick(office: Office, seconds: float) -> None:
    with office.engine.begin() as link:
        link.execute(
            text("update ticks set made_at = clock_timestamp() - make_interval(secs => :old)"),
            {"old": seconds},
        )


def test_two_that_tick_at_once_say_and_send_everything_once(courier, notified):
    courier.when = "2026-01-06"
    age_the_tick(courier, 3600)
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda _: run_periodic_jobs(courier), range(4)))
        list(crowd.map(lambda _: remind_all(courier), range(4)))
    run_periodic_jobs(courier)
    assert NEAR in {one.event for one in courier.emails(notified.case_id)}
    assert set(ids(courier.mailer.emails).values()) == {1}
    assert once_each(courier, notified).keys() <= ids(courier.mailer.emails).keys()


def test_reminders_are_made_every_so_often_and_emails_at_each_tick(courier, notified):
    age_the_tick(courier, 3600)
    courier.when = "2025-12-16"
    run_periodic_jobs(courier)
    courier.when = "2026-01-06"
    run_periodic_jobs(courier)
    events = {one.event for one in courier.emails(notified.case_id)}
    assert NEAR not in events, "the round was made just before"
    age_the_tick(courier, periodic_jobs.JOBS["reminders"].every + 1)
    run_periodic_jobs(courier)
    assert NEAR in {one.event for one in courier.emails(notified.case_id)}


def test_the_processes_of_a_worker_take_turns(courier, notified):
    age_the_tick(courier, periodic_jobs.A_TURN + 1)
    run_in_turn(courier)
    sent = len(courier.emails(notified.case_id))
    assert len(courier.mailer.emails) == sent > 0, "one of them does it"
    courier.when = "2026-01-06"
    remind_all(courier)
    ticks.claim(courier.engine, periodic_jobs.TICK, 0)
    run_in_turn(courier)
    assert len(courier.mailer.emails) == sent, "it was another's turn just before"
    age_the_tick(courier, periodic_jobs.A_TURN + 1)
    run_in_turn(courier)
    assert len(courier.mailer.emails) > sent


def test_whoever_stands_by_ticks_only_when_the_tick_is_old(courier, notified):
    ticks.claim(courier.engine, periodic_jobs.TICK, 0)
    run_if_worker_is_down(courier)
    assert courier.mailer.emails == []
    age_the_tick(courier, periodic_jobs.STAND_BY_AFTER + 1)
    run_if_worker_is_down(courier)
    assert len(courier.mailer.emails) == len(courier.emails(notified.case_id))
    age = ticks.age(courier.engine, periodic_jobs.TICK)
    assert age is not None
    assert age < periodic_jobs.STAND_BY_AFTER


def test_orphans_are_swept_every_few_hours(office):
    age_the_tick(office, 3600)
    run_periodic_jobs(office)
    orphan = new_name(office.world.ours.partnership_id)
    office.store.put(orphan, b"x", sha256=sha256(b"x").hexdigest())
    run_periodic_jobs(office)
    assert orphan.key in office.store.versions, "the sweep was made just before"
    age_the_tick(office, periodic_jobs.JOBS["orphans"].every + 1)
    run_periodic_jobs(office)
    assert orphan.key not in office.store.versions


def test_one_partnership_that_cannot_be_reminded_does_not_stop_the_others(courier, notified):
    with courier.world.act(courier.world.theirs.actor(Role.AGENCY_LEAD)) as work:
        referral.refer(work, factories.refer())
        work.session.execute(text("update running_clocks set clock = 'K99' where clock = 'K5'"))
    assert reminded(courier, notified, "2026-01-06")


def test_who_has_yet_to_declare_is_told_once_and_not_asked_about_at_every_round(office, our_world):
    case = Driven(our_world, all_declare=False)
    assert {line.partition(" ")[0] for line in reminded(office, case, "2026-01-30")} == {
        EmailTrigger.DECLARATION_NEEDED.value
    }
    with sent_by(office.engine) as sent:
        remind_all(office)
    assert [one for one in sent if "INSERT INTO outbox_emails" in one] == []
