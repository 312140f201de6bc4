"""A notification that is withdrawn with the Panel: who may record it, where, and what ends."""

from dataclasses import replace
from datetime import date

import pytest

from services.casework.access.meeting import kinds_for_attendee
from services.casework.document_builders.building import build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.steps import closing, reopening
from services.casework.steps.attendance import attendees
from services.casework.steps.notification import looked_after_death, notification
from services.casework.steps.notification.notification_withdrawn import record_withdrawal
from services.casework.steps.notification.withdrawal_conditions import (
    NOT_FOLLOWED,
    OF_A_DEATH_IN_CARE,
    OF_SEVERAL,
    REVIEW_AGREED,
    may_be_withdrawn,
    why_not_withdrawn,
)
from services.casework.steps.outcome_told import outcome_told
from services.casework.steps.rapid_review import rapid_review, submission, unagreed
from services.casework.steps.sign_off import sign_off
from services.database import due_work
from services.database.cases import get_case
from services.database.clocks import clocks
from services.database.dispatches import dispatches
from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.clocks.versions import WITHDRAWALS
from services.domain.dispatches import DispatchState
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken, StepNotOpen
from services.domain.roles import Role, Seat
from services.domain.workflow import Outcome, Stage
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests import panel_factories
from tests.attendance_factories import name_attendees
from tests.death_factories import record_withdrawal as withdrawn
from tests.driven import Driven
from tests.joint import Joint
from tests.kept import PARTNERS, Traces, emails, nothing_changes, refused, turns
from tests.policy_factories import FOLLOWS_PANEL
from tests.reached import reach
from tests.world import HOSPITAL, World, make_world

NOTIFIER, MANAGER, CHAIR = Role.NOTIFIER, Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
WHEN = "2025-12-18 10:00"
LATER = "2026-01-06"


def following(world: World) -> Driven:
    """Carry a case to its rapid review where the policy follows the Panel's page."""
    return reach(make_world(world.engine, FOLLOWS_PANEL), Stage.RAPID_REVIEW)


def put(case: Driven) -> Driven:
    """Hold the meeting, have one seat sign that there is no further review, and one disagree."""
    case.meet().propose(Outcome.NO_FURTHER_REVIEW)
    return case.sign(sign_off.sign_rapid_review, "2026-01-05", Seat.POLICE)


@pytest.fixture
def case(ready_by) -> Driven:
    return ready_by(following)


def withdraw(case: Driven, when: str = WHEN, **said: object) -> Driven:
    case.do(record_withdrawal, withdrawn(**said), NOTIFIER, when)
    return case


def endings(case: Driven) -> dict[str, str | None]:
    """Return why each clock ended that did not run out its course, by its name."""
    with case.world.act(MANAGER) as work:
        found = clocks(work.session, case.case_id)
        return {one.clock: one.ended_because for one in found if one.ended_on}


def papers(case: Driven, kind: str) -> str:
    """Return what the papers of the kind say that are ordered on the case."""
    with case.world.act(MANAGER, LATER) as work:
        ordered = due_work.orders(work, case.case_id, {"type": "document", "kind": kind})
        made = [DocumentOrder.model_validate(one) for one in ordered]
        return " ".join(repr(build(work, case.case_id, one, BUILDERS).paper) for one in made)


def test_k10_and_the_review_end_as_withdrawn_and_everybody_in_it_is_told(case, left_by):
    """K10, RR-01: none of its clocks is met, and nobody is asked for anything of it any more."""
    left = left_by(case, record_withdrawal, withdrawn(), who=NOTIFIER, when=WHEN)
    assert left == Traces(
        entries=["notification_withdrawn"],
        opened=["close_or_reopen | business_manager"],
        closed=["accept_pack | business_manager", "set_meeting | business_manager"],
        clocks=[f"{one} ended 2025-12-18" for one in ("K10", "K4", "K7")],
        ordered=["notify | notification_record | v2"],
        emails=emails(
            "notification_withdrawn",
            "hospital.desk",
            "school.desk",
            "business.manager",
            "review.group.chair",
            *PARTNERS,
        ),
    )
    assert set(endings(case).values()) == {ClockEnding.WITHDRAWN}
    assert case.stage() is Stage.NOT_NOTIFIED
    assert case.running() == []
    row = case.row()
    assert (row.notified_at, row.notification_reference, row.awareness) == (None, "", 1)


def test_once_the_partners_are_signing_what_was_put_and_what_waits_to_be_sent_ends_too(
    ready_by, left_by
):
    case = ready_by(following, put)
    case.do(unagreed.inform_of_unagreed, panel_factories.inform_of_unagreed(), MANAGER, LATER)
    left = left_by(case, record_withdrawal, withdrawn(), who=NOTIFIER, when=LATER)
    assert left.clocks == sorted(f"{one} ended 2026-01-06" for one in ("K10", "K8", "K9"))
    assert left.closed == turns("sign_rapid_review", "integrated_care_board", "local_authority")
    with case.world.act(MANAGER) as work:
        states = {one.state for one in dispatches(work.session, case.case_id)}
    assert states == {DispatchState.DROPPED}
    assert [one.todo for one in case.turns()] == ["close_or_reopen"]


@pytest.mark.parametrize("policy", [{}, {"withdrawals_since": date(2025, 12, 16)}])
def test_rr_01_by_the_framework_or_before_the_day_that_the_policy_says_none_is_withdrawn(
    policy, app_engine, admin_engine
):
    """RR-01: a rapid review follows every notification, and says that the criteria lapsed."""
    case = reach(make_world(app_engine, PartnershipPolicy(**policy)), Stage.RAPID_REVIEW)
    with refused(admin_engine, case.world, RuleBroken, saying="No notification is withdrawn here"):
        withdraw(case)
    with case.world.act(NOTIFIER, WHEN) as work:
        row = get_case(work.session, case.case_id)
        assert not may_be_withdrawn(work, row)
        assert why_not_withdrawn(work, row) == NOT_FOLLOWED
    assert "no longer met (DEC-12)" in NOT_FOLLOWED
    assert case.due(ClockId.K10) == "2026-01-08"


def test_the_panels_page_is_confirmed_by_no_source_and_no_policy_follows_it_unsaid():
    assert not WITHDRAWALS.confirmed
    assert not PartnershipPolicy().lets_withdraw(date(2026, 6, 1))


@pytest.mark.parametrize("who", [MANAGER, CHAIR, Role.SAFEGUARDING_PARTNER])
def test_nobody_but_a_registered_decision_maker_of_the_authority_records_it(case, who, admin_of):
    with (
        nothing_changes(admin_of(case), case.world),
        pytest.raises(NotPermitted),
    ):
        case.do(record_withdrawal, withdrawn(), who, WHEN)


@pytest.mark.parametrize(
    ("day", "says"), [("2025-12-14", "after the notification"), ("2025-12-19", "in the future")]
)
def test_it_was_confirmed_between_the_notification_and_today(case, day, says, admin_of):
    with refused(admin_of(case), case.world, AnswerRefused, field="confirmed_on", saying=says):
        withdraw(case, confirmed_on=day)


def test_not_05_a_death_in_care_keeps_its_notification_and_the_review_goes_on(
    app_engine, admin_engine
):
    """NOT-05: told of or still to be told, that duty is not touched by a withdrawal."""
    child = say.child(statuses=("looked_after",))
    world = make_world(app_engine, FOLLOWS_PANEL)
    died = say.refer(harm="death", children=(child,), aware_at="2025-12-11")
    case = Driven(world, died).decide().notify()
    told = say.record_looked_after_death(sent_at="2025-12-16 12:00")
    for _before_and_after in range(2):
        with refused(admin_engine, world, RuleBroken, saying="looked-after child or care leaver"):
            withdraw(case)
        if case.row().looked_after_notified_at is None:
            case.do(looked_after_death.record_looked_after_death, told, NOTIFIER, "2025-12-17")
    assert "no longer met (DEC-12)" in OF_A_DEATH_IN_CARE


def test_gov_11_an_lcspr_that_all_seats_agreed_on_is_not_ended_by_one_of_them(ready_by, admin_of):
    """GOV-11, K11: only a decision of every seat against the review ends it."""
    case = ready_by(following, lambda one: one.meet().propose())
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    with refused(admin_of(case), case.world, RuleBroken, saying="agreed on an LCSPR"):
        withdraw(case, LATER)
    assert "K11" in REVIEW_AGREED


def test_once_the_review_is_submitted_nothing_is_withdrawn(ready_by, admin_of):
    case = ready_by(following, lambda one: one.review(Outcome.NO_LONGER_MET))
    with (
        nothing_changes(admin_of(case), case.world),
        pytest.raises(StepNotOpen, match="You cannot record that the notification was withdrawn"),
    ):
        withdraw(case, "2026-01-08")


def joint_review(world: World) -> Joint:
    """Join a review of two partnerships that both follow the Panel's page."""
    return Joint(make_world(world.engine, FOLLOWS_PANEL))


def test_while_others_take_part_in_the_review_neither_side_withdraws(ready_by, admin_of):
    """RR-29: the lead's review is that of all, and who contributes leads none."""
    joint = ready_by(joint_review, Joint.joined)
    with refused(admin_of(joint), joint.world, RuleBroken, saying="Other partnerships take part"):
        withdraw(joint.driven)
    swapped = replace(joint.world, ours=joint.world.theirs, theirs=joint.world.ours)
    theirs = Driven.of(swapped, joint.theirs_case)
    joint.declare(joint.theirs_case, NOTIFIER)
    with nothing_changes(admin_of(joint), joint.world), pytest.raises(StepNotOpen):
        withdraw(theirs)
    assert "joint part" in OF_SEVERAL


def test_it_is_told_on_the_papers_to_who_closes_the_case_and_to_the_agencies(case):
    withdraw(case, reasons="The post-mortem found an illness.")
    for kind in ("notification_record", "closing_record"):
        if kind == "closing_record":
            case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2025-12-19")
        paper = papers(case, kind)
        for words in ("The notification was withdrawn", "The post-mortem found an illness."):
            assert words in paper
    with case.world.act(MANAGER, LATER) as work:
        row = get_case(work.session, case.case_id)
        for act in (closing.CLOSE_UNREVIEWED, reopening.REOPEN):
            said = [one.text for told in said_before(work, act, row) for one in told.said]
            assert "The post-mortem found an illness." in said
    with case.world.act(Role.AGENCY_LEAD, LATER, agency=HOSPITAL) as work:
        told = outcome_told(work, get_case(work.session, case.case_id))
        assert told is not None
        assert (told.outcome, told.was_withdrawn) == (None, True)
        assert told.decided_on == date(2025, 12, 18)


def attended(world: World) -> Driven:
    """Put a decision of a meeting to which the hospital's lead was named."""
    case = Driven(make_world(world.engine, FOLLOWS_PANEL)).decide().notify()
    lead = case.world.ours.actor(Role.AGENCY_LEAD, agency=HOSPITAL).person_id
    case.do(attendees.name_attendees, name_attendees(lead), MANAGER, "2025-12-15 11:00")
    return case.scope().meet().propose(Outcome.NO_FURTHER_REVIEW)


def test_who_attended_reads_no_record_that_never_went_to_the_panel(ready_by):
    """RR-49: the completed record goes to attendees; one that ended before is not completed."""
    case = ready_by(attended)
    withdraw(case, LATER)
    for closes in (False, True):
        if closes:
            case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, LATER)
        with case.world.act(Role.AGENCY_LEAD, LATER, agency=HOSPITAL) as work:
            read = kinds_for_attendee(work, get_case(work.session, case.case_id))
        assert read == {DocumentKind.MEETING_RECORD}


def test_a_case_that_is_reopened_and_notified_anew_is_reviewed_anew(ready_by, left_by):
    """NOT-21: no record, answer or signature of the review that ended counts for the new one."""
    case = ready_by(following, lambda one: one.meet().propose(Outcome.NO_FURTHER_REVIEW))
    case.sign(sign_off.sign_rapid_review, "2026-01-05")
    withdraw(case, LATER)
    case.do(reopening.reopen, say.reopen(aware_at="2026-01-08"), MANAGER, "2026-01-08 12:00")
    case.decide("2026-01-09")
    again = say.record_notification(sent_at="2026-01-12 10:00", reference="SIN-2")
    notify = notification.record_notification
    left = left_by(case, notify, again, who=NOTIFIER, when="2026-01-12 10:00")
    assert {"K10 due 2026-02-02", "K4 due 2026-01-13"} <= set(left.clocks)
    assert len([one for one in left.emails if one.startswith("notification_recorded")]) == 4
    assert case.row().met_on is None
    for act, command, who in (
        (submission.submit, say.submit(submitted_at="2026-01-13"), MANAGER),
        (unagreed.inform_of_unagreed, panel_factories.inform_of_unagreed(), MANAGER),
    ):
        with pytest.raises((RuleBroken, StepNotOpen)), case.world.act(who, "2026-01-13") as work:
            act(work, case.case_id, command)
    case.scope("2026-01-13", "2026-01-19").meet("2026-01-23", "2026-01-22")
    proposed = say.propose_decision(Outcome.NO_FURTHER_REVIEW)
    with pytest.raises(StepNotOpen, match="This comes after: rapid review record written"):
        case.do(rapid_review.propose_decision, proposed, CHAIR, "2026-01-26")
    case.propose(Outcome.NO_FURTHER_REVIEW, "2026-01-26")
    assert case.row().decided_on is None
    case.sign(sign_off.sign_rapid_review, "2026-01-26")
    assert case.row().decided_on == date(2026, 1, 26)
