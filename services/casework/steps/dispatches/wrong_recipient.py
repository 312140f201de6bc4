"""Documents that went to the wrong person: one act takes back what it can, and starts the hours."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, DispatchChoice, LongText, Moment, ShortText, YesNo
from services.casework.effects import EmailContext, Order, enqueue_email, place_order
from services.casework.joint.telling_breaches import tell_breach
from services.casework.steps.dispatches.breaches import (
    BreachKept,
    begin_breach,
)
from services.casework.steps.dispatches.people_concerned import people_concerned
from services.casework.steps.dispatches.what_went_astray import has_left, what_went_astray
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.breaches import report_by
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step
from services.mail import one_address


class ReportWrongRecipient(Command):
    """Documents that went to the wrong person, or to a wrong mailbox.

    Ring whoever has them at once. With this a one-time address is closed, what had been met is open
    again, and 72 hours run from the moment of awareness, at weekends too (UK GDPR, article 33).
    """

    dispatch: DispatchChoice = Field(title="What went to the wrong person?")
    address: ShortText = Field(title="To whom, or to which address, did it go?")
    aware_at: Moment = Field(
        title="When did somebody of the partnership become aware of it?",
        description="Count from this moment, not from when it was looked into.",
    )
    what_happened: LongText = Field(title="What happened?")
    writes_to_them: YesNo = Field(
        title="Shall Keyline write to that email address now, and ask that it is destroyed?",
        description="The email names the reference of the case, and tells nothing else of it.",
    )


class BreachReported(BreachKept):
    """What is kept of it: what was sent, what was opened by whom and when, who is concerned."""

    address: str = Field(title="To whom, or to which address, did it go?")
    documents: tuple[str, ...] = Field(title="Which documents?")
    opened: tuple[str, ...] = Field(title="What was opened, and when?")
    what_happened: str = Field(title="What happened?")
    writes_to_them: bool = Field(
        title="Did Keyline write to that email address, and ask that it is destroyed?"
    )


class MailboxElsewhereOrder(Order):
    """Look where else the mailbox is written to that the entry says was wrong."""

    type: Literal["mailbox_elsewhere"] = "mailbox_elsewhere"
    entry_id: UUID


def report_wrong_recipient(
    work: UnitOfWork, case_id: CaseId, command: ReportWrongRecipient
) -> Case:
    """Take back what went to the wrong person, tell who must know, and start the 72 hours."""
    case = begin(work, case_id, REPORT_WRONG_RECIPIENT, command)
    if command.writes_to_them:
        one_address(command.address, "address")
    gone = what_went_astray(work, case, command.dispatch, command.aware_at)
    kept = BreachReported(
        notice=gone.notice,
        recipient=gone.recipient,
        agency=gone.agency,
        aware_at=command.aware_at,
        report_by=report_by(command.aware_at),
        people=people_concerned(work, case, gone.notice),
        address=command.address,
        documents=gone.documents,
        opened=gone.opened,
        what_happened=command.what_happened,
        writes_to_them=command.writes_to_them,
    )
    entered = Entered(subject=str(command.dispatch), kept=kept)
    entry = record_entry_as(work, case, REPORT_WRONG_RECIPIENT, command, entered)
    gone.take_back()
    begin_breach(work, case, entry, command.aware_at)
    if command.writes_to_them:
        about = EmailContext(address=command.address, part=str(entry.id))
        enqueue_email(work, case, EmailTrigger.ASKED_TO_DESTROY, about)
    tell_breach(work, case, entry)
    elsewhere = MailboxElsewhereOrder(entry_id=entry.id)
    place_order(work, case_id, Step.NOTIFY, elsewhere)
    return case


REPORT_WRONG_RECIPIENT = Act(
    name="report_wrong_recipient",
    command=ReportWrongRecipient,
    which="dispatch",
    perform=report_wrong_recipient,
    permission=Permission.HANDLE_BREACHES,
    doing="say what went to the wrong person",
    stages=frozenset(Stage),
    entry=EntryType.BREACH_REPORTED,
    kept=BreachReported,
    is_offered=has_left,
    section=Section.INTERNAL,
    holds_family_data=True,
)
