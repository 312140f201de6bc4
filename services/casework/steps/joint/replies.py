"""What is answered to our invitation, and that another partnership ended what it showed us.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email
from services.casework.joint.agreed_lead import order_lead_agreement
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.joint.joining import review_together
from services.database.cases import Case
from services.database.joint_reviews import JointInvitation
from services.database.shown import end_grant
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointAnswer
from services.domain.roles import Permission
from services.domain.workflow import Stage


class ReplyReceived(Command):
    """What the invited partnership answered, kept in the history of the one that invited."""

    partnership: str = Field(title="Who answers?")
    answer: JointAnswer = Field(title="What is answered?")
    reasons: str = Field(title="Why, or what is asked?")
    notified_on: date | None = Field(
        default=None, title="When did that area notify the Panel itself, if it did?"
    )
    answered_by: str | None = Field(default=None, title="Who of it answered?")


class ReceiveReply(ReplyReceived):
    """A reply to our invitation, by the ids of both and by what it says."""

    reply_id: UUID
    invitation_id: UUID


class ShowingEnded(Command):
    """That another partnership no longer shows us its case, or a part of it."""

    partnership: str = Field(title="Whose case?")


class NoteShowingEnded(ShowingEnded):
    """A grant to us that has ended, by its id."""

    grant_id: UUID


def receive_reply(work: UnitOfWork, case_id: CaseId, command: ReceiveReply) -> Case:
    """Keep a reply; the first one that accepts makes our case part of the joint review.

    To a partnership that declines nothing is shown any more.
    """
    subject = str(command.reply_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_REPLY, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ReplyReceived))
    record_entry_as(work, case, RECEIVE_REPLY, command, entered)
    sent = work.session.get_one(JointInvitation, (case.tenant_id, command.invitation_id))
    if command.answer is JointAnswer.DECLINED:
        end_grant(work.session, sent.grant_id, work.now)
    if command.answer is JointAnswer.ACCEPTED:
        review_together(work, case, sent)
        order_lead_agreement(work, case)
    enqueue_email(work, case, EmailTrigger.INVITATION_ANSWERED, EmailContext(part=subject))
    return case


RECEIVE_REPLY = Act(
    name="receive_reply",
    command=ReceiveReply,
    perform=receive_reply,
    permission=Permission.CARRY_CASES,
    doing="receive a reply",
    stages=frozenset(Stage),
    entry=EntryType.REPLY_RECEIVED,
    kept=ReplyReceived,
    is_listed=False,
    section=Section.INTERNAL,
)


def note_showing_ended(work: UnitOfWork, case_id: CaseId, command: NoteShowingEnded) -> Case:
    """Keep that another partnership ended what it showed us, and tell manager and chair."""
    subject = str(command.grant_id)
    case, is_known = begin_arrival(work, case_id, NOTE_SHOWING_ENDED, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ShowingEnded))
    record_entry_as(work, case, NOTE_SHOWING_ENDED, command, entered)
    enqueue_email(work, case, EmailTrigger.SHOWING_ENDED, EmailContext(part=subject))
    return case


NOTE_SHOWING_ENDED = Act(
    name="note_showing_ended",
    command=NoteShowingEnded,
    perform=note_showing_ended,
    permission=Permission.CARRY_CASES,
    doing="note that what was shown has ended",
    stages=frozenset(Stage),
    entry=EntryType.SHOWING_ENDED,
    kept=ShowingEnded,
    is_listed=False,
    section=Section.INTERNAL,
)
