"""A case that is taken over counts from its own days, and goes on by the forms as any other."""

from datetime import UTC, datetime

import pytest

from services.casework.steps.notification.awareness import RECORD_AWARENESS
from services.casework.steps.notification.notification import RECORD_NOTIFICATION
from services.casework.steps.notification.notification_decision import DECIDE_TO_NOTIFY
from services.casework.steps.rapid_review import meeting, meeting_pack
from services.casework.steps.referral.referral import REFER
from services.casework.steps.scoping import return_entered
from services.casework.steps.scoping.scoping import REQUEST_RETURNS
from services.casework.taking_over.as_of_then import (
    case_named,
    done_then,
    is_on_record,
    say_brought_in,
    telling_nobody,
)
from services.database.cases import get_case
from services.database.history import entries
from services.database.outbox import DeliveryStatus, case_emails
from services.domain.errors import NotFound, NotPermitted, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories, scoping_factories
from tests.declared import declare_everybody
from tests.driven import ASKED, Driven
from tests.world import World

MANAGER, NOTIFIER = Role.BUSINESS_MANAGER, Role.NOTIFIER
NOW = "2026-01-02 09:00"
RECEIVED = datetime(2025, 12, 12, 11, 0, tzinfo=UTC)
SENT = datetime(2025, 12, 15, 10, 0, tzinfo=UTC)


@pytest.fixture
def taken(world: World) -> Driven:
    """A case whose referral and scoping forms were brought in by the manager, the rest after it."""
    agencies = factories.request_returns(*map(world.ours.agency, ASKED))
    with world.act(MANAGER, NOW) as work, telling_nobody(work, None) as cases:
        referred = factories.refer(received_at=RECEIVED, aware_at=RECEIVED)
        case = done_then(work, REFER, None, referred, RECEIVED)
        cases.append(case)
        done_then(work, REQUEST_RETURNS, case, agencies, SENT)
        say_brought_in(work, case, "0" * 64, [("Incident referred", RECEIVED)])
        case_id = CaseId(case.id)
    declare_everybody(world, case_id, NOW)
    with world.act(NOTIFIER, NOW) as work:
        case = get_case(work.session, case_id)
        with telling_nobody(work, case):
            for act, command, at in (
                (RECORD_AWARENESS, factories.record_awareness(), RECEIVED),
                (DECIDE_TO_NOTIFY, factories.decide_to_notify(notify=True), RECEIVED),
                (RECORD_NOTIFICATION, factories.record_notification(sent_at=SENT), SENT),
            ):
                done_then(work, act, case, command, at)
    return Driven.of(world, case_id)


def test_its_clocks_count_from_the_days_and_its_history_says_when_it_was_put_on_record(taken):
    as_it_went = {"K1": "2025-12-15", "K5": "2025-12-15"}
    assert {one: taken.clock(one)["met_on"] for one in as_it_went} == as_it_went
    assert taken.clock("K10")["anchored_on"] == "2025-12-15"
    assert taken.stage() is Stage.RAPID_REVIEW
    with taken.world.act(MANAGER, NOW) as work:
        said = entries(work.session, taken.case_id)
        assert {one.at for one in said} == {work.now}
        notes = [one.command["words"] for one in said if one.act == "keep_note"]
        assert "Incident referred: Friday 12 December 2025 at 11am" in notes[0]
        assert is_on_record(work, taken.row(), REQUEST_RETURNS)


def test_nobody_is_written_to_about_what_has_happened(taken):
    with taken.world.act(MANAGER, NOW) as work:
        emails = case_emails(work.session, taken.case_id)
        told = {one.event.value for one in emails if one.delivery is not DeliveryStatus.STOPPED}
    assert told <= {"declare_first"}


def test_an_answer_that_came_before_it_was_taken_over_is_entered_by_the_day_on_which_it_came(taken):
    said = scoping_factories.enter_return(taken.agency(), received_at="2025-12-18 10:00")
    taken.do(return_entered.enter_return, said, MANAGER, NOW)
    assert taken.clock("K6", str(taken.agency()))["met_on"] == "2025-12-18"


def test_what_followed_is_recorded_on_the_forms_with_its_past_days(taken):
    """The pack and the meeting that was held: K8 counts from the day of the meeting."""
    for name in ASKED:
        said = scoping_factories.enter_return(taken.agency(name), received_at="2025-12-18 10:00")
        taken.do(return_entered.enter_return, said, MANAGER, NOW)
    taken.do(meeting_pack.accept_pack, factories.accept_pack(), MANAGER, NOW)
    held = taken.chaired(met_on="2025-12-30")
    taken.do(meeting.hold_meeting, held, Role.REVIEW_GROUP_CHAIR, NOW)
    assert taken.clock("K7")["met_on"] == "2025-12-30"
    assert taken.clock("K8")["anchored_on"] == "2025-12-30"


def test_nobody_takes_over_what_they_may_not_do_or_what_is_to_come(world: World):
    case = Driven(world)
    with world.act(MANAGER, NOW) as work:
        row = get_case(work.session, case.case_id)
        with pytest.raises(NotPermitted):
            done_then(work, RECORD_AWARENESS, row, factories.record_awareness(), RECEIVED)
        later = datetime(2026, 1, 3, tzinfo=UTC)
        with pytest.raises(RuleBroken, match="not happened yet"):
            done_then(work, REFER, None, factories.refer(), later)


def test_a_case_is_found_by_its_reference_by_whom_it_is_open_to(world: World):
    case = Driven(world, all_declare=False)
    reference = case.row().reference
    with world.act(MANAGER, NOW) as work, pytest.raises(NotFound):
        case_named(work, reference)
    declare_everybody(world, case.case_id, NOW)
    with world.act(MANAGER, NOW) as work:
        assert case_named(work, f" {reference.lower()} ").id == case.case_id
