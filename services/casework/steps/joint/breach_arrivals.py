"""Another partnership of the joint review sent documents to the wrong person: we are told of it.

An act of Keyline itself, on our own rows, once the other side's act is kept. Each partnership
answers for what it holds, so the 72 hours run here too, from when we are told.
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.dispatches.breaches import (
    BreachKept,
    begin_breach,
)
from services.casework.steps.dispatches.people_concerned import people_concerned
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.breaches import report_by
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.workflow import Stage


class BreachReceived(BreachKept):
    """What we keep of it: what was sent, by whom, and who is concerned as far as we know them."""

    partnership: str = Field(title="Which partnership sent it?")


class ReceiveBreach(Command):
    """What another partnership sent to the wrong person, by the entry that says so there."""

    partnership: str
    notice: Notice | None = None
    recipient: Recipient | None = None
    agency: str = ""
    entry_id: UUID


def receive_breach(work: UnitOfWork, case_id: CaseId, command: ReceiveBreach) -> Case:
    """Keep that documents of the joint review went to the wrong person, and start our 72 hours."""
    subject = str(command.entry_id)
    case, is_known = begin_arrival(work, case_id, RECEIVE_BREACH, subject)
    if is_known:
        return case
    kept = BreachReceived(
        notice=command.notice,
        recipient=command.recipient,
        agency=command.agency,
        aware_at=work.now,
        report_by=report_by(work.now),
        people=people_concerned(work, case, command.notice),
        partnership=command.partnership,
    )
    entered = Entered(subject=subject, kept=kept)
    entry = record_entry_as(work, case, RECEIVE_BREACH, command, entered)
    begin_breach(work, case, entry, work.now)
    return case


RECEIVE_BREACH = Act(
    name="receive_breach",
    command=ReceiveBreach,
    perform=receive_breach,
    permission=Permission.CARRY_CASES,
    doing="receive what went to the wrong person",
    stages=frozenset(Stage),
    entry=EntryType.BREACH_RECEIVED,
    kept=BreachReceived,
    is_listed=False,
    section=Section.INTERNAL,
    holds_family_data=True,
)
