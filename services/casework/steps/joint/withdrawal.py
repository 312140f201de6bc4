"""An invitation to a joint review is withdrawn before it was answered (RR-28, RR-29)."""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, InvitationChoice, LongText, named
from services.casework.effects import close_todos, place_order
from services.casework.joint.orders import TellWithdrawn
from services.database.cases import Case
from services.database.joint_reviews import JointInvitation, invitations_of, waiting_grants
from services.database.shown import (
    end_grant,
    known_partnerships,
    replies_to,
    withdraw_invitation_row,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointAnswer
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


class WithdrawInvitation(Command):
    """An invitation that was not accepted or declined yet is taken back, with what it showed."""

    invitation: InvitationChoice = Field(title="Which invitation?")
    reasons: LongText = Field(title="Why is it withdrawn?")


class WithdrawalKept(Command):
    """What is kept of a withdrawal, with the partnership by its name."""

    partnership: str = Field(title="Which partnership was invited?")
    reasons: str = Field(title="Why is it withdrawn?")


def withdraw_invitation(work: UnitOfWork, case_id: CaseId, command: WithdrawInvitation) -> Case:
    """Take an invitation back; from the next question on nothing of the review is shown for it."""
    case = begin(work, case_id, WITHDRAW_INVITATION, command)
    sent = _named(open_invitations(work, case), command.invitation)
    name = known_partnerships(work.session)[sent.partnership_id]
    told = TellWithdrawn(invitation_id=sent.id, partnership_id=sent.partnership_id)
    grant_id = sent.grant_id
    kept = WithdrawalKept(partnership=name, reasons=command.reasons)
    record_entry_as(work, case, WITHDRAW_INVITATION, command, Entered(kept=kept))
    if not withdraw_invitation_row(work.session, command.invitation, work.now):
        raise AnswerRefused("invitation", "This invitation was answered meanwhile.")
    end_grant(work.session, grant_id, work.now)
    if not waiting_grants(work.session, case_id):
        close_todos(work, case, Todo.APPROVE_SHARING)
    place_order(work, case_id, Step.NOTIFY, told)
    return case


WITHDRAW_INVITATION = Act(
    name="withdraw_invitation",
    command=WithdrawInvitation,
    which="invitation",
    perform=withdraw_invitation,
    permission=Permission.CHANGE_JOINT_REVIEW,
    doing="withdraw an invitation",
    stages=frozenset(Stage) - {Stage.CLOSED},
    entry=EntryType.INVITATION_WITHDRAWN,
    kept=WithdrawalKept,
    is_listed=False,
    section=Section.INTERNAL,
)


def open_invitations(work: UnitOfWork, case: Case) -> list[JointInvitation]:
    """Return the invitations that were neither accepted, declined nor withdrawn, newest first."""
    return [
        one
        for one in invitations_of(work.session, case.id)
        if one.withdrawn_at is None
        and {reply.answer for reply in replies_to(work.session, one.id)} <= {JointAnswer.ASKED}
    ]


def _named(sent: list[JointInvitation], invitation_id: UUID) -> JointInvitation:
    refused = AnswerRefused("invitation", "This invitation was answered, or withdrawn.")
    return named(sent, invitation_id, refused)
