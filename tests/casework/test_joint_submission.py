"""The joint record on its way to the Panel: collected, come back, gone astray, for every side."""

from collections.abc import Callable
from datetime import date

import pytest

from services.casework.steps.dispatches import dispatches, wrong_recipient
from services.casework.steps.dispatches.collected import collected
from services.casework.steps.dispatches.dispatched import accepted
from services.casework.steps.rapid_review import submission_by_collection
from services.database.cases import get_case
from services.database.dispatches import Dispatch, dispatch_of
from services.database.outbox import case_emails
from services.domain.dispatches import Notice, Proof
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.roles import Role
from services.domain.todos import Todo
from tests.dispatch_factories import (
    record_return,
    report_wrong_recipient,
    send_by_hand,
    submit_by_collection,
)
from tests.driven import Driven
from tests.sent_out import dispatches_of, make_papers, read_papers
from tests.two_notified import (
    TwoNotified,
    both_notified,
    clock,
    keyline,
    runs,
    settle,
    signed,
    submitted,
    told,
)

MANAGER = Role.BUSINESS_MANAGER


@pytest.fixture
def submitted_by_both(ready_by) -> TwoNotified:
    """A joint record that was submitted and names the notifications of both areas."""
    return ready_by(both_notified, signed, submitted)


def newest(case: Driven) -> Dispatch:
    with case.world.act(MANAGER) as work:
        found = dispatches_of(work.session, case.case_id, Notice.RAPID_REVIEW_SUBMITTED)[-1]
        work.session.expunge_all()
    return found


def by_machine(case: Driven, what: Callable[..., None], when: str, *more: object) -> None:
    """Let the courier, or the door of collections, do this with the newest dispatch."""
    with case.world.act(keyline(case), when) as work:
        row = get_case(work.session, case.case_id, for_change=True)
        what(work, row, dispatch_of(work.session, row.id, str(newest(case).id)), *more)


def test_a_joint_record_is_collected_and_counts_for_all_from_the_day_of_sending(ready_by):
    """P7: until the Panel has opened it, it meets no K10 of any side."""
    joint = ready_by(both_notified, signed)
    own = joint.own
    make_papers(joint.world, joint.case_id, joint.when, Notice.RAPID_REVIEW_SUBMITTED)
    manager = joint.world.ours.actor(MANAGER)
    read_papers(joint.world, joint.case_id, joint.when, who=manager)
    act = submission_by_collection.submit_by_collection
    joint.driven.do(act, submit_by_collection(), MANAGER, joint.when)
    by_machine(joint.driven, accepted, joint.when, Proof.RELAY_ACCEPTED, date(2026, 1, 7))
    settle(joint, own)
    assert runs(clock(joint.driven))
    assert clock(own).met_on is None
    joint.when = "2026-01-09 12:00"
    by_machine(joint.driven, collected, joint.when)
    settle(joint, own)
    for case in (joint.driven, own):
        assert str(clock(case).met_on) == "2026-01-07"
    (said,) = told(own, EntryType.JOINT_RECORD_SUBMITTED)
    assert said["submitted_on"] == "2026-01-07"


def test_a_joint_record_that_came_back_opens_every_k10_again_at_its_own_day(submitted_by_both):
    """P7: every side is told and shows it; sent again, it counts for all on the later day."""
    joint, own = submitted_by_both, submitted_by_both.own
    due = clock(own).due
    settle(joint, own)
    joint.when = "2026-01-09 10:00"
    returned = record_return(newest(joint.driven).id, returned_on="2026-01-09")
    joint.driven.do(dispatches.record_return, returned, MANAGER, joint.when)
    settle(joint, own)
    for case in (joint.driven, own):
        row = clock(case)
        assert runs(row)
        assert (str(row.taken_back), row.due) == ("2026-01-07", due)
    (said,) = told(own, EntryType.JOINT_RECORD_RETURNED)
    assert said["returned_on"] == "2026-01-09"
    with own.world.act(MANAGER, joint.when) as work:
        events = [one.event for one in case_emails(work.session, own.case_id)]
    assert EmailTrigger.JOINT_DISPATCH_RETURNED in events
    joint.when = "2026-01-12 10:00"
    again = send_by_hand(newest(joint.driven).id, sent_on="2026-01-12")
    joint.driven.do(dispatches.send_by_hand, again, MANAGER, joint.when)
    settle(joint, own)
    for case in (joint.driven, own):
        assert str(clock(case).met_on) == "2026-01-12"


def test_what_went_to_the_wrong_person_is_on_both_sides_each_with_its_own_72_hours(
    submitted_by_both,
):
    """UK GDPR, art. 33: the other side answers for what it holds, from when it is told."""
    joint, own = submitted_by_both, submitted_by_both.own
    settle(joint, own)
    joint.when = "2026-01-09 17:30"
    astray = report_wrong_recipient(newest(joint.driven).id, aware_at="2026-01-09 16:50")
    joint.driven.do(wrong_recipient.report_wrong_recipient, astray, MANAGER, joint.when)
    settle(joint, own)
    settle(joint, own)
    (received,) = told(own, EntryType.BREACH_RECEIVED)
    assert received["partnership"].startswith(joint.world.ours.code)
    assert received["notice"] == Notice.RAPID_REVIEW_SUBMITTED
    (asked,) = [one for one in own.turns() if one.todo is Todo.DECIDE_ON_BREACH]
    assert str(asked.last_day) == "2026-01-12"
    with own.world.act(MANAGER, joint.when) as work:
        emails = case_emails(work.session, own.case_id)
        reported = [one for one in emails if one.event is EmailTrigger.BREACH_REPORTED]
        found = sorted(one.recipient for one in reported)
    assert found == ["business_manager", "data_protection_contact"]
    assert runs(clock(own)), "the Panel was not sent what names our notification"
