"""The lead's area has not notified: the rapid review opens on the other area's notification."""

import pytest

from services.casework.engine.progress import on_record, route
from services.casework.steps.notification import awareness, notification_decision
from services.casework.steps.notification import notification as notifying
from services.casework.steps.rapid_review import meeting as meetings
from services.casework.steps.rapid_review import submission
from services.casework.steps.sign_off import sign_off
from services.database.history import all_of
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories
from tests.driven import Driven
from tests.joint import Joint, over_there
from tests.two_notified import clock, join, runs, settle, sign_theirs

EARLIER = "2025-12-12 15:00"
NOTIFIER, MANAGER, CHAIR = Role.NOTIFIER, Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR


class Unnotified(Joint):
    """A joint review that our case leads; the other area notifies, and ours has not."""

    own: Driven

    def led(self) -> "Unnotified":
        """Begin a case of ours, which decides nothing, and let theirs join it."""
        self.driven = Driven(self.world)
        self.own = over_there(self).decide().notify(EARLIER)
        join(self, self.own)
        return self


@pytest.fixture
def led(ready_by) -> Unnotified:
    return ready_by(led_over_there)


def led_over_there(world) -> Unnotified:
    return Unnotified(world).led()


def joined_undecided(world) -> Unnotified:
    """Let a case of theirs join ours before either area has decided whether to notify."""
    joint = Unnotified(world)
    joint.driven = Driven(joint.world)
    joint.own = over_there(joint)
    join(joint, joint.own)
    return joint


def todos(case: Driven) -> set[Todo]:
    return {one.todo for one in case.turns()}


def test_the_rapid_review_opens_on_the_other_areas_notification(led):
    assert led.driven.stage() is Stage.RAPID_REVIEW
    assert led.driven.row().notified_at is None
    assert str(clock(led.driven).due) == "2026-01-07", "the earlier K10 governs"
    assert runs(clock(led.driven, ClockId.K4))
    assert {Todo.SET_MEETING, Todo.REQUEST_RETURNS} <= todos(led.driven)
    with led.world.act(MANAGER, led.when) as work:
        assert route(work, led.case_id).is_reviewed
        assert on_record(work, led.case_id).was_reviewed


def test_its_own_duty_stays_open_and_is_done_beside_the_review(led):
    assert Todo.RECORD_AWARENESS in todos(led.driven)
    aware = factories.record_awareness()
    led.driven.do(awareness.record_awareness, aware, NOTIFIER, led.when)
    view = factories.give_view()
    led.driven.do(notification_decision.give_view, view, Role.SAFEGUARDING_PARTNER, led.when)
    led.driven.decide(led.when)
    led.driven.notify(led.when)
    assert led.driven.stage() is Stage.RAPID_REVIEW
    assert str(clock(led.driven).due) == "2026-01-07"
    assert not todos(led.driven) & {Todo.DECIDE_TO_NOTIFY, Todo.RECORD_NOTIFICATION}
    settle(led, led.own)
    with led.own.world.act(MANAGER, led.when) as work:
        assert len(all_of(work.session, led.own.case_id, EntryType.NOTIFICATION_RECEIVED)) == 1


def test_its_own_notification_counts_k10_where_it_was_sent_before_the_other(led):
    """K10, RR-34: fifteen working days from the earlier of the two, whoever recorded it first."""
    led.driven.decide(led.when)
    earlier = factories.record_notification(sent_at="2025-12-11 16:00")
    led.driven.do(notifying.record_notification, earlier, NOTIFIER, led.when)
    assert str(clock(led.driven).due) == "2026-01-06"


def test_a_decision_not_to_notify_ends_its_own_duty_and_not_the_review(led):
    led.driven.decide(led.when, notify=False)
    assert led.driven.stage() is Stage.RAPID_REVIEW
    assert runs(clock(led.driven))
    assert runs(clock(led.driven, ClockId.K7))
    assert {Todo.SET_MEETING, Todo.REQUEST_RETURNS} <= todos(led.driven)
    assert Todo.CLOSE_OR_REOPEN not in todos(led.driven)


def test_what_is_decided_is_not_decided_again_while_the_review_runs(led):
    led.driven.decide(led.when, notify=False)
    for act, command, who in (
        (notification_decision.decide_to_notify, factories.decide_to_notify(), NOTIFIER),
        (notification_decision.give_view, factories.give_view(), Role.SAFEGUARDING_PARTNER),
        (notifying.record_notification, factories.record_notification(), NOTIFIER),
    ):
        with pytest.raises(StepNotOpen, match="on record or was not asked for"):
            led.driven.do(act, command, who, led.when)


def test_the_review_is_carried_to_the_panel_by_a_lead_that_never_notifies(led):
    led.driven.do(meetings.set_meeting, factories.set_meeting(), MANAGER, led.when)
    assert not runs(clock(led.driven, ClockId.K4))
    led.driven.scope("2025-12-16").meet().propose()
    led.when = "2026-01-05 10:00"
    settle(led, led.own)
    sign_theirs(led, led.own)
    led.driven.sign(sign_off.sign_rapid_review, "2026-01-05")
    led.driven.do(submission.submit, factories.submit(), MANAGER, "2026-01-07 12:00")
    assert led.driven.stage() is Stage.WITH_PANEL
    assert str(clock(led.driven).met_on) == "2026-01-07"
    assert Todo.RECORD_AWARENESS in todos(led.driven), "what its authority owes is not tidied away"


def test_the_meeting_form_asks_for_the_day_that_the_clock_shows(world):
    """K7, RR-44, E-13: the other area's earlier notification closes the window in the form too."""
    joint = Unnotified(world)
    joint.driven = Driven(joint.world, when=joint.when)
    joint.own = over_there(joint).decide().notify(EARLIER)
    join(joint, joint.own)
    assert str(clock(joint.driven, ClockId.K7).due) == "2026-01-05"
    after = factories.set_meeting(meeting_at="2026-01-06")
    with pytest.raises(AnswerRefused, match="to Mon 5 Jan 2026"):
        joint.driven.do(meetings.set_meeting, after, MANAGER, joint.when)
    last = factories.set_meeting(meeting_at="2026-01-05")
    joint.driven.do(meetings.set_meeting, last, MANAGER, joint.when)


@pytest.mark.parametrize("notify", [True, False])
def test_a_lead_that_has_decided_comes_to_its_rapid_review_when_the_other_notifies(
    ready_by, notify
):
    joint = ready_by(joined_undecided)
    own = joint.own
    joint.driven.decide("2025-12-16 11:00", notify=notify)
    own.decide().notify("2025-12-16 12:00")
    settle(joint, own)
    settle(joint, own)
    assert joint.driven.stage() is Stage.RAPID_REVIEW
    assert runs(clock(joint.driven))
    assert Todo.REQUEST_RETURNS in todos(joint.driven)
    assert (Todo.RECORD_NOTIFICATION in todos(joint.driven)) is notify


def test_a_k1_that_runs_ends_with_a_pointer_and_the_decision_is_still_asked_for(world):
    joint = Joint(world)
    joint.driven = Driven(joint.world)
    aware = factories.record_awareness()
    joint.driven.do(awareness.record_awareness, aware, NOTIFIER, "2025-12-12 12:00")
    own = over_there(joint).decide().notify(EARLIER)
    join(joint, own)
    assert clock(joint.driven, ClockId.K1).ended_because is ClockEnding.NOTIFIED_ELSEWHERE
    assert joint.driven.stage() is Stage.RAPID_REVIEW
    assert Todo.DECIDE_TO_NOTIFY in todos(joint.driven)


def test_a_case_that_joins_waits_for_its_own_duty_whoever_has_notified(world):
    joint = Joint(world)
    own = over_there(joint)
    case_id = joint.invited(JointPart.JOINTLY_DECIDING)
    joint.answer(case_id, JointAnswer.ACCEPTED, own_case=own.row().reference)
    settle(joint, own)
    assert own.stage() is Stage.REFERRED
