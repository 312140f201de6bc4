"""Another area is told of an incident: of its duty to notify, or since it concerns it (NOT-04)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment, ShortText
from services.casework.effects import close_todos
from services.casework.steps.notification.notification_moments import must_be_possible
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REFERRAL, EntryType, Section
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import BEFORE_REFERRAL, Stage


class TellArea(Command):
    """Another area is told of the incident, and it is recorded whom you told (NOT-04).

    Where the duty to notify lies there, no last day to notify runs here: they must know of it.
    """

    whom: ShortText = Field(
        title="Which area was told?",
        description="The local authority or the safeguarding partners, and which post there.",
    )
    told_at: Moment = Field(title="When were they told?")
    way: ShortText = Field(
        title="In which way?", description="For example by telephone, and by secure mail after it."
    )
    said: LongText = Field(title="What were they told, and what did they answer?")


def tell_area(work: UnitOfWork, case_id: CaseId, command: TellArea) -> Case:
    """Record that another area was told; several may be, one after another."""
    case = begin(work, case_id, TELL_AREA, command)
    must_be_possible(work, case, "told_at", command.told_at)
    record_entry(work, case, TELL_AREA, command)
    close_todos(work, case, Todo.TELL_AREA)
    return case


TELL_AREA = Act(
    name="tell_area",
    command=TellArea,
    perform=tell_area,
    permission=Permission.CORRECT_REFERRAL,
    doing="record that another area was told",
    stages=frozenset(Stage) - {Stage.INVITED, *BEFORE_REFERRAL, Stage.CLOSED},
    entry=EntryType.AREA_TOLD,
    todo=Todo.TELL_AREA,
    shows=THE_REFERRAL,
    section=Section.INTERNAL,
    holds_family_data=True,
)
