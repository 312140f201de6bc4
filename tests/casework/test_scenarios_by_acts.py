"""The worked scenarios, lived through by people's acts; the dates are hand-counted there."""

import pytest

from services.casework.steps import reopening
from services.casework.steps.local_review import delay
from services.casework.steps.notification import (
    looked_after_death,
    notification,
    notification_decision,
)
from services.casework.steps.rapid_review import meeting, meeting_pack, submission
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.sign_off import sign_off
from services.database.cases import children
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role, Seat
from services.domain.workflow import Outcome, PanelAnswer, Stage
from tests import factories as say
from tests.driven import Driven
from tests.road_of_the_register import prosecution_objects, trial_changes
from tests.world import HOSPITAL

NOTIFIER, MANAGER, CHAIR = Role.NOTIFIER, Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER = Role.SAFEGUARDING_PARTNER


def notified(world, *, aware: str, referred: str, sent: str, **but) -> Driven:
    """Bring a case to its rapid review on these days."""
    on = aware.partition(" ")[0]
    first = max(aware, referred) if ":" in aware else referred
    command = say.refer(incident_on=on, aware_at=aware, received_at=referred, **but)
    case = Driven(world, command, f"{first.partition(' ')[0]} 23:50")
    return case.decide(f"{sent} 09:00").notify(f"{sent} 10:00")


def before_christmas(world) -> Driven:
    """Bring the case of the first scenario to its rapid review."""
    return notified(world, aware="2025-12-11", referred="2025-12-12", sent="2025-12-15")


def met_in_june(world) -> Driven:
    """Bring the case of the fourth scenario to its meeting."""
    case = notified(world, aware="2026-05-20", referred="2026-05-21", sent="2026-05-22")
    return case.scope("2026-05-22", "2026-06-01").meet("2026-06-08", "2026-06-05")


def dates(case: Driven, *which: str) -> list[str]:
    return [case.due(one) for one in which]


def window(case: Driven) -> tuple[str, str]:
    clock = case.clock("K7")
    return clock["opens"], clock["due"]


def test_scenario_1_a_local_review_across_christmas(ready_by):
    case = ready_by(before_christmas)
    assert dates(case, "K1", "K4", "K5", "K10") == [
        "2025-12-18",
        "2025-12-16",
        "2025-12-16",
        "2026-01-08",
    ]
    assert case.clock("K1")["met_on"] == "2025-12-15"
    case.scope(sent="2025-12-15", back="2025-12-19")
    assert case.due("K6", str(case.agency(HOSPITAL))) == "2025-12-22"
    assert window(case) == ("2025-12-23", "2026-01-05")
    case.meet("2025-12-30", "2025-12-29")
    assert dates(case, "K8", "K9") == ["2026-01-02", "2026-01-07"]
    case.propose().sign(sign_off.sign_rapid_review, "2026-01-05")
    clock = case.clock("K11")
    assert (clock["due"], clock["target"]) == ("2026-07-05", "2026-07-03")
    case.do(submission.submit, say.submit(), MANAGER, "2026-01-07 11:00")
    case.answer().commission().report().draft().sign(sign_off.sign_report, "2026-06-01")
    case.plan("2026-07-03")
    assert case.due("K12") == "2026-06-24"
    case.publish("2026-06-24", "2026-07-03")
    assert case.due("K13") == "2027-07-03"
    assert case.clock("K11")["met_on"] == "2026-07-03"


def test_scenario_2_easter_out_of_hours(world):
    case = notified(world, aware="2026-04-02 22:40", referred="2026-04-03", sent="2026-04-10")
    assert dates(case, "K1", "K5", "K10") == ["2026-04-13", "2026-04-08", "2026-05-01"]
    assert window(case) == ("2026-04-15", "2026-04-23")
    case.scope("2026-04-08", "2026-04-14").meet("2026-04-23", "2026-04-22")
    assert case.due("K8") == "2026-04-27"


def test_scenario_3_a_looked_after_death_and_then_suspicion(world):
    """NOT-05, K3: the death is owed to the Secretary of State and Ofsted, whatever is suspected."""
    command = say.refer(
        harm="death",
        suspicion="neither",
        children=(say.child(statuses=("looked_after",)),),
        incident_on="2026-05-01",
        received_at="2026-05-01",
        aware_at="2026-05-01",
    )
    case = Driven(world, command, "2026-05-01 12:00").be_aware("2026-05-01 12:30")
    assert case.due("K3") == "2026-05-11"
    assert "record_looked_after_death" in {one.todo for one in case.turns()}
    told = say.record_looked_after_death(sent_at="2026-05-11 16:00")
    case.do(looked_after_death.record_looked_after_death, told, NOTIFIER, "2026-05-11 16:00")
    assert (case.stage(), case.running()) == (Stage.LOOKED_AFTER_DEATH, [])
    reopened = say.reopen(aware_at="2026-05-14")
    case.do(reopening.reopen, reopened, MANAGER, "2026-05-14 12:00")
    assert case.due("K1") == "2026-05-21"
    case.decide("2026-05-20").notify("2026-05-21 10:00")
    row = case.row()
    assert row.notified_at is not None
    assert row.looked_after_notified_at is not None
    assert case.clock("K3")["met_on"] == "2026-05-11"


@pytest.mark.parametrize(
    ("outcome", "after"),
    [(Outcome.NO_LONGER_MET, Stage.EMBEDDING), (Outcome.LOCAL_REVIEW, Stage.COMMISSIONING)],
)
def test_scenario_4_criteria_no_longer_met_is_submitted_all_the_same(outcome, after, ready_by):
    case = ready_by(met_in_june)
    assert dates(case, "K1", "K5", "K10") == ["2026-05-28", "2026-05-26", "2026-06-15"]
    assert window(case) == ("2026-06-02", "2026-06-10")
    assert case.due("K6", str(case.agency())) == "2026-06-01"
    case.propose(outcome, "2026-06-10")
    case.sign(sign_off.sign_rapid_review, "2026-06-11")
    sent = say.submit(submitted_at="2026-06-15 17:00")
    case.do(submission.submit, sent, MANAGER, "2026-06-15 17:01")
    case.mail("2026-06-15 17:02")
    assert case.clock("K10")["met_on"] == "2026-06-15"
    assert case.answer(when="2026-06-25").stage() is after
    local = outcome is Outcome.LOCAL_REVIEW
    assert case.running() == (["K11 2026-12-11"] if local else [])


def test_scenario_5_no_further_review_with_dissemination(world):
    """E-02: the alternative review of the older text is refused."""
    case = notified(world, aware="2026-08-26", referred="2026-08-27", sent="2026-08-28")
    assert dates(case, "K1", "K10") == ["2026-09-03", "2026-09-21"]
    assert window(case) == ("2026-09-08", "2026-09-16")
    case.scope("2026-08-28", "2026-09-04").meet("2026-09-10", "2026-09-09")
    assert case.due("K8") == "2026-09-14"
    with pytest.raises(RuleBroken, match="LC-09"):
        case.propose(Outcome.ALTERNATIVE_REVIEW, "2026-09-11")
    case.propose(Outcome.NO_FURTHER_REVIEW, "2026-09-11")
    case.sign(sign_off.sign_rapid_review, "2026-09-11")
    sent = say.submit(submitted_at="2026-09-14")
    case.do(submission.submit, sent, MANAGER, "2026-09-14 12:00")
    case.mail("2026-09-14 12:01")
    assert case.clock("K8")["met_on"] == case.clock("K10")["met_on"] == "2026-09-14"
    assert case.answer(when="2026-09-24").stage() is Stage.EMBEDDING
    case.embed("2026-10-01").close("2026-12-01")
    assert case.due("K15") == "2061-12-01"


def test_scenario_7_a_delay_for_criminal_proceedings(world):
    case = notified(world, aware="2027-03-01", referred="2027-03-02", sent="2027-03-03")
    case.scope("2027-03-04", "2027-03-11").meet("2027-03-12", "2027-03-12")
    case.propose(when="2027-03-16").sign(sign_off.sign_rapid_review, "2027-03-31")
    assert case.due("K11") == "2027-09-30"
    sent = say.submit(submitted_at="2027-03-31 12:00", late_reason="A late signature.")
    case.do(submission.submit, sent, MANAGER, "2027-03-31 13:00")
    case.answer(when="2027-04-12").commission("2027-04-12").report("2027-06-01")
    case.draft("2027-07-01").sign(sign_off.sign_report, "2027-07-05")
    prosecution_objects(case, "2027-07-12")
    with pytest.raises(RuleBroken, match="G10"):
        case.plan("2027-09-01", "2027-07-12")
    case.do(delay.record_delay, say.record_delay(), MANAGER, "2027-07-12 12:00")
    clock = case.clock("K11")
    assert (clock["due"], clock["met_on"], clock["ended_on"]) == ("2027-09-30", "", "")
    trial_changes(case, "2028-03-01", state="ended")
    case.plan("2028-04-20", "2028-03-01")
    assert case.due("K12") == "2028-04-07"
    with pytest.raises(RuleBroken, match="K12"):
        case.publish("2028-04-08", "2028-04-20")
    case.publish("2028-04-07", "2028-04-20")
    assert case.clock("K11")["met_on"] == "2028-04-20"


def test_scenario_10_not_notified_after_a_dispute_then_reopened(world):
    command = say.refer(incident_on="2026-09-13", aware_at="2026-09-14", received_at="2026-09-14")
    case = Driven(world, command, "2026-09-14 12:00")
    assert case.due("K1") == "2026-09-21"
    for seat in (Seat.INTEGRATED_CARE_BOARD, Seat.POLICE):
        case.do(notification_decision.give_view, say.give_view(), PARTNER, "2026-09-15", seat=seat)
    view = say.give_view(position="agrees_with_comments")
    case.do(notification_decision.give_view, view, Role.INDEPENDENT_SCRUTINEER, "2026-09-17")
    case.decide("2026-09-18", notify=False)
    reopened = say.reopen(aware_at="2026-11-09")
    case.do(reopening.reopen, reopened, MANAGER, "2026-11-09 12:00")
    assert case.due("K1") == "2026-11-16"
    case.decide("2026-11-13").notify("2026-11-13 12:00")
    assert case.due("K10") == "2026-12-04"
    with world.act(MANAGER) as work:
        views = all_of(work.session, case.case_id, EntryType.VIEW_GIVEN)
        decided = all_of(work.session, case.case_id, EntryType.NOTIFY_DECIDED)
        assert {one.subject for one in views} == {
            "police",
            "integrated_care_board",
            "independent_scrutineer",
        }
        assert [one.command["notify"] for one in decided] == [False, True]


def test_a_notification_after_midnight_in_england_counts_from_that_day(world):
    command = say.refer(incident_on="2026-06-25", aware_at="2026-06-26", received_at="2026-06-29")
    case = Driven(world, command, "2026-06-29 12:00").decide("2026-06-30")
    case.notify("2026-07-01 00:30")
    clock = case.clock("K10")
    assert (clock["anchored_on"], clock["due"]) == ("2026-07-01", "2026-07-22")


def test_twins_are_one_notification_with_two_children(world):
    twins = (say.child(name="One Example"), say.child(name="Two Example"))
    case = Driven(world, say.refer(children=twins, further_children="Two cousins."))
    with world.act(MANAGER) as work:
        assert [one.name for one in children(work.session, case.case_id)] == [
            "One Example",
            "Two Example",
        ]


def test_a_meeting_too_early_is_refused_and_with_a_reason_kept_as_a_breach(ready_by):
    """RR-44, K7: the meeting has a window, and too early is a breach too."""
    case = ready_by(before_christmas)
    case.scope("2025-12-15", "2025-12-19")
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-22")
    with pytest.raises(AnswerRefused, match="too early") as error:
        case.do(meeting.hold_meeting, case.chaired(met_on="2025-12-22"), CHAIR, "2025-12-22")
    assert error.value.field == "met_on"
    with_reason = case.chaired(met_on="2025-12-22", outside_reason="Everybody is away later.")
    case.do(meeting.hold_meeting, with_reason, CHAIR, "2025-12-22")
    clock = case.clock("K7")
    assert clock["met_on"] < clock["opens"]


def test_a_referral_after_the_notification_closes_the_window_early(world):
    """E-13: R is three working days after N, so the last day is N+13; a later date is set again."""
    command = say.refer(incident_on="2026-02-01", aware_at="2026-02-02", received_at="2026-02-06")
    case = Driven(world, command, "2026-02-06 12:00").decide("2026-02-06 13:00")
    assert window(case) == ("2026-02-17", "2026-02-25")
    late = say.set_meeting(meeting_at="2026-02-24")
    case.do(meeting.set_meeting, late, MANAGER, "2026-02-06 14:00")
    sent = say.record_notification(sent_at="2026-02-03")
    case.do(notification.record_notification, sent, NOTIFIER, "2026-02-06 15:00")
    assert window(case) == ("2026-02-17", "2026-02-20")
    assert case.clock("K7")["first_due"] == "2026-02-25"
    assert "set_meeting" in {one.todo for one in case.turns()}
    with pytest.raises(AnswerRefused, match="too late"):
        case.do(meeting.set_meeting, late, MANAGER, "2026-02-09")


def test_scoping_begins_before_the_notification(world):
    """K4: a meeting that was set before the notification, for a day in time, counts."""
    case = Driven(world)
    asked = say.request_returns(case.agency())
    case.do(scoping.request_returns, asked, MANAGER, "2025-12-12 12:00")
    case.do(scoping_returns.submit_return, say.submit_return(), Role.AGENCY_LEAD, "2025-12-13")
    assert case.due("K6", str(case.agency())) == "2025-12-19"
    with pytest.raises(RuleBroken, match="rapid review"):
        case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-14")
    case.do(meeting.set_meeting, say.set_meeting(), MANAGER, "2025-12-14")
    case.decide("2025-12-15").notify("2025-12-15 12:00")
    assert case.clock("K4")["met_on"] == "2025-12-15"
    assert {(one.todo, str(one.last_day)) for one in case.turns()} == {
        ("accept_pack", "2025-12-30"),
        ("hold_meeting", "2025-12-30"),
        ("name_attendees", "2025-12-30"),
    }
    case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, "2025-12-16")


def test_a_national_review_is_the_panels_and_its_learning_ours(ready_by):
    case = ready_by(before_christmas)
    case.scope().review(Outcome.NATIONAL_REVIEW).answer(PanelAnswer.RUNS_NATIONAL)
    assert case.stage() is Stage.NATIONAL_REVIEW
    assert case.running() == []
