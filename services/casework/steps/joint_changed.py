"""What two sides of a joint review agreed on is carried out on each one's own case.

An act of Keyline itself, in each partnership's own unit of work: first that of the side it is
about, then that of the lead; the others are told.
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email
from services.casework.joint.arrival import begin_arrival
from services.casework.joint.handing import HandedOver
from services.casework.steps.joint_lead import follow_new_lead
from services.database.cases import Case
from services.database.joint_reviews import membership_of
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_changes import JointChange
from services.domain.joint_reviews import JointPart
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
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
    """A change by its ids, with where the lead's case stood and what was not settled yet."""

    proposal_id: UUID
    member_id: UUID
    stage: Stage
    unsettled: tuple[SignOffMatter, ...] = ()


def note_change(
    work: UnitOfWork, case_id: CaseId, command: NoteChange, handed: HandedOver | None = None
) -> Case:
    """Carry out on our own case what was agreed, once, and tell manager and chair."""
    subject = str(command.proposal_id)
    case, is_known = begin_arrival(work, case_id, NOTE_CHANGE, subject)
    membership = membership_of(work.session, case.id)
    if is_known or membership is None:
        return case
    entered = Entered(subject=subject, kept=part_of(command, ChangeMade))
    record_entry_as(work, case, NOTE_CHANGE, command, entered)
    is_about_us = command.member_id == case.tenant_id
    if command.change is JointChange.NEW_LEAD and (is_about_us or membership.is_lead):
        follow_new_lead(work, case, command.stage, command.unsettled, handed)
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
