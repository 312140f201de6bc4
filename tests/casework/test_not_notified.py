"""The ways of a case that is not reviewed: not notified, closed, reopened, a death in care."""

import pytest

from services.casework.steps import closing, reopening
from services.casework.steps.notification import (
    awareness,
    looked_after_death,
    notification_decision,
)
from services.casework.steps.rapid_review import meeting
from services.casework.steps.scoping import scoping, scoping_returns
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.kept import ATTENDEES, PARTNERS, Traces, emails, kept_of, turns
from tests.reached import reach
from tests.world import SCHOOL

NOTIFIER, MANAGER, PARTNER = Role.NOTIFIER, Role.BUSINESS_MANAGER, Role.SAFEGUARDING_PARTNER
LOOKED_AFTER = say.child(statuses=("looked_after",))
LEAVER = say.child(statuses=("care_leaver",), born_on="2004-05-05")
NEITHER = "neither"
DEATH = "death"
TOLD = "2025-12-12 12:00"


def decisions(case: Driven) -> list[bool]:
    with case.world.act(MANAGER) as work:
        entries = all_of(work.session, case.case_id, EntryType.NOTIFY_DECIDED)
        return [entry.command["notify"] for entry in entries]


def test_deciding_not_to_notify_ends_what_ran_and_keeps_every_view(world, left_by):
    """NOT-04, K2: the partners are told all the same, and the agencies too (RR-41)."""
    case = Driven(world, say.refer(aware_at="2025-12-11")).be_aware("2025-12-12 11:30")
    scoped = say.request_returns(case.agency())
    case.do(scoping.request_returns, scoped, MANAGER, "2025-12-13")
    case.do(meeting.set_meeting, say.set_meeting(), MANAGER, "2025-12-13")
    dissent = say.give_view()
    case.do(notification_decision.give_view, dissent, PARTNER, "2025-12-14", seat=Seat.POLICE)
    decided = say.decide_to_notify(notify=False)
    left = left_by(
        case, notification_decision.decide_to_notify, decided, who=NOTIFIER, when="2025-12-15"
    )
    assert left == Traces(
        entries=["notify_decided"],
        opened=["close_or_reopen | business_manager"],
        closed=sorted(
            [
                "decide_to_notify | notifier",
                *turns("give_view", "integrated_care_board", "local_authority"),
                "submit_return | hospital",
            ]
        ),
        clocks=sorted(
            [
                *(f"{one} ended 2025-12-15" for one in ("K1", "K6 hospital", "K7")),
                "K2 met 2025-12-15",
            ]
        ),
        ordered=["notify | decision_not_to_notify | v1"],
        emails=[
            *emails("agencies_stood_down", "hospital.desk"),
            *emails("meeting_cancelled", "hospital.desk", *ATTENDEES),
            *emails("not_notified", *PARTNERS),
        ],
    )
    with world.act(MANAGER) as work:
        (view,) = all_of(work.session, case.case_id, EntryType.VIEW_GIVEN)
        assert (view.seat, view.command["position"]) == (Seat.POLICE, "agrees")


def test_a_case_that_is_not_notified_is_closed_with_its_learning(world, left_by):
    case = reach(world, Stage.NOT_NOTIFIED)
    command = say.close_unreviewed()
    left = left_by(case, closing.close_unreviewed, command, who=MANAGER, when="2026-01-05")
    assert left == Traces(
        entries=["closed_unreviewed"],
        closed=["close_or_reopen | business_manager"],
        clocks=["K15 due 2061-01-05"],
        ordered=["notify | closing_record | v1"],
        emails=[
            *emails("agencies_released", "hospital.desk"),
            *emails("closed_unreviewed", "business.manager", *PARTNERS, "review.group.chair"),
        ],
    )
    assert (case.stage(), case.turns()) == (Stage.CLOSED, [])


@pytest.mark.parametrize("closed", [False, True])
def test_new_information_is_a_new_awareness_and_the_first_decision_stays(closed, world, left_by):
    case = reach(world, Stage.NOT_NOTIFIED)
    if closed:
        case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2026-01-05")
    command = say.reopen(aware_at="2026-01-09")
    left = left_by(case, reopening.reopen, command, who=MANAGER, when="2026-01-12")
    fresh = ["K1 due 2026-01-16", "K2 due 2026-01-16", "K5 due 2026-01-13", "K7 due 2026-01-28"]
    assert left.clocks == ([fresh[0], "K15 ended 2026-01-12", *fresh[1:]] if closed else fresh)
    assert left.entries == ["reopened"]
    people = ("business.manager", *PARTNERS, "review.group.chair")
    assert left.emails == emails("case_reopened", *people)
    assert case.row().closed_at is None
    case.decide("2026-01-12 12:00").notify("2026-01-13 10:00")
    assert decisions(case) == [False, True]
    assert case.stage() is Stage.RAPID_REVIEW


def test_who_decides_on_new_information_is_shown_the_views_on_it_and_no_earlier_ones(world):
    """NOT-12: a view on the first awareness is none on what has become known since."""
    case = Driven(world, say.refer(aware_at="2025-12-11")).be_aware("2025-12-12 11:30")
    give_view = notification_decision.give_view
    first = say.give_view(reasons="On the first awareness.")
    for seat in (Seat.POLICE, Seat.LOCAL_AUTHORITY):
        case.do(give_view, first, PARTNER, "2025-12-14", seat=seat)
    case.decide("2025-12-15", notify=False)
    case.do(reopening.reopen, say.reopen(aware_at="2026-01-09"), MANAGER, "2026-01-12")
    now = say.give_view(reasons="On what is new.")
    case.do(give_view, now, PARTNER, "2026-01-13", seat=Seat.POLICE)
    with world.act(NOTIFIER, "2026-01-13") as work:
        shown = said_before(work, notification_decision.DECIDE_TO_NOTIFY, case.row())
        words = [one.text for told in shown for one in told.said]
    assert "On what is new." in words
    assert "On the first awareness." not in words


def test_a_reopened_case_asks_the_same_agencies_again_by_new_letters(world, left_by):
    case = Driven(world, say.refer(aware_at="2025-12-11"))
    asked = say.request_returns(case.agency(), case.agency(SCHOOL))
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-13")
    case.do(scoping_returns.submit_return, say.submit_return(), Role.AGENCY_LEAD, "2025-12-14")
    case.do(meeting.set_meeting, say.set_meeting(), MANAGER, "2025-12-13")
    case.decide("2025-12-15", notify=False)
    case.do(reopening.reopen, say.reopen(aware_at="2026-01-09"), MANAGER, "2026-01-12")
    left = left_by(case, scoping.request_returns, asked, who=MANAGER, when="2026-01-12")
    assert left.emails == emails("scoping_requested", "hospital.desk", "school.desk")
    assert left.ordered == sorted(
        f"scope | scoping_{what} | {whose} | v2"
        for what in ("letter", "form")
        for whose in ("hospital", "school")
    )
    assert [one for one in left.clocks if "due" in one] == [
        "K6 hospital due 2026-01-19",
        "K6 school due 2026-01-19",
    ]
    again = say.submit_return()
    left = left_by(
        case, scoping_returns.submit_return, again, who=Role.AGENCY_LEAD, when="2026-01-13"
    )
    assert left.ordered == ["scope | scoping_return | hospital | v2"]
    case.decide("2026-01-13").notify("2026-01-13 12:00")
    assert "set_meeting" in {one.todo for one in case.turns()}


def test_a_looked_after_childs_death_is_a_duty_of_its_own(world, left_by, admin_engine):
    referred = say.refer(
        harm=DEATH, suspicion=NEITHER, children=(LOOKED_AFTER,), aware_at="2025-12-11"
    )
    case = Driven(world, referred).be_aware("2025-12-12 11:30")
    assert kept_of(admin_engine, case).clocks == ["K3 due 2025-12-18"]
    told = say.record_looked_after_death(sent_at=TOLD)
    left = left_by(
        case, looked_after_death.record_looked_after_death, told, who=NOTIFIER, when=TOLD
    )
    assert left == Traces(
        entries=["looked_after_death_recorded"],
        opened=["close_or_reopen | business_manager"],
        closed=["record_looked_after_death | notifier"],
        clocks=["K3 met 2025-12-12"],
        ordered=["notify | death_in_care_record | v1"],
    )
    assert case.stage() is Stage.LOOKED_AFTER_DEATH


def test_a_looked_after_death_with_suspicion_has_both_duties_at_once(world):
    referred = say.refer(harm=DEATH, children=(LOOKED_AFTER,), aware_at="2025-12-11")
    case = Driven(world, referred).decide().notify()
    assert case.clock("K3")["met_on"] == ""
    told = say.record_looked_after_death(sent_at="2025-12-16")
    case.do(looked_after_death.record_looked_after_death, told, NOTIFIER, "2025-12-16")
    assert (case.stage(), case.clock("K3")["met_on"]) == (Stage.RAPID_REVIEW, "2025-12-16")


def test_no_case_ends_while_the_notice_of_a_death_is_owed_and_it_gains_no_time(world):
    referred = say.refer(harm=DEATH, children=(LOOKED_AFTER,), aware_at="2025-12-11")
    case = Driven(world, referred).decide(notify=False)
    with pytest.raises(RuleBroken, match="NOT-05"):
        case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2025-12-15")
    case.do(reopening.reopen, say.reopen(aware_at="2026-01-09"), MANAGER, "2026-01-12")
    assert case.due("K3") == "2025-12-18"
    assert case.due("K1") == "2026-01-16"


@pytest.mark.parametrize(("died", "clock"), [("2023-12-15", "2023-12-22"), ("2023-12-14", "")])
def test_a_care_leavers_death_is_notified_since_15_december_2023(died, clock, world):
    referred = say.refer(
        harm=DEATH,
        suspicion=NEITHER,
        children=(LEAVER,),
        incident_on=died,
        aware_at="2023-12-15",
        received_at="2023-12-18",
    )
    case = Driven(world, referred, "2023-12-18 11:00").be_aware("2023-12-18 11:30")
    turn = "record_looked_after_death" if clock else "decide_to_notify"
    assert {one.todo: str(one.last_day) for one in case.turns()} == {turn: clock or "None"}


def test_a_case_without_suspicion_is_still_decided_and_may_still_be_notified(world):
    """NOT-19: without abuse known or suspected no time to notify runs until it is suspected."""
    case = Driven(world, say.refer(suspicion=NEITHER))
    case.do(awareness.record_awareness, say.record_awareness(), NOTIFIER, "2025-12-12")
    assert [one.todo for one in case.turns()] == ["decide_to_notify"]
    case.decide()
    assert {one.todo: str(one.last_day) for one in case.turns()} == {
        "record_notification": "2025-12-18",
        "request_returns": "2025-12-16",
    }
    assert case.notify().clock("K1")["met_on"] == "2025-12-15"
    suspected = Driven(world, say.refer(suspicion="suspected"))
    assert "give_view" in {one.todo for one in suspected.turns()}
