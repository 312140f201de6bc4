"""What was done on the way to publication: who was told, when, and what they answered (PUB-21)."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, Day, LongText, ShortText, Without
from services.casework.effects import close_todos
from services.casework.steps.publication.staff_standing import must_be_since_day_set
from services.casework.steps.publication.timetable import is_theirs, planned_steps
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.publication_days import KEPT_ELSEWHERE, PublicationStep
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage

# What was not recorded before publication is recorded after it.
WHERE_DONE: Final = frozenset({Stage.PUBLICATION, Stage.EMBEDDING})


class RecordPublicationStep(Command):
    """One step of the plan of publication, as it was done (PUB-21, PUB-31).

    Agencies confirm for themselves that practitioners were told. What goes to the three bodies and
    to the repository is proven by its dispatch.
    """

    step: Annotated[PublicationStep, Without(KEPT_ELSEWHERE)] = Field(title="Which step?")
    done_on: Day = Field(title="When was it done?")
    by_whom: ShortText = Field(title="Who did it, by post?")
    whom: ShortText = Field(title="Who was told, or sent it?", description="By post. Name nobody.")
    way: ShortText = Field(
        title="How?", description="Such as by visit, by telephone, or by secure email."
    )
    answer: LongText = Field(
        title="What did they say or ask, and what follows?",
        description="Of the website: which file was sent, and what its editors answered.",
    )


def record_publication_step(
    work: UnitOfWork, case_id: CaseId, command: RecordPublicationStep
) -> Case:
    """Keep that a step was done; it is asked for no more.

    What the family answered is shown to no other partnership, as all else that is said with them.
    """
    case = begin(work, case_id, RECORD_PUBLICATION_STEP, command)
    planned = planned_steps(work, case)
    if command.step not in {one.step for one in planned}:
        raise AnswerRefused("step", "The plan of publication that stands has no such step.")
    if not any(one.step is command.step and is_theirs(work, one) for one in planned):
        raise AnswerRefused("step", "By the plan this step is the task of somebody else (PUB-21).")
    must_be_since_day_set(work, case, "done_on", command.done_on)
    section = Section.INTERNAL if command.step is PublicationStep.FAMILY else None
    entered = Entered(subject=command.step, section=section)
    record_entry_as(work, case, RECORD_PUBLICATION_STEP, command, entered)
    close_todos(work, case, Todo.PUBLICATION_STEP, subject=command.step)
    return case


def has_steps(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a plan stands that has a step for the actor to do."""
    return any(is_theirs(work, one) for one in planned_steps(work, case))


RECORD_PUBLICATION_STEP = Act(
    name="record_publication_step",
    command=RecordPublicationStep,
    perform=record_publication_step,
    permission=Permission.TAKE_PUBLICATION_STEP,
    doing="record a step to publication",
    stages=WHERE_DONE,
    entry=EntryType.PUBLICATION_STEP_DONE,
    todo=Todo.PUBLICATION_STEP,
    is_offered=has_steps,
    shows=(EntryType.PUBLICATION_PLANNED,),
    section=Section.PUBLICATION,
    holds_family_data=True,
)
