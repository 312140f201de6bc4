"""What other areas of a joint review told the Panel: a notification, and the joint record.

Acts of Keyline itself, on our own rows, once the other side's act is kept.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, latest_command, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import EmailContext, enqueue_email, mark_met
from services.casework.joint.arrival import begin_arrival
from services.casework.joint.notifications import (
    NotificationReceived,
    let_earliest_govern,
    point_to_notification,
)
from services.casework.joint.standing_aside import meet_covered, open_submission_again, run_on
from services.casework.steps.notification.rapid_review_opening import open_if_notified_elsewhere
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage


class ReceiveNotification(NotificationReceived):
    """A notification of another area, by whose it is."""

    partnership_id: UUID


class JointRecordSubmitted(Command):
    """That the lead submitted the joint record, and whether it names our own notification."""

    partnership: str = Field(title="Which partnership leads?")
    submitted_on: date = Field(title="When was it sent to the Panel?")
    names_ours: bool = Field(title="Does it name our own notification?")


class NoteSubmission(JointRecordSubmitted):
    """A submission of the lead, by the id of the dispatch that counts."""

    dispatch_id: UUID


class JointRecordReturned(Command):
    """That the joint record came back to the lead, so that it was not submitted."""

    partnership: str = Field(title="Which partnership leads?")
    returned_on: date = Field(title="When did it come back?")


class NoteSubmissionReturned(JointRecordReturned):
    """A submission that was none, by the id of its dispatch."""

    dispatch_id: UUID


def receive_notification(work: UnitOfWork, case_id: CaseId, command: ReceiveNotification) -> Case:
    """Keep that another area notified the Panel; the earliest day governs K10 (RR-34)."""
    subject = str(command.partnership_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_NOTIFICATION, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, NotificationReceived))
    record_entry_as(work, case, RECEIVE_NOTIFICATION, command, entered)
    point_to_notification(work, case, command.notified_on)
    let_earliest_govern(work, case)
    open_if_notified_elsewhere(work, case)
    return case


RECEIVE_NOTIFICATION = Act(
    name="receive_notification",
    command=ReceiveNotification,
    perform=receive_notification,
    permission=Permission.CARRY_CASES,
    doing="receive a notification of another area",
    stages=frozenset(Stage),
    entry=EntryType.NOTIFICATION_RECEIVED,
    kept=NotificationReceived,
    is_listed=False,
    section=Section.FACTS_AND_FAMILY,
)


def note_submission(work: UnitOfWork, case_id: CaseId, command: NoteSubmission) -> Case:
    """Meet our K10 by the joint record that names our notification; by another it runs on."""
    subject = str(command.dispatch_id)
    case, is_known = begin_arrival(work, case_id, NOTE_SUBMISSION, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, JointRecordSubmitted))
    record_entry_as(work, case, NOTE_SUBMISSION, command, entered)
    if command.names_ours:
        mark_met(work, case, ClockId.K10, on=command.submitted_on)
        meet_covered(work, case, on=command.submitted_on)
    else:
        run_on(work, case, ClockId.K10)
    return case


NOTE_SUBMISSION = Act(
    name="note_submission",
    command=NoteSubmission,
    perform=note_submission,
    permission=Permission.CARRY_CASES,
    doing="note that the joint record was submitted",
    stages=frozenset(Stage),
    entry=EntryType.JOINT_RECORD_SUBMITTED,
    kept=JointRecordSubmitted,
    is_listed=False,
    section=Section.INTERNAL,
)


def note_submission_returned(
    work: UnitOfWork, case_id: CaseId, command: NoteSubmissionReturned
) -> Case:
    """Open our K10 again at its own old day: the joint record that had met it came back (P7)."""
    subject = str(command.dispatch_id)
    case, is_known = begin_arrival(work, case_id, NOTE_SUBMISSION_RETURNED, subject)
    if is_known:
        return case
    told = latest_command(
        work, case, EntryType.JOINT_RECORD_SUBMITTED, JointRecordSubmitted, subject
    )
    entered = Entered(subject=subject, kept=part_of(command, JointRecordReturned))
    record_entry_as(work, case, NOTE_SUBMISSION_RETURNED, command, entered)
    if told is not None and told.names_ours:
        open_submission_again(work, case, met_on=told.submitted_on)
    enqueue_email(work, case, EmailTrigger.JOINT_DISPATCH_RETURNED, EmailContext(part=subject))
    return case


NOTE_SUBMISSION_RETURNED = Act(
    name="note_submission_returned",
    command=NoteSubmissionReturned,
    perform=note_submission_returned,
    permission=Permission.CARRY_CASES,
    doing="note that the joint record came back",
    stages=frozenset(Stage),
    entry=EntryType.JOINT_RECORD_RETURNED,
    kept=JointRecordReturned,
    is_listed=False,
    section=Section.INTERNAL,
)
