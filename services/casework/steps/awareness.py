"""The local authority becomes aware of the incident: its clocks count from then (K1)."""

from pydantic import Field

from services.casework.act import Act, begin, record_entry
from services.casework.commands import Command, LongText, Moment
from services.casework.effects import close_todos
from services.casework.steps.notification_clocks import start_notification_clocks
from services.casework.steps.notification_moments import must_be_possible
from services.casework.steps.own_duty import BESIDE_REVIEW, must_be_owed, owed
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


class RecordAwareness(Command):
    """When the local authority first became aware of the incident (K1 counts from it)."""

    aware_at: Moment = Field(
        title="When did the local authority become aware?",
        description="Whoever was on duty: the emergency duty team counts.",
    )
    how: LongText = Field(title="How did it become aware?")


def record_awareness(work: UnitOfWork, case_id: CaseId, command: RecordAwareness) -> Case:
    """Record when the local authority became aware, and start its clocks."""
    case = begin(work, case_id, RECORD_AWARENESS, command)
    must_be_owed(work, case, Todo.RECORD_AWARENESS)
    if case.aware_at is not None:
        raise RuleBroken("Awareness is on record already; the first date stands.")
    must_be_possible(work, case, "aware_at", command.aware_at)
    case.aware_at = command.aware_at
    record_entry(work, case, RECORD_AWARENESS, command)
    close_todos(work, case, Todo.RECORD_AWARENESS)
    start_notification_clocks(work, case)
    return case


RECORD_AWARENESS = Act(
    name="record_awareness",
    command=RecordAwareness,
    perform=record_awareness,
    permission=Permission.DECIDE_TO_NOTIFY,
    doing="record awareness",
    stages=BESIDE_REVIEW | {Stage.REFERRED},
    is_offered=owed(Todo.RECORD_AWARENESS),
    entry=EntryType.AWARENESS_RECORDED,
    todo=Todo.RECORD_AWARENESS,
    section=Section.FACTS_AND_FAMILY,
    holds_family_data=True,
)
