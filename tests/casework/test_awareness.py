"""Awareness is the local authority's own: provisional until stated, and corrected (NOT-03, K1)."""

from datetime import date

import pytest

from services.casework.steps import reopening
from services.casework.steps.notification import (
    awareness,
    looked_after_death,
    notification,
    notification_decision,
)
from services.database.clocks import RunningClock, clocks
from services.domain.clocks.due_dates import Remark
from services.domain.clocks.other_counts import OtherCount
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import Anchor, ClockId, Unit
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.roles import Role
from services.domain.todos import Todo
from tests import factories as say
from tests.driven import Driven
from tests.kept import emails
from tests.world import make_world

NOTIFIER = Role.NOTIFIER
ADDRESSES = ("business.manager", "notifier")


def told(world, aware: str, referred: str, **but) -> Driven:
    """Return a case whose referral says that the authority was told, and by when."""
    words = say.refer(incident_on=aware[:10], aware_at=aware, received_at=referred, **but)
    return Driven(world, words, referred)


def state(case: Driven, at: str, when: str) -> None:
    case.do(awareness.record_awareness, say.record_awareness(aware_at=at), NOTIFIER, when)


def correct(case: Driven, at: str, when: str, **but) -> None:
    words = say.correct_awareness(aware_at=at, **but)
    case.do(awareness.correct_awareness, words, NOTIFIER, when)


def on_record(case: Driven, clock: ClockId) -> RunningClock:
    """Return the newest clock of the kind that the case holds, met or not."""
    with case.world.act(Role.BUSINESS_MANAGER, "2026-12-31") as work:
        newest = [one for one in clocks(work.session, case.case_id) if one.clock == clock][-1]
        work.session.expunge(newest)
        return newest


def remarks(case: Driven) -> set[str]:
    return {note["remark"] for note in on_record(case, ClockId.K1).account["notes"]}


def first_due(case: Driven) -> str:
    return on_record(case, ClockId.K1).first_due.isoformat()


def todos(case: Driven) -> set[str]:
    return {one.todo for one in case.turns()}


def test_p1_a_clock_counts_from_friday_night_though_it_is_typed_on_monday(world):
    case = told(world, "2026-03-06 23:10", "2026-03-09 08:30")
    assert case.due("K1") == "2026-03-13"
    assert Remark.AWARENESS_NOT_STATED in remarks(case)
    assert Todo.RECORD_AWARENESS in todos(case)


def test_a_provisional_clock_is_replaced_by_what_the_authority_states(world):
    case = told(world, "2026-03-06 23:10", "2026-03-09 08:30")
    state(case, "2026-03-09 08:00", "2026-03-09 10:00")
    assert (case.due("K1"), first_due(case)) == ("2026-03-16", "2026-03-13")
    assert Remark.AWARENESS_NOT_STATED not in remarks(case)
    assert Todo.RECORD_AWARENESS not in todos(case)


@pytest.mark.parametrize("who", [Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.AGENCY_LEAD])
def test_nobody_but_the_authority_states_its_awareness(world, who):
    case = told(world, "2026-03-06 23:10", "2026-03-09 08:30")
    for act, words in (
        (awareness.record_awareness, say.record_awareness(aware_at="2026-03-07")),
        (awareness.correct_awareness, say.correct_awareness(aware_at="2026-03-07")),
    ):
        with pytest.raises(NotPermitted):
            case.do(act, words, who, "2026-03-09 10:00")


def test_nothing_is_decided_on_an_awareness_that_the_authority_has_not_stated(world):
    case = told(world, "2026-03-06 23:10", "2026-03-09 08:30")
    with pytest.raises(RuleBroken, match="became aware first"):
        case.do(
            notification_decision.decide_to_notify,
            say.decide_to_notify(notify=True),
            NOTIFIER,
            "2026-03-09 11:00",
        )


def test_an_awareness_is_corrected_and_not_stated_twice(world):
    case = told(world, "2026-03-06 23:10", "2026-03-09 08:30")
    with pytest.raises(RuleBroken, match="Record it first"):
        correct(case, "2026-03-07", "2026-03-09 10:00")
    state(case, "2026-03-06 23:10", "2026-03-09 10:00")
    with pytest.raises(RuleBroken, match="Correct it instead"):
        state(case, "2026-03-07", "2026-03-09 10:01")
    with pytest.raises(AnswerRefused, match="time on record"):
        correct(case, "2026-03-06 23:10", "2026-03-09 10:02")


def last_day(case: Driven, todo: Todo) -> date | None:
    (one,) = [turn for turn in case.turns() if turn.todo == todo]
    return one.last_day


def recorded_on_14_october(world) -> Driven:
    words = say.refer(incident_on="2026-10-08", received_at="2026-10-14 09:00")
    case = Driven(world, words, "2026-10-14 09:30")
    state(case, "2026-10-14 08:00", "2026-10-14 10:00")
    return case


def test_p2_awareness_corrected_backwards_into_a_breach_keeps_the_first_date(world, left_by):
    case = recorded_on_14_october(world)
    assert case.due("K1") == "2026-10-21"
    left = left_by(
        case,
        awareness.correct_awareness,
        say.correct_awareness(aware_at="2026-10-09 15:00"),
        who=NOTIFIER,
        when="2026-10-19 09:00",
    )
    assert left.entries == ["awareness_corrected"]
    assert left.emails == emails("day_came_nearer", *ADDRESSES, *ADDRESSES)  # K1 and K2
    assert (case.due("K1"), first_due(case)) == ("2026-10-16", "2026-10-21")
    decided = say.decide_to_notify(notify=True)
    case.do(notification_decision.decide_to_notify, decided, NOTIFIER, "2026-10-19 10:00")
    assert last_day(case, Todo.RECORD_NOTIFICATION) == date(2026, 10, 16)
    sent = say.record_notification(sent_at="2026-10-19 11:00")
    with pytest.raises(AnswerRefused, match="why it was late"):
        case.do(notification.record_notification, sent, NOTIFIER, "2026-10-19 12:00")


def test_what_was_sent_in_time_and_now_stands_as_late_asks_why(world):
    case = recorded_on_14_october(world)
    decided = say.decide_to_notify(notify=True)
    case.do(notification_decision.decide_to_notify, decided, NOTIFIER, "2026-10-19 10:00")
    case.notify("2026-10-19 11:00")
    with pytest.raises(AnswerRefused, match=r"due Fri 16 Oct 2026") as error:
        correct(case, "2026-10-09 15:00", "2026-10-26 09:00")
    assert error.value.field == "late_reason"
    correct(case, "2026-10-09 15:00", "2026-10-26 09:00", late_reason="It was not passed on.")
    row = on_record(case, ClockId.K1)
    assert (row.met_on, row.due, row.first_due) == tuple(
        date(2026, 10, day) for day in (19, 16, 21)
    )


def test_awareness_corrected_later_gives_the_days_back_and_mails_no_alarm(world, left_by):
    case = recorded_on_14_october(world)
    left = left_by(
        case,
        awareness.correct_awareness,
        say.correct_awareness(aware_at="2026-10-15 08:00"),
        who=NOTIFIER,
        when="2026-10-15 09:00",
    )
    assert (case.due("K1"), first_due(case), left.emails) == ("2026-10-22", "2026-10-21", [])


def test_an_awareness_after_the_notification_is_refused(world):
    case = recorded_on_14_october(world)
    decided = say.decide_to_notify(notify=True)
    case.do(notification_decision.decide_to_notify, decided, NOTIFIER, "2026-10-15 10:00")
    case.notify("2026-10-15 11:00")
    with pytest.raises(AnswerRefused, match="after the notification"):
        correct(case, "2026-10-16 08:00", "2026-10-19 09:00")


def test_a_reopened_case_has_a_provisional_awareness_until_the_authority_states_it(world):
    case = recorded_on_14_october(world)
    decided = say.decide_to_notify(notify=False)
    case.do(notification_decision.decide_to_notify, decided, NOTIFIER, "2026-10-15 10:00")
    again = say.reopen(aware_at="2026-11-09")
    case.do(reopening.reopen, again, Role.BUSINESS_MANAGER, "2026-11-09 12:00")
    assert (case.due("K1"), Todo.RECORD_AWARENESS in todos(case)) == ("2026-11-16", True)
    assert Remark.AWARENESS_NOT_STATED in remarks(case)
    state(case, "2026-11-06 17:30", "2026-11-09 13:00")
    assert (case.due("K1"), remarks(case)) == ("2026-11-13", set())


def test_a_death_told_of_at_the_first_awareness_keeps_its_clock_when_the_second_is_corrected(world):
    looked_after = say.child(statuses=("looked_after",))
    words = say.refer(
        harm="death",
        children=(looked_after,),
        incident_on="2026-05-01",
        received_at="2026-05-01 12:00",
        suspicion="neither",
    )
    case = Driven(world, words, "2026-05-01 12:30")
    state(case, "2026-05-01 11:00", "2026-05-01 13:00")
    told_of = say.record_looked_after_death(sent_at="2026-05-05 10:00")
    case.do(looked_after_death.record_looked_after_death, told_of, NOTIFIER, "2026-05-05 11:00")
    again = say.reopen(aware_at="2026-05-14")
    case.do(reopening.reopen, again, Role.BUSINESS_MANAGER, "2026-05-14 12:00")
    state(case, "2026-05-13 09:00", "2026-05-14 13:00")
    assert case.due("K1") == "2026-05-20"
    assert on_record(case, ClockId.K3).due == date(2026, 5, 11)


def test_a_limit_counted_from_the_incident_and_met_before_is_not_later_by_a_second_awareness(world):
    """5A, NOT-05: it was done for the first awareness, and keeps the day of that one."""
    own = OtherCount(anchor=Anchor.INCIDENT, length=5, unit=Unit.WORKING_DAYS)
    policy = PartnershipPolicy(name="From the incident", counted_otherwise={ClockId.K3: own})
    words = say.refer(
        harm="death",
        children=(say.child(statuses=("looked_after",)),),
        incident_on="2026-04-30",
        received_at="2026-05-01 12:00",
        suspicion="neither",
    )
    case = Driven(make_world(world.engine, policy), words, "2026-05-01 12:30")
    state(case, "2026-05-01 11:00", "2026-05-01 13:00")
    told_of = say.record_looked_after_death(sent_at="2026-05-05 10:00")
    case.do(looked_after_death.record_looked_after_death, told_of, NOTIFIER, "2026-05-05 11:00")
    assert on_record(case, ClockId.K3).due == date(2026, 5, 8)
    again = say.reopen(aware_at="2026-05-14")
    case.do(reopening.reopen, again, Role.BUSINESS_MANAGER, "2026-05-14 12:00")
    state(case, "2026-05-13 09:00", "2026-05-14 13:00")
    assert on_record(case, ClockId.K3).due == date(2026, 5, 8)
