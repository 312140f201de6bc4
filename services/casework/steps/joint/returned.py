"""Publication by several: the lead is told that a publisher's text came back to it.

An act of Keyline itself, on our own rows, once the other side's act is kept.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.publication.publishers import subject_of
from services.casework.steps.publication.text_before_publication import wait_again
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage


class PublisherReturned(Command):
    """That a publisher's text ahead of publication came back to it."""

    partnership: str = Field(title="Which partnership?")
    recipient: Recipient = Field(title="Who was not sent it?")
    returned_on: date = Field(title="When did it come back?")


class NotePublisherReturned(PublisherReturned):
    """A text that came back, by whose it is, its round and its dispatch."""

    partnership_id: UUID
    round: int
    dispatch_id: UUID


def note_publisher_returned(
    work: UnitOfWork, case_id: CaseId, command: NotePublisherReturned
) -> Case:
    """Wait again: a publisher's text came back, so that K12 is open at its old day (PUB-26)."""
    subject = subject_of(command.partnership_id, command.round, command.dispatch_id)
    case, is_known = begin_arrival(work, case_id, NOTE_PUBLISHER_RETURNED, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, PublisherReturned))
    record_entry_as(work, case, NOTE_PUBLISHER_RETURNED, command, entered)
    if command.round == round_of(work, case, SignOffMatter.PUBLICATION):
        wait_again(work, case)
    enqueue_email(work, case, EmailTrigger.JOINT_DISPATCH_RETURNED, EmailContext(part=subject))
    return case


NOTE_PUBLISHER_RETURNED = Act(
    name="note_publisher_returned",
    command=NotePublisherReturned,
    perform=note_publisher_returned,
    permission=Permission.CARRY_CASES,
    doing="note that a publisher's text came back",
    stages=frozenset(Stage),
    entry=EntryType.PUBLISHER_RETURNED,
    kept=PublisherReturned,
    is_listed=False,
    section=Section.PUBLICATION,
)
