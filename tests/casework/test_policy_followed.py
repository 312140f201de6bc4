"""An open case is moved to another policy by a choice with a reason, and tried before (5A, P15)."""

from dataclasses import replace
from datetime import date

import pytest

from services.casework.effects import move_clock, recounts
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps.policy_followed import follow_policy
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.decisions import Declaration
from services.database.history import last_entry
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.other_counts import OtherCount
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.rules import Anchor, ClockEnding, ClockId, Unit
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, NotPermitted, RuleBroken
from services.domain.roles import Role
from services.web.view_models.case import case_view
from services.web.view_models.policy_trial import tried_on_open_cases
from tests.driven import Driven
from tests.policy_factories import COPY, PROGRESS, WITH_STEPS, put_in_force
from tests.policy_factories import follow_policy as following
from tests.post_office import Office
from tests.world import World, make_world

MANAGER = Role.BUSINESS_MANAGER
WHEN = "2025-12-16 10:00"
TALK = ExtraClock(code="talk", name="Talk to the school", anchor=Anchor.NOTIFICATION, length=9)
SHORTER = replace(
    NATIONAL,
    version="2026-01",
    lengths={ClockId.K10: 12},
    window_opens=6,
    window_closes=10,
    extra_clocks={TALK.code: TALK},
    counted_otherwise={
        ClockId.K1: OtherCount(anchor=Anchor.INCIDENT, length=5, unit=Unit.WORKING_DAYS)
    },
)


def notified(world: World) -> Driven:
    """Return a case that was notified on Mon 15 Dec 2025, and begun by the first version."""
    return Driven(world).decide().notify()


def follow(case: Driven, version: int, when: str = WHEN, **but: object) -> None:
    case.do(follow_policy, following(version=version, **but), MANAGER, when)


def by_clock(case: Driven) -> dict[str, date]:
    with case.world.act(MANAGER, WHEN) as work:
        return {
            one.subject or one.clock.value: one.due
            for one in clocks(work.session, case.case_id)
            if one.runs
        }


def test_a_running_clock_keeps_its_day_until_the_case_is_moved_with_a_reason(world):
    """5A, P15: tried first, then moved, one entry, and whoever owes it is told."""
    case = notified(world)
    number = put_in_force(world, SHORTER, "2025-12-16")
    before = by_clock(case)
    assert before["K10"] == date(2026, 1, 8)
    with world.act(MANAGER, WHEN) as work:
        trial = tried_on_open_cases(work, SHORTER)
    moves = {one.duty: one.after for one in trial.lines if one.reference == case.row().reference}
    # Twelve working days after Mon 15 Dec, counted by hand: 16 17 18 19 22 23 24 29 30 31, 2 Jan 5.
    assert date(2026, 1, 5) in moves.values()
    assert by_clock(case) == before, "a trial keeps nothing"
    follow(case, number)
    after = by_clock(case)
    assert after["K10"] == date(2026, 1, 5)
    # Nine working days: 16 17 18 19 22 23 24 29 30.
    assert after["talk"] == date(2025, 12, 30)
    assert {day for day in moves.values() if day} <= set(after.values())
    with world.act(MANAGER, WHEN) as work:
        found = last_entry(work.session, case.case_id, EntryType.POLICY_FOLLOWED)
        assert found is not None
        entry = found.command
    assert entry["reason"] == following().reason
    assert (entry["version_before"], entry["version"]) == (1, number)
    assert {"clock": "K10", "before": "2026-01-08", "after": "2026-01-05"}.items() <= next(
        one for one in entry["days"] if one["clock"] == "K10"
    ).items()
    assert case.row().policy_version == number


def test_what_has_passed_stays_and_a_step_that_the_policy_has_not_ends(world):
    world = make_world(world.engine, WITH_STEPS)
    case = notified(world)
    number = put_in_force(world, SHORTER, "2025-12-17")
    follow(case, number, "2025-12-17 10:00")
    with world.act(MANAGER, "2025-12-17") as work:
        its = {one.subject: one for one in clocks(work.session, case.case_id) if one.is_extra}
        assert its["progress"].ended_because is ClockEnding.OTHER_POLICY
        assert its[COPY.code].ended_on is None, "its day has passed"
        assert its["talk"].runs


def test_a_moved_case_is_read_and_counted_again_with_a_step_that_its_policy_has_not(world):
    """5A, C1: what had passed or was done stays, is told as it was counted, and is not counted."""
    world = make_world(world.engine, WITH_STEPS)
    case = notified(world)
    number = put_in_force(world, SHORTER, "2025-12-17")
    follow(case, number, "2025-12-17 10:00")
    with world.act(MANAGER, "2025-12-17 11:00") as work:
        row = get_case(work.session, case.case_id)
        lines = {one.row.subject: one for one in case_view(work, row).clocks if one.row.is_extra}
        copy = lines[COPY.code]
        assert (copy.rule.duty, copy.told) == (COPY.name, "")
        assert copy.colour == "red"
        assert recounts(work, row, clocks(work.session, case.case_id)) == []
        move_clock(work, row, copy.row)
        assert copy.row.due == date(2025, 12, 15)
    remind_all(Office(world, when="2025-12-18 10:00"))


def test_a_step_that_now_hangs_on_an_event_to_come_ends_and_begins_with_it(world):
    """5A: the proposal is tried and the case moved all the same."""
    world = make_world(world.engine, WITH_STEPS)
    case = notified(world).scope()
    later = {
        one.code: replace(one, anchor=Anchor.MEETING, opens=None, warn=())
        for one in (COPY, PROGRESS)
    }
    policy = replace(WITH_STEPS, version="2026-03", extra_clocks=later)
    with world.act(MANAGER, "2025-12-20 10:00") as work:
        lines = {one.duty: one.after for one in tried_on_open_cases(work, policy).lines}
        assert lines[PROGRESS.name] is None
    follow(case, put_in_force(world, policy, "2025-12-20"), "2025-12-20 10:00")
    with world.act(MANAGER, "2025-12-20 11:00") as work:
        row = get_case(work.session, case.case_id)
        assert recounts(work, row, clocks(work.session, case.case_id)) == []
    case.meet()
    # Ten working days after Tue 30 Dec: 31, 2 5 6 7 8 9 12 13 14 Jan.
    assert by_clock(case)[PROGRESS.code] == date(2026, 1, 14)


def test_no_national_day_is_ever_later_for_it(world):
    """5A, RR-34: from a shorter to a longer policy the national day is the latest that there is."""
    put_in_force(world, SHORTER, "2025-12-11")
    case = notified(world)
    assert by_clock(case)["K10"] == date(2026, 1, 5)
    number = put_in_force(world, replace(NATIONAL, version="2026-02"), "2025-12-16")
    follow(case, number)
    assert by_clock(case)["K10"] == date(2026, 1, 8)


def test_it_is_refused_twice_by_another_role_or_by_a_version_that_is_not_in_force(world):
    case = notified(world)
    with pytest.raises(AlreadyDone):
        follow(case, 1)
    number = put_in_force(world, SHORTER, "2025-12-16")
    with pytest.raises(RuleBroken, match=f"version {number} is in force"):
        follow(case, 1)
    with pytest.raises(NotPermitted):
        case.do(follow_policy, following(version=number), Role.REVIEW_GROUP_CHAIR, WHEN)
    follow(case, number)
    with pytest.raises(AlreadyDone):
        follow(case, number)


def test_of_cases_that_are_not_open_to_who_tries_it_only_the_number_of_days_is_told(world):
    """LC-01: the administrator has nothing of cases, and a partner has yet to declare."""
    case = notified(world)
    with world.act(MANAGER, WHEN) as work:
        open_to_manager = tried_on_open_cases(work, SHORTER)
    assert {one.reference for one in open_to_manager.lines} == {case.row().reference}
    with world.act(Role.PARTNERSHIP_ADMINISTRATOR, WHEN) as work:
        closed = tried_on_open_cases(work, SHORTER)
    assert (closed.cases, closed.lines, closed.others) == (1, [], len(open_to_manager.lines))
    assert closed.told.endswith(f"On cases that are not open to you: {closed.others}.")


def test_a_case_in_which_who_tries_it_has_an_interest_is_not_among_them(world):
    """LC-02: what row-level security closes is not tried, and nothing of it is told."""
    case = notified(world)
    with world.act(MANAGER, WHEN) as work:
        assert tried_on_open_cases(work, SHORTER).cases == 1
        work.session.add(
            Declaration(
                tenant_id=work.actor.partnership_id,
                case_id=case.case_id,
                person_id=work.actor.person_id,
                number=2,
                has_conflict=True,
                closes=True,
                keeps_confidential=True,
                agreement=1,
                at=work.now,
            )
        )
    with world.act(MANAGER, "2025-12-17") as work:
        trial = tried_on_open_cases(work, SHORTER)
    assert (trial.cases, trial.lines) == (0, [])
