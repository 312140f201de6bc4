"""What one side told the Panel, or asks of the other, is put on record there by Keyline itself."""

from typing import Final

from services.casework.engine.joint_delivery import on_their_case
from services.casework.job_context import JobContext, JobHandlers, Link, nothing_more
from services.casework.joint.orders import (
    TellExtensionAsked,
    TellNotification,
    TellNotSubmitted,
    TellReviewOpened,
    TellSubmitted,
)
from services.casework.steps.joint.notifications import (
    NoteSubmission,
    NoteSubmissionReturned,
    ReceiveNotification,
    note_submission,
    note_submission_returned,
    receive_notification,
)
from services.casework.steps.joint.review_opened import NoteReviewOpened, note_review_opened
from services.casework.steps.joint.sharing import GrantKept
from services.casework.steps.joint.sharing_extension import NoteExtensionAsked, note_extension_asked
from services.database.cases import get_case
from services.database.history import Entry, all_of
from services.database.joint_reviews import case_beside
from services.database.shown import grant_shown
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.working_days import london_date

_SUBMITTED: Final = (
    EntryType.RAPID_REVIEW_SUBMITTED,
    EntryType.RAPID_REVIEW_SENT_FOR_COLLECTION,
)


def notification_of(ours: UnitOfWork, case_id: CaseId) -> ReceiveNotification | None:
    """Return our own notification of the incident, if the Panel was notified on the case."""
    case = get_case(ours.session, case_id)
    if case.notified_at is None:
        return None
    return ReceiveNotification(
        partnership=ours.partnership.name,
        notified_on=london_date(case.notified_at),
        reference=case.notification_reference,
        partnership_id=ours.actor.partnership_id,
    )


def tell_notification(context: JobContext, order: TellNotification) -> Link:
    """Put our notification on record where the review is carried together with us."""
    with context.transaction() as ours:
        told = notification_of(ours, context.case_id)
    if told is None:
        return nothing_more
    return on_their_case(context, order, receive_notification, told)


def tell_submitted(context: JobContext, order: TellSubmitted) -> Link:
    """Tell of the joint record where it names a notification, or where it is only waited for.

    One that left the review meanwhile is told as well: what the record names is met by it.
    """
    with context.transaction() as ours:
        submitted = [
            one for kind in _SUBMITTED for one in all_of(ours.session, context.case_id, kind)
        ]
        sent = max(one.number for one in submitted)
        named = all_of(ours.session, context.case_id, EntryType.NOTIFICATION_RECEIVED)
        names_theirs = any(
            one.subject == str(order.partnership_id) and one.number < sent for one in named
        )
        command = NoteSubmission(
            partnership=ours.partnership.name,
            submitted_on=order.on,
            names_ours=names_theirs,
            dispatch_id=order.dispatch_id,
        )
    return on_their_case(
        context,
        order,
        note_submission,
        command,
        case_beside,
    )


def tell_not_submitted(context: JobContext, order: TellNotSubmitted) -> Link:
    """Tell whom we told of the joint record that it came back, and was not submitted."""
    with context.transaction() as ours:
        name = ours.partnership.name
    command = NoteSubmissionReturned(
        partnership=name, returned_on=order.on, dispatch_id=order.dispatch_id
    )
    return on_their_case(
        context,
        order,
        note_submission_returned,
        command,
        case_beside,
    )


def tell_review_opened(context: JobContext, order: TellReviewOpened) -> Link:
    """Tell who contributes that the local review is open to the reports of its own agencies."""
    with context.transaction() as ours:
        name = ours.partnership.name
    command = NoteReviewOpened(
        partnership=name, last_day=order.last_day, joint_review_id=order.joint_review_id
    )
    return on_their_case(context, order, note_review_opened, command)


def tell_extension_asked(context: JobContext, order: TellExtensionAsked) -> Link:
    """Put on record where the case is shown that longer is asked for, with the reasons."""
    with context.transaction() as ours:
        name = ours.partnership.name
        asked = ours.session.get_one(Entry, (ours.actor.partnership_id, order.entry_id))
        reasons = GrantKept.model_validate(asked.command).reasons
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        command = NoteExtensionAsked(
            partnership=name, reasons=reasons, grant_id=order.grant_id, entry_id=order.entry_id
        )
        case_id = grant_shown(theirs.session, order.grant_id).case_id
        note_extension_asked(theirs, CaseId(case_id), command)
    return nothing_more


NOTICES: JobHandlers = {
    TellExtensionAsked: tell_extension_asked,
    TellNotification: tell_notification,
    TellSubmitted: tell_submitted,
    TellNotSubmitted: tell_not_submitted,
    TellReviewOpened: tell_review_opened,
}
