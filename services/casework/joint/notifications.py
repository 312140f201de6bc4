"""Notifications of one incident by several areas: who is told, and which of them starts K10."""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command
from services.casework.effects import (
    cancel_clock,
    follow_notification,
    last_day,
    place_order,
    start_clock,
)
from services.casework.joint.membership import fellow_members, is_lead
from services.casework.joint.orders import TellNotification, TellNotSubmitted, TellSubmitted
from services.casework.joint.standing_aside import stand_aside_if_joining
from services.database.cases import Case
from services.database.due_work import orders
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockEnding, ClockId
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.workflow import Step
from services.domain.working_days import london_date


class NotificationReceived(Command):
    """The notification of the incident that another area sent to the Panel."""

    partnership: str = Field(title="Which partnership?")
    notified_on: date = Field(title="When was the Panel notified?")
    reference: str = Field(title="Reference of the notification")


def notifications_received(work: UnitOfWork, case: Case) -> list[NotificationReceived]:
    """Return the notifications of other areas that are on our record, as they came."""
    entries = all_of(work.session, case.id, EntryType.NOTIFICATION_RECEIVED)
    return [NotificationReceived.model_validate(one.command) for one in entries]


def join_with_notification(work: UnitOfWork, case: Case) -> None:
    """Bring our own notification into the joint review, if the case is part of one.

    The others are told, the earliest notification governs, and a case that joins stands aside.
    """
    let_earliest_govern(work, case)
    tell_notification(work, case)
    stand_aside_if_joining(work, case)


def tell_notification(work: UnitOfWork, case: Case) -> None:
    """Order that every partnership that takes part is told of our notification, if there is one."""
    for other in fellow_members(work, case) if case.notified_at else ():
        order = TellNotification(
            joint_review_id=other.joint_review_id, partnership_id=other.tenant_id
        )
        place_order(work, CaseId(case.id), Step.NOTIFY, order)


def tell_submitted(work: UnitOfWork, case: Case, dispatch_id: UUID, on: date) -> None:
    """Order that every partnership that takes part is told that the joint record was submitted.

    So is one that left the review after a record that came back: what that had met is met now.
    """
    now = {(one.tenant_id, one.joint_review_id) for one in fellow_members(work, case)}
    for partnership_id, joint_review_id in sorted(now | _told(work, case, "tell_not_submitted")):
        order = TellSubmitted(
            joint_review_id=joint_review_id,
            partnership_id=partnership_id,
            dispatch_id=dispatch_id,
            on=on,
        )
        place_order(work, CaseId(case.id), Step.SUBMIT, order)


def tell_not_submitted(work: UnitOfWork, case: Case, dispatch_id: UUID, on: date) -> None:
    """Order that everybody who was told of this submission is told that it came back."""
    told = _told(work, case, "tell_submitted", dispatch_id=str(dispatch_id))
    for partnership_id, joint_review_id in sorted(told):
        order = TellNotSubmitted(
            joint_review_id=joint_review_id,
            partnership_id=partnership_id,
            dispatch_id=dispatch_id,
            on=on,
        )
        place_order(work, CaseId(case.id), Step.SUBMIT, order)


def _told(work: UnitOfWork, case: Case, type_: str, **part: str) -> set[tuple[UUID, UUID]]:
    """Return who was told so before, each with the joint review."""
    found = orders(work, CaseId(case.id), {"type": type_, **part})
    return {(UUID(one["partnership_id"]), UUID(one["joint_review_id"])) for one in found}


def let_earliest_govern(work: UnitOfWork, case: Case) -> None:
    """Let the earliest notification of the incident govern K10 on the case that leads (RR-34).

    It is counted by the lead's policy, and the first date stays in sight. Once the record is
    submitted nothing is counted any more.
    """
    days = [one.notified_on for one in notifications_received(work, case)]
    if not days or not is_lead(work, case) or case.submitted_at is not None:
        return
    if case.notified_at is None or min(days) < london_date(case.notified_at):
        start_clock(work, case, ClockId.K10, notification=min(days))
        follow_notification(work, case, min(days))


def point_to_notification(work: UnitOfWork, case: Case, notified_on: date) -> None:
    """End a running K1 whose incident was notified in time by another area (NOT-01 to 04).

    One that was missed when the Panel was notified is never tidied away. What our own authority
    decides stays its own (NOT-13).
    """
    limit = last_day(work, case, ClockId.K1)
    if limit is not None and notified_on <= limit:
        cancel_clock(work, case, ClockId.K1, because=ClockEnding.NOTIFIED_ELSEWHERE)
