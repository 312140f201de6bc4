"""Publication by several: the lead asks who publishes with it to send the text, then to publish.

An act of Keyline itself, on our own rows, once the other side's act is kept.
"""

from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, record_entry_as
from services.casework.commands import Command, part_of
from services.casework.effects import (
    close_todos,
    compute_due_date,
    drop_text_before_publication,
    open_todo,
)
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.publication.beside_lead import (
    TO_PUBLISH,
    PublicationAsked,
    is_held,
    to_publish,
)
from services.casework.steps.publication.own_file import make_anew_if_corrected
from services.casework.steps.publication.staff_asked import ask_for_confirmations
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage

_ASKED_BEFORE: Final = (Todo.REQUEST_REPORTS, Todo.INVITE_PRACTITIONERS, Todo.HEAR_OF_DRAFT)


class PublicationHeld(Command):
    """That publication waits: the text came back to one of the publishers."""

    partnership: str = Field(title="Which partnership leads?")
    round: int = Field(title="In which round was it signed?")


class HoldPublishing(PublicationHeld):
    """What waits, by the lead's newest entry when the text came back."""

    since: int


def ask_to_publish(work: UnitOfWork, case_id: CaseId, command: PublicationAsked) -> Case:
    """Ask our manager to send the text ahead; once every publisher has, to publish it (K12).

    Where publication had to wait again, we are asked a second time; for a correction of form our
    file is made anew.
    """
    subject = f"{command.round}:{command.all_sent}"
    case, is_known = begin_arrival(work, case_id, ASK_TO_PUBLISH, subject)
    if is_known and not (command.all_sent and is_held(work, case, command.round)):
        return case
    record_entry_as(work, case, ASK_TO_PUBLISH, command, Entered(subject=subject))
    close_todos(work, case, *TO_PUBLISH, *_ASKED_BEFORE)
    if command.all_sent:
        make_anew_if_corrected(work, case)
        if case.published_on is None:
            todo = to_publish(publishes=command.publishes)
            open_todo(work, case, todo, last_day=command.publish_on)
        return case
    case.publish_on, case.publishes = command.publish_on, command.publishes
    case.presented_on = None
    work.session.add(case)
    drop_text_before_publication(work, case)
    limit = compute_due_date(work, case, ClockId.K12, publication=command.publish_on)
    open_todo(work, case, Todo.PRE_SEND, last_day=limit.due)
    ask_for_confirmations(work, case, last_day=limit.due)
    return case


ASK_TO_PUBLISH = Act(
    name="ask_to_publish",
    command=PublicationAsked,
    perform=ask_to_publish,
    permission=Permission.CARRY_CASES,
    doing="ask to publish",
    stages=frozenset(Stage),
    entry=EntryType.PUBLICATION_ASKED,
    is_listed=False,
    section=Section.INTERNAL,
)


def hold_publishing(work: UnitOfWork, case_id: CaseId, command: HoldPublishing) -> Case:
    """Wait: the text came back to a publisher, so that none of them publishes yet (PUB-26, K12)."""
    subject = f"{command.round}:{command.since}"
    case, is_known = begin_arrival(work, case_id, HOLD_PUBLISHING, subject)
    if is_known:
        return case
    entered = Entered(subject=subject, kept=part_of(command, PublicationHeld))
    record_entry_as(work, case, HOLD_PUBLISHING, command, entered)
    close_todos(work, case, *TO_PUBLISH[1:])
    return case


HOLD_PUBLISHING = Act(
    name="hold_publishing",
    command=HoldPublishing,
    perform=hold_publishing,
    permission=Permission.CARRY_CASES,
    doing="ask to wait with publication",
    stages=frozenset(Stage),
    entry=EntryType.PUBLICATION_HELD,
    kept=PublicationHeld,
    is_listed=False,
    section=Section.INTERNAL,
)
