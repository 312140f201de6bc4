"""An invitation to a joint review is answered: accepted, asked about, or declined (RR-29)."""

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, LongText, ShortText
from services.casework.effects import (
    close_all_todos,
    place_order,
)
from services.casework.joint.orders import DeliverReply
from services.casework.joint.standing_aside import notified_on
from services.casework.steps.joint.own_case import join_with_own
from services.database.audit import OtherChain
from services.database.cases import Case
from services.database.joint_reviews import JointReply
from services.database.shown import invitation
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointAnswer
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step, move


class AnswerInvitation(Command):
    """The invited partnership accepts, asks or declines; to accept is to agree who leads."""

    answer: JointAnswer = Field(title="What do you answer?")
    reasons: LongText = Field(
        title="Why, or what do you ask?",
        description="If you accept: say too why you agree which partnership leads.",
    )
    own_case: ShortText | None = Field(
        default=None,
        title="Reference of your own case on the same incident, if you have one",
        description="For example SLT-2026-004. What was done on it is kept. Without one, the case "
        "that was opened for the invitation joins.",
    )


def answer_invitation(work: UnitOfWork, case_id: CaseId, command: AnswerInvitation) -> Case:
    """Answer an invitation; to accept makes a case of ours part of the joint review (RR-29)."""
    case = begin(work, case_id, ANSWER_INVITATION, command)
    asked = invitation(work.session, case.invitation_id) if case.invitation_id else None
    if asked is None or asked.withdrawn_at is not None:
        raise NotFound("The invitation was withdrawn, or what it showed has ended.")
    joins = command.answer is JointAnswer.ACCEPTED
    joining = join_with_own(work, case, asked, command.own_case) if joins else None
    reply = JointReply(
        tenant_id=case.tenant_id,
        invitation_id=asked.id,
        partnership_id=asked.tenant_id,
        case_id=joining.id if joining else None,
        notified_on=notified_on(joining) if joining else None,
        answer=command.answer,
        reasons=command.reasons,
        replied_by=work.actor.person_id,
        replied_at=work.now,
    )
    work.session.add(reply)
    inviting = OtherChain(asked.tenant_id, asked.case_id)
    entered = Entered(subject=str(asked.tenant_id), also=(inviting,))
    record_entry_as(work, case, ANSWER_INVITATION, command, entered)
    if command.answer is JointAnswer.DECLINED or (joining and joining.id != case.id):
        case.stage, case.closed_at = move(case.stage, Stage.CLOSED), work.now
    elif joining is not None:
        case.stage = move(case.stage, Stage.JOINT_REVIEW)
    work.session.add(case)
    if command.answer is not JointAnswer.ASKED:
        close_all_todos(work, case)
    order = DeliverReply(reply_id=reply.id, invitation_id=asked.id, partnership_id=asked.tenant_id)
    place_order(work, case_id, Step.NOTIFY, order)
    return case


ANSWER_INVITATION = Act(
    name="answer_invitation",
    command=AnswerInvitation,
    perform=answer_invitation,
    permission=Permission.ANSWER_INVITATION,
    doing="answer the invitation",
    stages=frozenset({Stage.INVITED}),
    entry=EntryType.INVITATION_ANSWERED,
    todo=Todo.ANSWER_INVITATION,
    shows=(EntryType.INVITATION_RECEIVED,),
    section=Section.INTERNAL,
)
