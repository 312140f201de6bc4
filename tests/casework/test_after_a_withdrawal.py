"""What follows a notification that was withdrawn: its papers, the next review, a joint review."""

import pytest

from services.casework.document_builders.building import BuiltDocument, build
from services.casework.document_builders.registry import BUILDERS
from services.casework.effects import DocumentOrder
from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps import closing, reopening
from services.casework.steps.notification.notification_withdrawn import (
    record_withdrawal,
    withdrawal_on_record,
)
from services.casework.steps.notification.withdrawal_conditions import (
    OF_ANOTHER_AREA,
    why_not_withdrawn,
)
from services.casework.steps.rapid_review import lateness, meeting_pack, rapid_review
from services.casework.steps.scoping import scoping
from services.casework.steps.scoping.scoping_requests import asked_this_time
from services.database import due_work
from services.database.cases import get_case
from services.database.history import Entry, all_of
from services.database.outbox import case_emails
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.errors import RuleBroken, StepNotOpen
from services.domain.joint_changes import THE_NOTIFICATION, JointChange
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Actor, Role
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories as say
from tests.death_factories import record_withdrawal as withdrawn
from tests.desk import Desk
from tests.driven import Driven
from tests.joint import Joint, over_there
from tests.joint_changes import Changing
from tests.marked import Marked
from tests.policy_factories import FOLLOWS_PANEL
from tests.two_notified import EARLIER, settle
from tests.world import HOSPITAL, World, make_world

NOTIFIER, MANAGER, CHAIR = Role.NOTIFIER, Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
ILLNESS = "The post-mortem found an illness."


def withdraw(case: Driven, when: str, **said: object) -> None:
    case.do(record_withdrawal, withdrawn(reasons=ILLNESS, **said), NOTIFIER, when)


def built(case: Driven, who: Role | Actor = MANAGER) -> list[BuiltDocument]:
    """Return each paper as it is ordered on the case, the newest act's last."""
    with case.world.act(who, "2026-01-20") as work:
        ordered = due_work.orders(work, case.case_id, {"type": "document"})
        made = [DocumentOrder.model_validate(one) for one in ordered]
        made.sort(key=lambda one: one.as_of_entry)
        return [build(work, case.case_id, one, BUILDERS) for one in made]


def marked(world: World) -> Marked:
    """Withdraw a notification, and mark what was said of it."""
    case = Marked(make_world(world.engine, FOLLOWS_PANEL))
    case.decide().notify()
    withdraw(case, "2025-12-18 10:00")
    case.made()
    case.mark(about=case.entry(EntryType.NOTIFICATION_WITHDRAWN), section=None)
    return case


def test_a_paper_that_tells_a_withdrawal_is_hidden_with_it_from_who_is_not_listed(ready_by):
    """RR-48: what the police hold back is in no paper that an unlisted seat opens."""
    case = ready_by(marked)
    case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2026-01-05 10:00")
    withdrawal = case.entry(EntryType.NOTIFICATION_WITHDRAWN)
    telling = [one for one in built(case, case.police()) if ILLNESS in repr(one.paper)]
    assert DocumentKind.CLOSING_RECORD in {one.paper.kind for one in telling}
    assert all(withdrawal in one.said for one in telling)
    Desk(case.world, when="2026-01-05 11:00").carry(case.case_id)
    assert DocumentKind.CLOSING_RECORD in case.papers_of(case.police())
    for who in (MANAGER, CHAIR, Role.INDEPENDENT_SCRUTINEER):
        assert DocumentKind.CLOSING_RECORD not in case.papers_of(who)


def agreed(together: Changing, change: JointChange) -> None:
    together.propose_change(change)
    together.answer_change()
    together.settle()
    together.settle(together.theirs_case)


def joins(together: Changing, own: Driven) -> None:
    """Let their own case join our review."""
    opened = together.invited(JointPart.JOINTLY_DECIDING)
    together.answer(opened, JointAnswer.ACCEPTED, own_case=own.row().reference)
    together.theirs_case = own.case_id
    settle(together, own)


def withdrawn_over_there(world: World) -> Changing:
    """Let a case of theirs join ours whose own notification is withdrawn."""
    together = Changing(make_world(world.engine, FOLLOWS_PANEL))
    own = over_there(together).decide().notify("2025-12-16 09:00")
    withdraw(own, "2025-12-17 09:00")
    together.when = "2025-12-17 10:00"
    joins(together, own)
    return together


def test_rr_01_an_area_whose_notification_is_withdrawn_owes_none_when_it_leaves(ready_by):
    """RR-01: it has notified nobody, and goes on with what it learnt."""
    together = ready_by(withdrawn_over_there)
    agreed(together, JointChange.LEAVES)
    assert together.their_case(together.theirs_case).stage is Stage.EMBEDDING
    assert Todo.PROPOSE_PLAN in together.todos(together.theirs, together.theirs_case)


def of_notification(together: Changing) -> list[Entry]:
    with together.world.act(together.theirs.actor(MANAGER), together.when) as work:
        found = all_of(work.session, together.theirs_case, *THE_NOTIFICATION)
        work.session.expunge_all()
    return found


def test_a_new_lead_whose_own_was_withdrawn_takes_the_day_with_what_was_said_of_it(ready_by):
    """RR-34: K10 counts on its case from a notification that is on its record."""
    together = ready_by(withdrawn_over_there, Changing.shared_back, Changing.change_lead)
    theirs = together.their_case(together.theirs_case)
    assert theirs.notified_at == together.ours_now().notified_at
    newest = of_notification(together)[-1]
    assert newest.entry_type is EntryType.NOTIFICATION_RECORDED
    assert newest.origin_id is not None


def notified_anew(joint: Joint) -> None:
    """Withdraw our notification, reopen the case and notify the Panel anew."""
    withdraw(joint.driven, "2025-12-17 09:00")
    again = say.reopen(aware_at="2025-12-18 09:00")
    joint.driven.do(reopening.reopen, again, MANAGER, "2025-12-18 10:00")
    joint.driven.decide("2025-12-18 11:00").notify("2025-12-18 12:00")
    joint.when = "2025-12-19 10:00"


def test_a_new_lead_that_notified_takes_no_withdrawal_of_another(world):
    together = Changing(make_world(world.engine, FOLLOWS_PANEL))
    notified_anew(together)
    joins(together, over_there(together).decide().notify("2025-12-16 09:00"))
    together.shared_back().change_lead()
    assert [one.entry_type for one in of_notification(together)] == [
        EntryType.NOTIFICATION_RECORDED
    ]
    assert together.their_case(together.theirs_case).notified_at is not None


def test_what_a_new_lead_asked_is_still_asked_after_it_takes_over_an_earlier_withdrawal(world):
    """RR-39: the withdrawal came before it asked, whatever its number on the new lead's case."""
    together = Changing(make_world(world.engine, FOLLOWS_PANEL))
    notified_anew(together)
    together.joined(JointPart.JOINTLY_DECIDING)
    together.theirs_case = together.opened()
    hospital = together.theirs.agency(HOSPITAL)
    asked = say.request_returns(hospital)
    together.do_theirs(scoping.REQUEST_RETURNS, together.theirs_case, asked, MANAGER)
    together.shared_back()
    together.change_lead()
    types = {one.entry_type for one in of_notification(together)}
    assert EntryType.NOTIFICATION_WITHDRAWN in types
    with together.world.act(together.theirs.actor(MANAGER), together.when) as work:
        case = get_case(work.session, together.theirs_case)
        assert asked_this_time(work, case) == {hospital}


def both_and_theirs_leaves(world: World) -> Changing:
    """Let both areas notify, and theirs leave the review again."""
    together = Changing(make_world(world.engine, FOLLOWS_PANEL))
    joins(together, over_there(together).decide().notify(EARLIER))
    agreed(together, JointChange.LEAVES)
    return together


def test_rr_01_a_review_that_rests_on_another_areas_notification_too_goes_on(ready_by):
    """RR-01: our word does not end what another area's notification opened."""
    together = ready_by(both_and_theirs_leaves)
    with together.world.act(NOTIFIER, "2025-12-18") as work:
        assert why_not_withdrawn(work, get_case(work.session, together.case_id)) == OF_ANOTHER_AREA
    with pytest.raises(RuleBroken, match="which is not ours to withdraw"):
        withdraw(together.driven, "2025-12-18 10:00")


def test_rr_37_lateness_told_of_a_review_that_was_withdrawn_silences_no_other(ready_by):
    """RR-37: the Panel is told before the next review is late, whatever it was told before."""
    case = ready_by(lambda world: Driven(make_world(world.engine, FOLLOWS_PANEL)).decide())
    case.notify()
    told = say.tell_lateness(expected_on="2026-03-31")
    case.do(lateness.tell_lateness, told, MANAGER, "2026-01-07")
    withdraw(case, "2026-01-08 10:00")
    again = say.reopen(aware_at="2026-01-09")
    case.do(reopening.reopen, again, MANAGER, "2026-01-09 12:00")
    case.decide("2026-01-09 13:00").notify("2026-01-12 10:00")
    assert case.due(ClockId.K10) == "2026-02-02"
    keyline = service_actor(case.world.ours.partnership_id, KEYLINE_ITSELF)
    with case.world.act(keyline, "2026-01-30") as work:
        enqueue_reminders(work)
    assert Todo.TELL_LATENESS in {one.todo for one in case.turns()}


class Answered(Joint):
    """A review of ours that was withdrawn, to which their invited case then comes notified."""

    own: Driven


def brought_by_theirs(world: World) -> Answered:
    """Invite, review and withdraw; then the other side accepts with its own notification."""
    joint = Answered(make_world(world.engine, FOLLOWS_PANEL))
    opened = joint.invited(JointPart.JOINTLY_DECIDING)
    joint.own = over_there(joint).decide().notify("2025-12-16 09:00")
    joint.driven.scope().meet().propose(Outcome.NO_FURTHER_REVIEW)
    withdraw(joint.driven, "2026-01-02 12:00")
    joint.when = "2026-01-02 14:00"
    joint.answer(opened, JointAnswer.ACCEPTED, own_case=joint.own.row().reference)
    settle(joint, joint.own)
    return joint


def sent(case: Driven, event: EmailTrigger) -> int:
    with case.world.act(MANAGER) as work:
        return sum(one.event is event for one in case_emails(work.session, case.case_id))


def test_a_review_on_anothers_notification_after_a_withdrawal_is_a_new_one(ready_by):
    """RR-01, RR-39: the agencies are asked, and the record and criteria written, for this one."""
    joint = ready_by(brought_by_theirs)
    case = joint.driven
    assert (case.stage(), case.row().notified_at) == (Stage.RAPID_REVIEW, None)
    assert {"K10", "K5"} <= {one.partition(" ")[0] for one in case.running()}
    assert Todo.REQUEST_RETURNS in {one.todo for one in case.turns()}
    assert Todo.ACCEPT_PACK not in {one.todo for one in case.turns()}
    assert sent(case, EmailTrigger.NOTIFICATION_RECORDED) == 8
    with case.world.act(MANAGER, joint.when) as work:
        assert withdrawal_on_record(work, get_case(work.session, case.case_id)) is None
    with pytest.raises(RuleBroken, match="Send the scoping forms first"):
        case.do(meeting_pack.accept_pack, say.accept_pack(), MANAGER, joint.when)
    case.scope("2026-01-02 15:00", "2026-01-05 08:00").meet("2026-01-05", "2026-01-05 09:00")
    assert sent(case, EmailTrigger.SCOPING_REQUESTED) == 4
    again = say.propose_decision(Outcome.NO_FURTHER_REVIEW)
    with pytest.raises(StepNotOpen, match="This comes after: rapid review record written"):
        case.do(rapid_review.propose_decision, again, CHAIR, "2026-01-05 17:00")


def test_its_pack_holds_the_notification_that_stands_and_not_the_withdrawn_one(ready_by):
    """RR-45: what the attendees read as the notification is that on which the review rests."""
    case = ready_by(brought_by_theirs).driven
    case.scope("2026-01-02 15:00", "2026-01-05 08:00").meet("2026-01-05", "2026-01-05 09:00")
    kind = DocumentKind.MEETING_PACK
    packs = [repr(one.paper) for one in built(case) if one.paper.kind is kind]
    by_theirs, by_ours = "Tuesday 16 December 2025", "Sent by, and how the Panel can reach them"
    assert by_ours in packs[0]
    assert by_theirs in packs[-1]
    assert by_ours not in packs[-1]
