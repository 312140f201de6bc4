"""What one side's act leaves for the other side: done by Keyline in the other's own unit of work.

Each handler may run again: what it writes is found by the id of what it settles. It writes in a
transaction of the other partnership, which is kept before the order is marked as done.
"""

from services.casework.engine.joint_delivery import on_their_case
from services.casework.engine.joint_notices import notification_of
from services.casework.job_context import JobContext, JobHandlers, Link, nothing_more
from services.casework.joint.orders import (
    AskToSign,
    DeliverReply,
    DeliverSignature,
    OpenInvitation,
    TellReviewEnded,
    TellSharingEnded,
)
from services.casework.steps.joint.arrivals import ReceiveInvitation, receive_invitation
from services.casework.steps.joint.end import NoteReviewEnded, note_review_ended
from services.casework.steps.joint.notifications import receive_notification
from services.casework.steps.joint.replies import (
    NoteShowingEnded,
    ReceiveReply,
    note_showing_ended,
    receive_reply,
)
from services.casework.steps.joint.settlement import person_named
from services.casework.steps.joint.signing import (
    ReceiveSignature,
    SignatureAsked,
    ask_for_signatures,
    receive_signature,
)
from services.database.joint_reviews import (
    JointInvitation,
    JointReply,
    case_beside,
    case_in_review,
)
from services.database.people import names
from services.database.shown import (
    grant_shown,
    invitation,
    known_partnerships,
    members,
    replies_to,
    shared_cases,
    sign_off_shown,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import Section
from services.domain.identifiers import CaseId, PartnershipId
from services.domain.joint_reviews import READ_TO_SIGN, JointAnswer, last_day_before


def open_invitation(context: JobContext, order: OpenInvitation) -> Link:
    """Open a case for the invitation where it is for; one that was withdrawn opens none."""
    with context.transaction() as ours:
        key = (ours.actor.partnership_id, order.invitation_id)
        invited_by = person_named(ours, ours.session.get_one(JointInvitation, key).invited_by)
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        sent = invitation(theirs.session, order.invitation_id)
        if sent is not None and sent.withdrawn_at is None:
            receive_invitation(theirs, _said_by(theirs, sent, invited_by))
    return nothing_more


def deliver_reply(context: JobContext, order: DeliverReply) -> Link:
    """Put the reply on record where the invitation came from, with our own notification."""
    with context.transaction() as ours:
        joining = ours.session.get_one(JointReply, (ours.actor.partnership_id, order.reply_id))
        told = notification_of(ours, CaseId(joining.case_id)) if joining.case_id else None
        answered_by = person_named(ours, joining.replied_by)
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        sent = invitation(theirs.session, order.invitation_id)
        replies = {one.id: one for one in replies_to(theirs.session, order.invitation_id)}
        reply = replies.get(order.reply_id)
        if sent is not None and reply is not None:
            command = ReceiveReply(
                partnership=known_partnerships(theirs.session)[reply.tenant_id],
                answer=reply.answer,
                reasons=reply.reasons,
                notified_on=reply.notified_on,
                answered_by=answered_by,
                reply_id=reply.id,
                invitation_id=sent.id,
            )
            receive_reply(theirs, CaseId(sent.case_id), command)
            if told is not None and reply.answer is JointAnswer.ACCEPTED:
                receive_notification(theirs, CaseId(sent.case_id), told)
    return nothing_more


def tell_sharing_ended(context: JobContext, order: TellSharingEnded) -> Link:
    """Tell the partnership that could read; one that has no case in the review has seen nothing."""
    with context.transaction() as ours:
        name = ours.partnership.name
    command = NoteShowingEnded(partnership=name, grant_id=order.grant_id)
    return on_their_case(
        context,
        order,
        note_showing_ended,
        command,
        case_beside,
    )


def ask_to_sign(context: JobContext, order: AskToSign) -> Link:
    """Ask over there to sign, once what is to be signed can be read there; else it waits."""
    with context.transaction() as ours:
        lead_id = ours.actor.partnership_id
    with context.elsewhere(PartnershipId(order.partnership_id)) as theirs:
        case_id = case_in_review(theirs.session, order.joint_review_id)
        shown_now = [
            one
            for one in shared_cases(theirs.session)
            if (one.tenant_id, one.joint_review_id) == (lead_id, order.joint_review_id)
            and one.sections >= READ_TO_SIGN[order.matter]
        ]
        if case_id is not None and shown_now:
            command = SignatureAsked(
                partnership=shown_now[0].partnership,
                matter=order.matter,
                round=order.round,
                last_day=order.last_day,
            )
            ask_for_signatures(theirs, CaseId(case_id), command)
    return nothing_more


def deliver_signature(context: JobContext, order: DeliverSignature) -> Link:
    """Put a signature on record on the lead's case, and let the lead's own rows decide.

    Where the lead has changed since it was given, it goes to who leads now.
    """
    with context.transaction() as ours:
        leads = [one.tenant_id for one in members(ours.session, order.joint_review_id)][:1]
        if leads == [ours.actor.partnership_id]:
            return nothing_more
        signed_by = _who_signed(ours, order)
    to = leads[0] if leads else order.partnership_id
    with context.elsewhere(PartnershipId(to)) as theirs:
        case_id = case_in_review(theirs.session, order.joint_review_id)
        signature = sign_off_shown(theirs.session, order.sign_off_id)
        if case_id is not None and signature is not None:
            command = ReceiveSignature(
                partnership=known_partnerships(theirs.session)[signature.tenant_id],
                seat=signature.seat,
                person=signed_by,
                matter=signature.matter,
                round=signature.round,
                position=signature.position,
                reasons=signature.reasons,
                named_lead=signature.named_lead,
                sign_off_id=signature.id,
            )
            receive_signature(theirs, CaseId(case_id), command)
    return nothing_more


def tell_review_ended(context: JobContext, order: TellReviewEnded) -> Link:
    """Let the partnership that took part go on alone, on its own case."""
    with context.transaction() as ours:
        name = ours.partnership.name
    command = NoteReviewEnded(partnership=name)
    return on_their_case(context, order, note_review_ended, command)


SETTLING: JobHandlers = {
    OpenInvitation: open_invitation,
    DeliverReply: deliver_reply,
    TellSharingEnded: tell_sharing_ended,
    AskToSign: ask_to_sign,
    DeliverSignature: deliver_signature,
    TellReviewEnded: tell_review_ended,
}


def _who_signed(ours: UnitOfWork, order: DeliverSignature) -> str:
    """Return the name of our person who signed; the lead knows our people by no other way."""
    signature = sign_off_shown(ours.session, order.sign_off_id)
    return names(ours.session, {signature.person_id})[signature.person_id] if signature else ""


def _said_by(theirs: UnitOfWork, sent: JointInvitation, invited_by: str) -> ReceiveInvitation:
    known = known_partnerships(theirs.session)
    grant = grant_shown(theirs.session, sent.grant_id)
    return ReceiveInvitation(
        partnership=known[sent.tenant_id],
        part=sent.part,
        reasons=sent.reasons,
        residence=known[sent.residence_id],
        incident=known[sent.incident_id],
        lead=known[sent.lead_id],
        lead_reasons=sent.lead_reasons,
        sections=tuple(map(Section, grant.sections)),
        ends_on=last_day_before(grant.until_at),
        invited_by=invited_by,
        invitation_id=sent.id,
    )
