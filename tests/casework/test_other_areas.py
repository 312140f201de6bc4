"""NOT-01, NOT-02, NOT-04: whose duty it is to notify, and who else is told."""

import pytest

from services.casework.steps import closing, reopening
from services.casework.steps.notification import notification_decision
from services.casework.steps.referral import other_areas, referral_correction
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.incidents import IncidentArea, Residence, owes_notification
from services.domain.roles import Role
from services.domain.workflow import Stage, Step
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import Traces, refused
from tests.world import World

NOTIFIER, MANAGER = Role.NOTIFIER, Role.BUSINESS_MANAGER
AWARE = "2025-12-11"
THERE = {"area": "elsewhere_in_england", "aware_at": AWARE}
ABROAD = {"area": "outside_england", "aware_at": AWARE}


def referred(world: World, **said: object) -> Driven:
    return Driven(world, say.refer(**said)).be_aware("2025-12-12 11:30")


def decide(case: Driven, *, notify: bool) -> None:
    command = say.decide_to_notify(notify=notify)
    case.do(notification_decision.decide_to_notify, command, NOTIFIER, "2025-12-12 12:00")


@pytest.mark.parametrize(
    ("area", "residence", "ours"),
    [
        ("own_area", None, True),
        ("not_known", None, True),
        ("elsewhere_in_england", None, False),
        ("elsewhere_in_england", "this_area", False),
        ("outside_england", "this_area", True),
        ("outside_england", "not_known", True),
        ("outside_england", "elsewhere", False),
    ],
)
def test_the_duty_is_that_of_the_area_or_of_the_home_where_it_was_outside_england(
    area, residence, ours
):
    """NOT-02: a child who normally lives here and is harmed outside England is ours to notify."""
    home = Residence(residence) if residence else None
    assert owes_notification(IncidentArea(area), home) is ours


def test_no_last_day_to_notify_runs_where_the_duty_is_another_areas_and_that_area_is_told(
    world, left_by
):
    """NOT-04: another area is told, and the record of the decision says so."""
    case = referred(world, **THERE)
    assert case.running() == []
    todos = {one.todo: one.last_day for one in case.turns()}
    assert todos == {"tell_area": None, "decide_to_notify": None}
    told = left_by(
        case, other_areas.tell_area, say.tell_area(), who=NOTIFIER, when="2025-12-12 11:45"
    )
    assert told == Traces(entries=["area_told"], closed=["tell_area | notifier"])
    decide(case, notify=False)
    assert case.stage() is Stage.NOT_NOTIFIED
    desk = Desk(world)
    desk.carry(case.case_id, Step.NOTIFY)
    (paper,) = desk.read(case.case_id, "decision_not_to_notify")
    assert "Another area told" in paper


def test_the_case_does_not_end_before_the_other_area_is_told(world, admin_engine):
    case = referred(world, **THERE)
    with refused(admin_engine, world, RuleBroken, saying="NOT-04"):
        decide(case, notify=False)
    with refused(admin_engine, world, AnswerRefused, field="notify", saying="another area's"):
        decide(case, notify=True)


def test_a_child_of_ours_who_is_harmed_abroad_is_notified_by_us(world, admin_engine):
    """NOT-02: what follows from where the child normally lives."""
    assert "K1 2025-12-18" in referred(world, **ABROAD, residence="this_area").running()
    assert referred(world, **ABROAD, residence="elsewhere").running() == []
    with refused(admin_engine, world, AnswerRefused, field="residence", saying="normally live"):
        Driven(world, say.refer(**ABROAD))


def test_a_corrected_area_begins_the_duty_or_ends_it(world):
    case = referred(world, **THERE)
    for said, clocks in (
        ({"area": "own_area"}, {"K1", "K2", "K5", "K7"}),
        ({"area": "elsewhere_in_england"}, set()),
    ):
        right = say.correct_referral(**said)
        correct = referral_correction.correct_referral
        case.do(correct, right, MANAGER, "2025-12-12 13:00")
        assert {one.split()[0] for one in case.running()} == clocks
        assert ("tell_area" in {one.todo for one in case.turns()}) is (not clocks)


def test_new_information_makes_the_duty_our_own(world):
    case = referred(world, **THERE)
    case.do(other_areas.tell_area, say.tell_area(), NOTIFIER, "2025-12-12 11:45")
    decide(case, notify=False)
    case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2026-01-05")
    case.do(reopening.reopen, say.reopen(aware_at="2026-01-09"), MANAGER, "2026-01-12")
    assert case.due("K1") == "2026-01-16"
