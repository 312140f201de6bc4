"""Publication by several: the lead asks who publishes with it to send the text, then to publish.

An act of Keyline itself, on our own rows, once the other side's act is kept.
"""

from services.casework.act import Act, Entered, record_entry_as
from services.casework.effects import (
    close_todos,
    compute_due_date,
    drop_text_before_publication,
    open_todo,
)
from services.casework.joint.arrival import begin_arrival
from services.casework.steps.beside_lead import TO_PUBLISH, PublicationAsked, to_publish
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def ask_to_publish(work: UnitOfWork, case_id: CaseId, command: PublicationAsked) -> Case:
    """Ask our manager to send the text ahead; once every publisher has, to publish it (K12)."""
    subject = f"{command.round}:{command.all_sent}"
    case, is_known = begin_arrival(work, case_id, ASK_TO_PUBLISH, subject)
    if is_known:
        return case
    record_entry_as(work, case, ASK_TO_PUBLISH, command, Entered(subject=subject))
    close_todos(work, case, *TO_PUBLISH, Todo.REQUEST_REPORTS)
    if command.all_sent:
        todo = to_publish(publishes=command.publishes)
        open_todo(work, case, todo, last_day=command.publish_on)
        return case
    case.publish_on, case.publishes = command.publish_on, command.publishes
    case.presented_on = None
    work.session.add(case)
    drop_text_before_publication(work, case)
    limit = compute_due_date(work, case, ClockId.K12, publication=command.publish_on)
    open_todo(work, case, Todo.PRE_SEND, last_day=limit.due)
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
