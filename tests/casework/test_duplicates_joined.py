"""What a duplicate brings to the case that goes on, and how a wrong join is undone."""

from datetime import date

import pytest

from services.casework.access.cases import case_to_read
from services.casework.steps import closing, declaration, reopening
from services.casework.steps.joined_cases import duplicates_of
from services.casework.steps.notification import awareness, notification
from services.casework.steps.outcome_told import OutcomeTold, outcome_told
from services.casework.steps.referral import duplicates
from services.casework.steps.referral.referral import refer
from services.database.history import all_of
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Actor, Role
from services.domain.workflow import Outcome, Stage, Step
from tests import factories as say
from tests.declared import declare_everybody
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import emails, kept_of
from tests.world import SCHOOL, at, someone_else

MANAGER, NOTIFIER = Role.BUSINESS_MANAGER, Role.NOTIFIER
WHEN = "2025-12-15"


def mark(case: Driven, of: Driven, when: str = WHEN) -> None:
    words = say.mark_duplicate(of.row().reference)
    case.do(duplicates.mark_duplicate, words, MANAGER, when)
    settle(of, when)


def undo(case: Driven, of: Driven, when: str = "2025-12-16") -> None:
    case.do(duplicates.undo_duplicate, say.undo_duplicate(), MANAGER, when)
    settle(of, when)


def settle(case: Driven, when: str) -> None:
    Desk(case.world, when=when).carry(case.case_id, Step.NOTIFY)


def referred(world, received: str, **said: object) -> Driven:
    return Driven(world, say.refer(received_at=received, **said))


def state(case: Driven, aware_at: str, when: str = "2025-12-12 12:00") -> None:
    words = say.record_awareness(aware_at=aware_at)
    case.do(awareness.record_awareness, words, NOTIFIER, when)


def joined(case: Driven) -> list[str]:
    with case.world.act(MANAGER) as work:
        return [
            kind.value
            for kind in (EntryType.DUPLICATE_TAKEN_IN, EntryType.DUPLICATE_GIVEN_BACK)
            for _ in all_of(work.session, case.case_id, kind)
        ]


def test_the_earliest_referral_and_the_earliest_stated_awareness_anchor_the_case(world):
    stays, other = referred(world, "2025-12-12"), referred(world, "2025-12-11")
    state(stays, "2025-12-12 09:00")
    state(other, "2025-12-10 15:00")
    assert (stays.due("K5"), stays.due("K1")) == ("2025-12-16", "2025-12-19")
    mark(other, stays)
    assert (stays.due("K5"), stays.due("K1")) == ("2025-12-15", "2025-12-17")
    assert (stays.clock("K5")["first_due"], stays.clock("K1")["first_due"]) == (
        "2025-12-16",
        "2025-12-19",
    )
    assert joined(stays) == ["duplicate_taken_in"]


def test_what_was_stated_comes_before_what_an_earlier_referral_was_told(world):
    stays = referred(world, "2025-12-12")
    other = referred(world, "2025-12-12", aware_at="2025-12-10 12:00")
    state(stays, "2025-12-11 09:00")
    mark(other, stays)
    assert (stays.due("K1"), stays.row().awareness_stated) == ("2025-12-18", True)


def test_a_case_that_knew_of_no_awareness_is_given_that_of_its_duplicate(world):
    stays, other = referred(world, "2025-12-12"), referred(world, "2025-12-12")
    state(other, "2025-12-11 09:00")
    mark(other, stays)
    assert stays.due("K1") == "2025-12-18"
    turns = {one.todo for one in stays.turns()}
    assert "decide_to_notify" in turns
    assert "record_awareness" not in turns
    assert stays.decide().notify().stage() is Stage.RAPID_REVIEW


def test_a_wrong_join_is_undone_and_both_cases_stand_as_they_did(world, admin_engine):
    stays, other = referred(world, "2025-12-12"), referred(world, "2025-12-11")
    state(other, "2025-12-11 09:00")
    before = [kept_of(admin_engine, one) for one in (stays, other)]
    mark(other, stays)
    assert other.stage() is Stage.CLOSED
    undo(other, stays)
    after = [kept_of(admin_engine, one) for one in (stays, other)]
    assert [one.opened for one in after] == [one.opened for one in before]
    running = [[line for line in one.clocks if " due " in line] for one in after]
    assert running == [one.clocks for one in before]
    assert (other.stage(), stays.row().aware_at) == (Stage.REFERRED, None)
    assert joined(stays) == ["duplicate_taken_in", "duplicate_given_back"]
    mark(other, stays, "2025-12-16 12:00")
    assert stays.due("K1") == "2025-12-18"


def test_what_was_corrected_since_the_join_is_not_set_back(world):
    stays, other = referred(world, "2025-12-12"), referred(world, "2025-12-12")
    state(other, "2025-12-11 09:00")
    mark(other, stays)
    right = say.correct_awareness(aware_at="2025-12-10 09:00")
    stays.do(awareness.correct_awareness, right, NOTIFIER, "2025-12-15 12:00")
    undo(other, stays)
    assert stays.due("K1") == "2025-12-17"


def test_an_order_that_is_carried_out_twice_takes_in_once(world):
    stays, other = referred(world, "2025-12-12"), referred(world, "2025-12-11")
    mark(other, stays)
    settle(stays, "2025-12-15 12:00")
    assert joined(stays) == ["duplicate_taken_in"]


def test_each_referrer_is_told_of_the_outcome_under_its_own_reference(world, admin_engine):
    """RR-50: the agency whose referral was joined sees the outcome, and nothing else of the case.

    Where the join is undone it sees its own case again.
    """
    stays = referred(world, "2025-12-12", aware_at="2025-12-11")
    school = world.ours.actor(Role.AGENCY_LEAD, agency=SCHOOL)
    with world.act(school, "2025-12-12 11:00") as work:
        other = Driven.of(world, CaseId(refer(work, say.refer(received_at="2025-12-12")).id))
    declare_everybody(world, other.case_id, "2025-12-12 11:00")
    mark(other, stays)
    assert outcome_of(other, school) is None
    stays.decide("2025-12-15 09:00").notify("2025-12-15 12:00").scope("2025-12-15")
    stays.review(Outcome.NO_FURTHER_REVIEW)
    settle(stays, "2026-01-07 12:00")
    assert outcome_of(other, school) == OutcomeTold(
        Outcome.NO_FURTHER_REVIEW, date(2026, 1, 5), reasons=(say.SAID,)
    )
    told = [one for one in kept_of(admin_engine, other).emails if one.startswith("outcome_told")]
    assert told == emails("outcome_told", "school.desk")
    undo(other, stays, "2026-01-08")
    assert outcome_of(other, school) is None


def test_whoever_closes_the_case_the_agencies_of_a_joined_one_are_told(world, admin_engine):
    """RR-41, RR-50, LC-01: a conflict on the duplicate hides it from who acts, not from Keyline."""
    stays = referred(world, "2025-12-12", aware_at="2025-12-11")
    school = world.ours.actor(Role.AGENCY_LEAD, agency=SCHOOL)
    with world.act(school, "2025-12-12 11:00") as work:
        other = Driven.of(world, CaseId(refer(work, say.refer(received_at="2025-12-12")).id))
    declare_everybody(world, other.case_id, "2025-12-12 11:00")
    second = someone_else(world.ours.actor(MANAGER))
    for case, has_conflict in ((stays, False), (other, True)):
        said = say.declare(has_conflict=has_conflict, particulars="The family's neighbour.")
        case.do(declaration.declare, said, second, "2025-12-12 12:00")
    mark(other, stays)
    stays.decide("2025-12-15 11:00", notify=False)
    with world.act(second, "2025-12-15 12:00") as work:
        assert duplicates_of(work, stays.row()) == [], "it is closed to them"
    stays.do(closing.close_unreviewed, say.close_unreviewed(), second, "2026-01-05")
    settle(stays, "2026-01-05")
    told = kept_of(admin_engine, other).emails
    for event in ("agencies_stood_down", "agencies_released"):
        assert [one for one in told if one.startswith(event)] == emails(event, "school.desk")
    settle(stays, "2026-01-05 11:00")
    assert kept_of(admin_engine, other).emails == told


def both_notified(world, stays_on: str, other_on: str) -> tuple[Driven, Driven]:
    """Return two cases of one incident, each notified on its day."""
    found = [referred(world, "2025-12-11", aware_at="2025-12-11") for _twice in range(2)]
    for case, on in zip(found, (stays_on, other_on), strict=True):
        case.decide().notify(f"{on} 10:00")
    return found[0], found[1]


def test_of_two_that_were_notified_the_earlier_notification_governs_and_both_are_named(world):
    """K10: fifteen working days from the first notification; a wrong join gives the later back."""
    stays, other = both_notified(world, "2025-12-16", "2025-12-15")
    later, earlier = stays.due("K10"), other.due("K10")
    assert (earlier, later) == ("2026-01-08", "2026-01-09")
    mark(other, stays, "2025-12-17")
    assert (other.stage(), stays.stage()) == (Stage.CLOSED, Stage.RAPID_REVIEW)
    clock = stays.clock("K10")
    assert (clock["due"], clock["first_due"]) == (earlier, later)
    assert stays.clock("K1")["met_on"] == "2025-12-15"
    assert stays.row().notification_reference.count("; ") == 1
    undo(other, stays, "2025-12-18")
    assert (stays.due("K10"), other.due("K10")) == (later, earlier)
    assert (other.stage(), "; " in stays.row().notification_reference) == (
        Stage.RAPID_REVIEW,
        False,
    )
    assert "set_meeting" in {one.todo for one in other.turns()}


def notified(world, reference: str, on: str) -> Driven:
    case = referred(world, "2025-12-11", aware_at="2025-12-11").decide()
    words = say.record_notification(sent_at=f"{on} 10:00", reference=reference)
    case.do(notification.record_notification, words, NOTIFIER, f"{on} 10:00")
    return case


@pytest.mark.parametrize(("given_back", "left"), [("B", "A; C"), ("C", "A; B")])
def test_of_two_that_were_taken_in_the_one_given_back_is_named_no_longer(given_back, left, world):
    stays, *others = (notified(world, name, "2025-12-15") for name in "ABC")
    for other in others:
        mark(other, stays, "2025-12-16")
    assert stays.row().notification_reference == "A; B; C"
    undo(others["BC".index(given_back)], stays, "2025-12-17")
    assert stays.row().notification_reference == left


def test_one_reference_given_for_two_notifications_is_given_back_once(world):
    stays, other = (notified(world, "A", "2025-12-15") for _twice in range(2))
    mark(other, stays, "2025-12-16")
    assert stays.row().notification_reference == "A; A"
    undo(other, stays, "2025-12-17")
    assert stays.row().notification_reference == "A"


def test_a_reopened_case_keeps_its_awareness_and_takes_the_earlier_notification(world):
    """K10: the last day follows the first notification; K1 counts from what was new."""
    stays = referred(world, "2025-12-11", aware_at="2025-12-11").decide(notify=False)
    new = say.reopen(aware_at="2025-12-15 09:00")
    stays.do(reopening.reopen, new, MANAGER, "2025-12-15 10:00")
    stays.decide("2025-12-15 12:00").notify("2025-12-16 10:00")
    other = notified(world, "B", "2025-12-15")
    before = stays.row()
    mark(other, stays, "2025-12-17")
    after = stays.row()
    assert (after.aware_at, after.referred_at) == (before.aware_at, before.referred_at)
    assert (after.notified_at, stays.due("K10")) == (at("2025-12-15 10:00"), "2026-01-08")
    undo(other, stays, "2025-12-18")
    assert (stays.row().notified_at, stays.due("K10")) == (before.notified_at, "2026-01-09")


def test_a_later_notification_moves_nothing_even_where_the_review_is_with_the_panel(world):
    stays, other = both_notified(world, "2025-12-15", "2025-12-16")
    stays.scope("2025-12-15").review(Outcome.NO_FURTHER_REVIEW)
    due = stays.clock("K10")
    mark(other, stays, "2026-01-08")
    assert (stays.clock("K10"), other.stage()) == (due, Stage.CLOSED)


def test_an_earlier_notification_is_not_taken_into_a_review_that_was_sent(world):
    stays, other = both_notified(world, "2025-12-16", "2025-12-15")
    stays.scope("2025-12-16").review(Outcome.NO_FURTHER_REVIEW)
    with pytest.raises(AnswerRefused, match="both are of one incident"):
        mark(other, stays, "2026-01-08")
    with pytest.raises(StepNotOpen):
        mark(stays, other, "2026-01-08")


@pytest.mark.parametrize("notified", [False, True])
def test_a_case_that_is_to_be_notified_is_not_joined_to_one_that_is_not(notified, world):
    stays, other = (referred(world, "2025-12-11", aware_at="2025-12-11") for _twice in range(2))
    other.decide()
    if notified:
        other.notify()
    with pytest.raises(AnswerRefused, match="that case is not"):
        mark(other, stays)
    mark(stays, other)
    assert stays.stage() is Stage.CLOSED


def test_a_case_whose_review_has_met_is_carried_on(world):
    stays, other = both_notified(world, "2025-12-15", "2025-12-15")
    other.scope("2025-12-15").meet()
    with pytest.raises(StepNotOpen, match="has met"):
        mark(other, stays, "2026-01-02")


def outcome_of(case: Driven, who: Actor) -> OutcomeTold | None:
    with case.world.act(who, "2026-01-09") as work:
        return outcome_told(work, case_to_read(work, case.case_id))


@pytest.mark.parametrize("marked", [False, True])
def test_only_a_case_that_stands_closed_as_a_duplicate_is_undone(marked, world):
    stays, other = referred(world, "2025-12-12"), referred(world, "2025-12-12")
    if marked:
        mark(other, stays)
        undo(other, stays)
    else:
        other.decide(notify=False)
        other.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2025-12-15")
    with pytest.raises(StepNotOpen):
        undo(other, stays, "2025-12-17")
