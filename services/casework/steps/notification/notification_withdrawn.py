"""A notification is withdrawn with the Panel: recorded by the local authority alone (5B).

The framework of 2023 knows no withdrawal: the rapid review goes to the Panel and says that the
criteria are no longer met (DEC-12). The Panel's later page asks for none where what was notified
turns out not to meet them. No statute was read for that, so it holds only where the partnership's
policy says that it follows the page, and from which day (decision 0052).
"""

from datetime import date, datetime

from pydantic import Field

from services.casework.act import Act, Entered, begin, latest_command, record_entry_as
from services.casework.commands import Command, Day, KeptFileChoice, LongText, ShortText
from services.casework.effects import order_document
from services.casework.steps.agencies_told import tell_agencies
from services.casework.steps.dispatches.dispatch_choice import evidence_of
from services.casework.steps.notification.rapid_review_ending import end_rapid_review
from services.casework.steps.notification.withdrawal_conditions import (
    may_be_withdrawn,
    must_be_withdrawable,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage, Step, move
from services.domain.working_days import london_date


class RecordWithdrawal(Command):
    """The notification turned out not to be needed, and the Panel has confirmed its withdrawal.

    No rapid review follows then, and the partners, their chair and the agencies are told. The first
    decision and all that was written stay on record. New information may reopen the case.
    """

    reasons: LongText = Field(
        title="Why was the incident not notifiable after all?",
        description="Against the definition: abuse or neglect known or suspected, and death or "
        "serious harm. Say what has become known since it was notified.",
    )
    confirmed_on: Day = Field(title="On which day did the Panel confirm the withdrawal?")
    confirmed_by: ShortText = Field(
        title="Who confirmed it for the Panel?", description="Their name or post."
    )
    reference: ShortText = Field(title="Under which reference did the Panel confirm it?")
    words: LongText = Field(
        title="In which words did the Panel confirm it?",
        description="Copy the sentences of its answer that say so.",
    )
    evidence: KeptFileChoice | None = Field(
        default=None,
        title="Which file holds the Panel's confirmation?",
        description="Add it under Documents first.",
    )


class NotificationWithdrawn(Command):
    """What is kept of it: which notification it was, and the kept file by its title."""

    notified_at: datetime = Field(title="When was the notification sent?")
    notification: str = Field(title="Reference of the notification")
    reasons: str = Field(title="Why was the incident not notifiable after all?")
    confirmed_on: date = Field(title="On which day did the Panel confirm the withdrawal?")
    confirmed_by: str = Field(title="Who confirmed it for the Panel?")
    reference: str = Field(title="Under which reference did the Panel confirm it?")
    words: str = Field(title="In which words did the Panel confirm it?")
    evidence: str | None = Field(default=None, title="Which file holds the Panel's confirmation?")


def record_withdrawal(work: UnitOfWork, case_id: CaseId, command: RecordWithdrawal) -> Case:
    """Record that the notification was withdrawn; the rapid review ends, and K10 is not met.

    Raises RuleBroken where the partnership's policy knows no withdrawal, or another duty or another
    area rests on the notification; AnswerRefused for a day on which it cannot have been confirmed.
    """
    case = begin(work, case_id, RECORD_WITHDRAWAL, command)
    must_be_withdrawable(work, case)
    kept = _kept(work, case, command)
    case.stage = move(case.stage, Stage.NOT_NOTIFIED)
    entry = record_entry_as(work, case, RECORD_WITHDRAWAL, command, Entered(kept=kept))
    tell_agencies(work, case, EmailTrigger.NOTIFICATION_WITHDRAWN, case.awareness)
    end_rapid_review(work, case)
    order_document(work, entry, Step.NOTIFY, DocumentKind.NOTIFICATION_RECORD)
    return case


def _kept(work: UnitOfWork, case: Case, command: RecordWithdrawal) -> NotificationWithdrawn:
    assert case.notified_at is not None  # noqa: S101 - what is not notified is not withdrawn
    if command.confirmed_on > work.today:
        raise AnswerRefused("confirmed_on", "Enter a day that is not in the future.")
    if command.confirmed_on < london_date(case.notified_at):
        raise AnswerRefused("confirmed_on", "Enter a time after the notification was sent.")
    file = evidence_of(work, case, command.evidence)
    return NotificationWithdrawn(
        **command.model_dump(exclude={"evidence", "once"}),
        evidence=file.shown_title if file else None,
        notified_at=case.notified_at,
        notification=case.notification_reference,
    )


def withdrawal_on_record(work: UnitOfWork, case: Case) -> NotificationWithdrawn | None:
    """Return what the actor reads of the withdrawal by which the case stands unnotified.

    Nothing once it is reopened or reviewed, be it on another area's notification.
    """
    is_unreviewed = case.stage in {Stage.NOT_NOTIFIED, Stage.CLOSED} and case.outcome is None
    if case.notified_at is not None or not is_unreviewed:
        return None
    return latest_command(work, case, EntryType.NOTIFICATION_WITHDRAWN, NotificationWithdrawn)


RECORD_WITHDRAWAL = Act(
    name="record_withdrawal",
    command=RecordWithdrawal,
    perform=record_withdrawal,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="record that the notification was withdrawn",
    stages=frozenset({Stage.RAPID_REVIEW}),
    is_offered=may_be_withdrawn,
    entry=EntryType.NOTIFICATION_WITHDRAWN,
    kept=NotificationWithdrawn,
    clock=ClockId.K10,
    shows=(*THE_REFERRAL, EntryType.NOTIFY_DECIDED, EntryType.NOTIFICATION_RECORDED),
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)
