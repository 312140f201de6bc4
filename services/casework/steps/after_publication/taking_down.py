"""A published report is taken down, once all partners agree, with improvements in its place.

Its clock runs on, and what is watched is the address of the information in its place (K13).
"""

from datetime import date

from services.casework.act import Act, begin, record_entry
from services.casework.effects import ToSend, close_todos, order_dispatches, order_document
from services.casework.steps.after_publication.conditions import (
    agreed_on,
    must_be_agreed_to,
    must_be_since,
    must_be_web_address,
)
from services.casework.steps.after_publication.repository import tell_repository
from services.casework.steps.anonymity.checks import must_be_checked
from services.casework.steps.publication.after_said import TakeDown
from services.casework.steps.publication.availability import look_anew
from services.casework.steps.publication.own_file import newest_order
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def take_down(work: UnitOfWork, case_id: CaseId, command: TakeDown) -> Case:
    """Keep that it is gone, with what stands in its place; three bodies and repository are told.

    What is published in its place was checked as a report would be (PUB-16, G10). Its file was made
    when every partner had agreed, so that it is what is published.
    """
    case = begin(work, case_id, TAKE_DOWN, command)
    put = must_be_agreed_to(work, case, EntryType.TAKING_DOWN_PROPOSED)
    must_be_checked(work, case)
    must_be_since(work, command.taken_down_on, case.published_on or work.today, "taken_down_on")
    _must_say_why_before(command, agreed_on(work, case))
    must_be_web_address(command.address)
    entry = record_entry(work, case, TAKE_DOWN, command)
    close_todos(work, case, Todo.TAKE_DOWN)
    look_anew(work, case)
    kind = DocumentKind.IMPROVEMENTS_IN_PLACE
    if newest_order(work, case, kind, since=put.number) is None:
        order_document(work, entry, Step.PUBLISH, kind)
    order_dispatches(work, case, entry, ToSend(Step.PUBLISH, Notice.REPORT_TAKEN_DOWN))
    tell_repository(work, case, entry)
    return case


TAKE_DOWN = Act(
    name="take_down",
    command=TakeDown,
    perform=take_down,
    permission=Permission.PLAN_PUBLICATION,
    doing="take the published report down",
    stages=frozenset({Stage.EMBEDDING, Stage.CLOSED}),
    entry=EntryType.REPORT_TAKEN_DOWN,
    todo=Todo.TAKE_DOWN,
    shows=(EntryType.TAKING_DOWN_PROPOSED,),
    is_listed=False,
    section=Section.PUBLICATION,
)


def _must_say_why_before(said: TakeDown, agreed: date) -> None:
    """Refuse a day before the decision without why: until then it was an outage (K13)."""
    if said.taken_down_on < agreed and said.why_before is None:
        raise AnswerRefused(
            "why_before", "It was gone before every partner agreed: say why (PUB-29, K13)."
        )
