"""What two sides of a joint review agreed on is carried out on each one's own case.

An act of Keyline itself, in each partnership's own unit of work: first that of the side it is
about, then that of the lead; the others are told.
"""

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email
from services.casework.joint.agreed_lead import order_lead_agreement
from services.casework.joint.arrival import begin_arrival
from services.casework.joint.handing import HandedOver
from services.casework.joint.orders import CarryOutChange
from services.casework.steps.joint.effects import change_about_us, change_under_our_lead
from services.casework.steps.joint.new_lead import follow_new_lead
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Permission
from services.domain.workflow import Stage


class ChangeMade(Command):
    """What changed, and who agreed, when and why."""

    partnership: str = Field(title="Which partnership is it about?")
    change: JointChange = Field(title="What changed for it?")
    part: JointPart | None = Field(default=None, title="Which part has it now?")
    proposed_by: str = Field(title="Who proposed it?")
    proposed_because: str = Field(title="Why did they propose it?")
    agreed_by: str = Field(title="Who agreed?")
    agreed_because: str = Field(title="Why did they agree?")
    agreed_on: str = Field(title="When was it agreed?")


class NoteChange(ChangeMade):
    """A change in words, and as it was ordered."""

    made: CarryOutChange


def note_change(
    work: UnitOfWork, case_id: CaseId, command: NoteChange, handed: HandedOver | None = None
) -> Case:
    """Carry out on our own case what was agreed, once, and tell manager and chair."""
    subject = str(command.made.proposal_id)
    case, is_known = begin_arrival(work, case_id, NOTE_CHANGE, subject)
    membership = membership_of(work.session, case.id)
    if is_known or membership is None:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ChangeMade))
    entry = record_entry_as(work, case, NOTE_CHANGE, command, entered)
    if command.made.member_id == case.tenant_id:
        change_about_us(work, case, command.made, handed)
    elif membership.is_lead:
        change_under_our_lead(work, case, command.made)
    elif command.made.change is JointChange.NEW_LEAD:
        follow_new_lead(work, case, command.made.member_id)
    if command.made.change is JointChange.NEW_LEAD:
        order_lead_agreement(work, case, entry)
    enqueue_email(work, case, EmailTrigger.JOINT_CHANGE_TOLD, EmailContext(part=subject))
    return case


NOTE_CHANGE = Act(
    name="note_change",
    command=NoteChange,
    perform=note_change,
    permission=Permission.CARRY_CASES,
    doing="note a change of the joint review",
    stages=frozenset(Stage),
    entry=EntryType.JOINT_REVIEW_CHANGED,
    kept=ChangeMade,
    is_listed=False,
    section=Section.INTERNAL,
)
