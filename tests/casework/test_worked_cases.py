"""The worked cases that need acts of several people or of two areas; dates hand-counted there."""

from dataclasses import replace
from datetime import date

from services.casework.steps.scoping import scoping
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.joint_changes import JointChange
from services.domain.roles import Role
from tests import factories as say
from tests.driven import Driven
from tests.joint_changes import Changing
from tests.two_notified import clock, join, over_there, runs
from tests.world import HOSPITAL, SCHOOL, make_world

MANAGER = Role.BUSINESS_MANAGER
CLOSED = {date(2026, 12, day): "Council closed" for day in (28, 29, 30, 31)}


def an_incident(on: str):
    return say.refer(incident_on=on, aware_at=on, received_at=on)


def test_p5_of_two_areas_that_notified_the_earlier_governs_until_one_leaves(world):
    """P5, K10: joined, A's date is the review's and B's is covered; apart, each has its own."""
    joint = Changing(world, when="2026-09-10 10:00")
    ours = Driven(joint.world, an_incident("2026-08-31"), "2026-08-31 12:00")
    joint.driven = ours.decide("2026-09-01 09:00").notify("2026-09-01 10:00")
    own = over_there(joint, an_incident("2026-08-31"), "2026-08-31 12:00")
    own.decide("2026-09-04 09:00").notify("2026-09-04 10:00")
    assert (ours.due("K10"), own.due("K10")) == ("2026-09-22", "2026-09-25")
    join(joint, own)
    joint.theirs_case = own.case_id
    assert (ours.due("K10"), runs(clock(ours)), runs(clock(own))) == ("2026-09-22", True, False)
    assert clock(own).ended_because is ClockEnding.COVERED_BY_JOINT_REVIEW
    joint.when = "2026-09-17 10:00"
    joint.propose_change(JointChange.LEAVES)
    joint.answer_change()
    joint.settle()
    assert (ours.due("K10"), own.due("K10")) == ("2026-09-22", "2026-09-25")
    assert runs(clock(ours))
    assert runs(clock(own))


def test_p8_closed_days_are_left_out_of_local_limits_only(app_engine):
    """P8, K6, K10: the council is closed from 28 to 31 December by its own policy."""
    closed = replace(NATIONAL, name="Riverside", closed_days=CLOSED)
    world = make_world(app_engine, closed)
    case = Driven(world, an_incident("2026-12-16"), "2026-12-16 12:00")
    case.decide("2026-12-17 09:00").notify("2026-12-17 10:00")
    assert case.due("K10") == "2027-01-12"
    for name, when, due in (
        (HOSPITAL, "2026-12-17 11:00", "2026-12-24"),
        (SCHOOL, "2026-12-22 11:00", "2027-01-06"),
    ):
        asked = say.request_returns(case.agency(name), still_to_ask="Others are being found.")
        case.do(scoping.request_returns, asked, MANAGER, when)
        assert case.due(ClockId.K6, str(case.agency(name))) == due
