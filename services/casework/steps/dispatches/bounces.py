"""An email that came back: its mail service says that it was not delivered (RFC 3464).

An act of Keyline itself: what a person records of a dispatch that came back (`dispatches.py`) is
recorded here from the notification.
"""

from uuid import UUID

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.steps.dispatches.dispatched import came_back, refused
from services.database.cases import Case, get_case
from services.database.dispatches import dispatch_of
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import DispatchState, Notice
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.recipients import Recipient
from services.domain.roles import Permission
from services.domain.workflow import Stage


class DispatchBounced(Command):
    """What is kept of it; of the notification's own words nothing but the status code."""

    notice: Notice = Field(title="What came back?")
    recipient: Recipient = Field(title="From whom?")
    status: str = Field(title="With which status code?")


class NoteBounce(DispatchBounced):
    """A dispatch that came back, by its id."""

    dispatch_id: UUID


def note_bounce(work: UnitOfWork, case_id: CaseId, command: NoteBounce) -> Case:
    """Take the dispatch back: its duty is open at its old date, and it is sent in another way.

    What has been collected, or come further meanwhile, was delivered after all.
    """
    work.actor.must(NOTE_BOUNCE.permission)
    case = get_case(work.session, case_id, for_change=True)
    dispatch = dispatch_of(work.session, case.id, str(command.dispatch_id))
    if dispatch.state not in {*_ACCEPTED, DispatchState.ON_ITS_WAY}:
        return case
    entered = Entered(subject=str(dispatch.id), kept=part_of(command, DispatchBounced))
    record_entry_as(work, case, NOTE_BOUNCE, command, entered)
    if dispatch.state in _ACCEPTED:
        came_back(work, case, dispatch, work.today)
    else:
        refused(work, case, dispatch)
    return case


_ACCEPTED = frozenset({DispatchState.ACCEPTED, DispatchState.TO_COLLECT})
NOTE_BOUNCE = Act(
    name="note_bounce",
    command=NoteBounce,
    perform=note_bounce,
    permission=Permission.CARRY_CASES,
    doing="note that an email came back",
    stages=frozenset(Stage),
    entry=EntryType.DISPATCH_BOUNCED,
    kept=DispatchBounced,
    is_listed=False,
    section=Section.INTERNAL,
)
