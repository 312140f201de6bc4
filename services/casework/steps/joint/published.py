"""Publication by several: the lead is told what each publisher did, and who decided files it.

An act of Keyline itself, on our own rows, once the other side's act is kept.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import order_document
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.publication.publishers import subject_of
from services.casework.steps.publication.publishers_done import (
    go_on_when_all_published,
    go_on_when_all_sent,
)
from services.casework.steps.rounds.sign_off_rounds import round_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import Published
from services.domain.roles import Permission
from services.domain.sign_off import SignOffMatter
from services.domain.workflow import Stage, Step


class PublishingReceived(Command):
    """What another publisher did at its own address; who files it is told of the file as well."""

    partnership: str = Field(title="Which partnership?")
    what: Published = Field(title="What did it do?")
    on: date = Field(title="When?")
    address: str = Field(default="", title="At which web address?")
    document: DocumentKind | None = Field(default=None, title="What was published?")
    sha256: str = Field(default="", title="SHA-256 of the published file")


class ReceivePublishing(PublishingReceived):
    """A publisher's own record, by whose it is, the round that it is of, and the dispatch."""

    partnership_id: UUID
    round: int
    dispatch_id: UUID | None = None


def receive_publishing(work: UnitOfWork, case_id: CaseId, command: ReceivePublishing) -> Case:
    """Keep what another publisher did; the clocks are met when the last of them has done it.

    Told with its file, it is filed in our own case: the review is led elsewhere, and we decided.
    """
    subject = subject_of(command.partnership_id, command.round, command.dispatch_id or "")
    entry_type = _ENTRIES[command.what]
    case, is_known = begin_arrival(work, case_id, RECEIVE_PUBLISHING, subject, entry_type)
    if is_known:
        return case
    kept = part_of(command, PublishingReceived)
    entered = Entered(subject=subject, entry_type=entry_type, kept=kept)
    entry = record_entry_as(work, case, RECEIVE_PUBLISHING, command, entered)
    if command.document is not None:
        order_document(work, entry, Step.PUBLISH, DocumentKind.SIGNED_RECORD)
    elif command.round == round_of(work, case, SignOffMatter.PUBLICATION):
        if command.what is Published.SENT:
            go_on_when_all_sent(work, case)
        else:
            go_on_when_all_published(work, case)
    return case


RECEIVE_PUBLISHING = Act(
    name="receive_publishing",
    command=ReceivePublishing,
    perform=receive_publishing,
    permission=Permission.CARRY_CASES,
    doing="receive what another publisher did",
    stages=frozenset(Stage),
    entry=EntryType.PUBLISHER_SENT,
    other_entry=EntryType.PUBLISHER_PUBLISHED,
    kept=PublishingReceived,
    is_listed=False,
    section=Section.PUBLICATION,
)


_ENTRIES = {
    Published.SENT: EntryType.PUBLISHER_SENT,
    Published.PUBLISHED: EntryType.PUBLISHER_PUBLISHED,
}
