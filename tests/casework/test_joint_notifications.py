"""Two areas notified one incident: one K10 governs, the other is covered, met, or not (RR-34)."""

from dataclasses import replace

import pytest

from services.casework.effects import cancel_clock
from services.casework.joint.ending import leave
from services.casework.steps.joint.notifications import note_submission
from services.casework.steps.notification import awareness
from services.database.cases import get_case
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories, joint_factories
from tests.driven import Driven
from tests.joint import Joint, Practising
from tests.two_notified import (
    EARLIER,
    LATER,
    TwoNotified,
    both_notified,
    clock,
    join,
    keyline,
    over_there,
    runs,
    settle,
    signed,
    submitted,
    told,
)
from tests.world import practising


@pytest.fixture
def joint(ready_by):
    """Our case, whose area notified on Monday 15 December: K10 ends on 8 January."""
    return ready_by(Joint)


@pytest.fixture
def joined(ready_by) -> TwoNotified:
    """Such a review that their case has joined, whose area notified on Friday 12 December."""
    return ready_by(both_notified)


def become_aware(case: Driven) -> None:
    command = factories.record_awareness()
    case.do(awareness.record_awareness, command, Role.NOTIFIER, "2025-12-12 12:00")


@pytest.mark.parametrize(("theirs", "governs"), [(EARLIER, "2026-01-07"), (LATER, "2026-01-08")])
def test_the_earlier_k10_governs_and_the_other_is_covered_at_its_own_date(joint, theirs, governs):
    own = over_there(joint).decide().notify(theirs)
    before = clock(own).due
    join(joint, own)
    lead = clock(joint.driven)
    assert runs(lead)
    assert (str(lead.due), str(lead.first_due)) == (governs, "2026-01-08")
    theirs_clock = clock(own)
    assert (theirs_clock.ended_because, theirs_clock.due) == (
        ClockEnding.COVERED_BY_JOINT_REVIEW,
        before,
    )


def test_each_side_has_the_others_notification_on_its_record_once(joined):
    own = joined.own
    settle(joined, own)
    for case, area, day in (
        (joined.driven, joined.theirs.code, "2025-12-12"),
        (own, joined.world.ours.code, "2025-12-15"),
    ):
        (received,) = told(case, EntryType.NOTIFICATION_RECEIVED)
        assert received["partnership"].startswith(area)
        assert received["notified_on"] == day
        assert received["reference"]


def test_the_joint_record_and_its_letter_name_both_notifications(ready_by):
    joint = ready_by(both_notified, signed, submitted)
    desk = Practising(joint.world, when=joint.when)
    desk.carry(joint.case_id)
    for kind, version in (("rapid_review_record", 2), ("covering_letter", 1)):
        for text in desk.read(joint.case_id, kind, version=version):
            assert f"Panel notified by {joint.theirs.code}" in text, kind
            assert "12 December 2025" in text
            assert "15 December 2025" in text


def test_the_covered_k10_is_met_when_the_joint_record_that_names_it_is_submitted(ready_by):
    joint = ready_by(both_notified, signed, submitted)
    own = joint.own
    settle(joint, own)
    row = clock(own)
    assert (str(row.met_on), row.ended_on, row.ended_because) == ("2026-01-07", None, None)
    (said,) = told(own, EntryType.JOINT_RECORD_SUBMITTED)
    assert (said["submitted_on"], said["names_ours"]) == ("2026-01-07", True)


def test_who_never_notified_is_told_of_the_submission_and_has_no_k10(joint):
    own = over_there(joint)
    join(joint, own)
    assert told(joint.driven, EntryType.NOTIFICATION_RECEIVED) == []
    assert not [one for one in own.running() if one.startswith("K10")]


def test_a_notification_that_comes_after_joining_stands_aside_and_is_told_to_the_lead(joint):
    own = over_there(joint).decide()
    join(joint, own)
    own.notify(LATER)
    settle(joint, own)
    assert own.row().stage is Stage.JOINT_REVIEW
    assert clock(own).ended_because is ClockEnding.COVERED_BY_JOINT_REVIEW
    (received,) = told(joint.driven, EntryType.NOTIFICATION_RECEIVED)
    assert received["notified_on"] == "2025-12-15"


def test_a_decision_not_to_notify_after_joining_stands_aside(joint):
    own = over_there(joint)
    join(joint, own)
    own.decide(notify=False)
    assert own.row().stage is Stage.JOINT_REVIEW


def test_the_covered_k10_runs_on_at_its_own_date_if_the_joint_review_ends_first(joint):
    own = over_there(joint).decide().notify(EARLIER)
    due = clock(own).due
    join(joint, own)
    with own.world.act(Role.BUSINESS_MANAGER, "2025-12-20") as work:
        leave(work, get_case(work.session, own.case_id))
    assert runs(clock(own))
    assert clock(own).due == due
    assert runs(clock(own, ClockId.K7))


@pytest.mark.whole
def test_what_was_met_or_ended_otherwise_does_not_run_on_when_the_review_ends(ready_by):
    joint = ready_by(both_notified, signed, submitted)
    own = joint.own
    settle(joint, own)
    with own.world.act(Role.BUSINESS_MANAGER, "2026-01-20") as work:
        leave(work, get_case(work.session, own.case_id))
    assert str(clock(own).met_on) == "2026-01-07"
    assert not runs(clock(own, ClockId.K7))


def test_a_k10_that_was_missed_before_joining_is_not_tidied_away_and_is_met_late(joint):
    own = over_there(joint).decide().notify(EARLIER)
    joint.when = "2026-01-08 09:00"
    joint.world = practising(joint.world, joint.when)
    joint.driven.world, own.world = (
        joint.world,
        replace(own.world, practice_offset=joint.world.practice_offset),
    )
    join(joint, own)
    row = clock(own)
    assert runs(row)
    assert str(row.due) == "2026-01-07"


def test_a_former_leads_k10_is_met_by_the_new_leads_record_as_well(joined):
    with joined.world.act(Role.BUSINESS_MANAGER, "2025-12-20") as work:
        case = get_case(work.session, joined.case_id)
        cancel_clock(work, case, ClockId.K10, because=ClockEnding.LED_ELSEWHERE)
    command = joint_factories.note_submission()
    joined.driven.do(note_submission, command, keyline(joined.driven), "2026-01-07")
    row = clock(joined.driven)
    assert (str(row.met_on), row.ended_on) == ("2026-01-07", None)


def test_a_record_that_does_not_name_the_notification_lets_k10_run_on(joined):
    own = joined.own
    command = joint_factories.note_submission(names_ours=False)
    own.do(note_submission, command, keyline(own), "2026-01-07")
    assert runs(clock(own))


def test_where_the_lead_has_not_notified_the_other_areas_notification_starts_k10_there(world):
    """The national clock is never nowhere: it counts on the case that leads."""
    joint = Joint(world)
    fresh = Driven(joint.world)
    joint.driven = fresh
    own = over_there(joint).decide().notify(EARLIER)
    join(joint, own)
    assert str(clock(fresh).due) == "2026-01-07"
    fresh.decide().notify(LATER)
    row = clock(fresh)
    assert (str(row.due), str(row.first_due)) == ("2026-01-07", "2026-01-07")


def test_a_running_k1_ends_with_a_pointer_once_a_notification_is_on_record(joint):
    own = over_there(joint)
    become_aware(own)
    assert runs(clock(own, ClockId.K1))
    join(joint, own)
    assert clock(own, ClockId.K1).ended_because is ClockEnding.NOTIFIED_ELSEWHERE
    assert runs(clock(own, ClockId.K2)), "the duty to tell the partners stays"


def test_joining_alone_ends_no_k1(world):
    joint = Joint(world)
    joint.driven = Driven(joint.world)
    own = over_there(joint)
    become_aware(own)
    join(joint, own)
    assert runs(clock(own, ClockId.K1))


def test_a_k1_that_was_missed_before_the_notification_is_never_tidied_away(joint):
    referral = factories.refer(incident_on="2025-12-01", aware_at="2025-12-01 09:00")
    own = over_there(joint, referral)
    join(joint, own)
    assert runs(clock(own, ClockId.K1))
