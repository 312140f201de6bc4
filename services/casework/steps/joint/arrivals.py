"""The case that an invitation of another partnership opens: an act of Keyline itself, on our rows.

It is done in our own unit of work once the other side's act is kept, and leaves an entry, so that
our history is whole without theirs.
"""

from datetime import date
from uuid import UUID

from pydantic import Field
from sqlmodel import select

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email, open_todo
from services.casework.joint.shared_fields import SharedSections
from services.casework.policies import put_due_policy_in_force
from services.database.cases import Case
from services.database.partnerships import lock_partnership
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.joint_reviews import JointPart
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class InvitationReceived(Command):
    """What the invitation says, kept in the history of the partnership that is invited."""

    partnership: str = Field(title="Who invites?")
    part: JointPart = Field(title="Which part is offered?")
    reasons: str = Field(title="Why is the review joint?")
    residence: str = Field(title="In whose area does the child usually live?")
    incident: str = Field(title="In whose area did the incident take place?")
    lead: str = Field(title="Which partnership is to lead?")
    lead_reasons: str = Field(title="Why does it lead?")
    sections: SharedSections
    ends_on: date = Field(title="Shown until which day?")
    invited_by: str | None = Field(default=None, title="Who of it invites?")


class ReceiveInvitation(InvitationReceived):
    """An approved invitation of another partnership, by its id and by what it says."""

    invitation_id: UUID


def receive_invitation(work: UnitOfWork, command: ReceiveInvitation) -> Case:
    """Open a case for an invitation and ask for an answer; a second time it changes nothing."""
    work.actor.must(RECEIVE_INVITATION.permission)
    put_due_policy_in_force(work)
    partnership = lock_partnership(work.session)
    question = select(Case).where(Case.invitation_id == command.invitation_id)
    if (known := work.session.exec(question).one_or_none()) is not None:
        return known
    case = Case(
        tenant_id=work.actor.partnership_id,
        reference=partnership.next_reference(work.today.year),
        stage=Stage.INVITED,
        opened_at=work.now,
        referred_at=work.now,
        invitation_id=command.invitation_id,
        policy=partnership.policy,
        policy_version=partnership.policy_version,
    )
    work.session.add_all((partnership, case))
    work.session.flush()
    kept = part_of(command, InvitationReceived)
    record_entry_as(work, case, RECEIVE_INVITATION, command, Entered(kept=kept))
    open_todo(work, case, Todo.ANSWER_INVITATION)
    about = EmailContext(todo=Todo.ANSWER_INVITATION)
    enqueue_email(work, case, EmailTrigger.INVITED_TO_JOINT_REVIEW, about)
    return case


RECEIVE_INVITATION = Act(
    name="receive_invitation",
    command=ReceiveInvitation,
    perform=receive_invitation,
    permission=Permission.CARRY_CASES,
    doing="receive an invitation",
    stages=frozenset(Stage),
    entry=EntryType.INVITATION_RECEIVED,
    kept=InvitationReceived,
    is_listed=False,
    opens_case=True,
    section=Section.INTERNAL,
)
