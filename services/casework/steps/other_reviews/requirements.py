"""What each process of a joint report requires of it, and where the report meets it (LC-20).

That the requirements of both are identified and met is good practice: an open one is shown where
the report is drafted, assured and signed, and stops nobody.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import Command, ProcessChoice, Rows, named
from services.casework.steps.other_reviews.processes import WHILE_OPEN, ProcessNamed, first_or
from services.casework.steps.other_reviews.register import OtherProcess, processes_on
from services.casework.steps.other_reviews.said import ReportRequirement, RequirementsListed
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission


class ListRequirements(Command):
    """The key requirements of another process that one joint report covers with this one (LC-20).

    The list is said anew each time, until each of them has its place in the report.
    """

    process: ProcessChoice = Field(title="Of which review?")
    requirements: Annotated[tuple[ReportRequirement, ...], Rows(6, "requirement")] = Field(
        title="Its key requirements"
    )


class ListedRequirements(ProcessNamed):
    """What is on record of them, as the form opens with it."""

    requirements: tuple[ReportRequirement, ...]


def list_requirements(work: UnitOfWork, case_id: CaseId, command: ListRequirements) -> Case:
    """Keep the list of what the process requires in place of the list before."""
    case = begin(work, case_id, LIST_REQUIREMENTS, command)
    otherwise = AnswerRefused("process", "Choose one that a joint report covers with this review.")
    process = named(joint_processes(work, case), command.process, otherwise)
    if not command.requirements:
        raise AnswerRefused("requirements", "Enter at least one requirement (LC-20).")
    kept = RequirementsListed(process=process.said.name, requirements=command.requirements)
    entered = Entered(subject=str(process.id), kept=kept)
    entry = record_entry_as(work, case, LIST_REQUIREMENTS, command, entered)
    carry_marks(work, case, process.entry, entry)
    return case


def joint_processes(work: UnitOfWork, case: Case) -> Sequence[OtherProcess]:
    """Return the processes that one report is to cover with this review."""
    return [one for one in processes_on(work, case.id) if one.is_joint]


LIST_REQUIREMENTS = Act(
    name="list_requirements",
    command=ListRequirements,
    which="process",
    perform=list_requirements,
    permission=Permission.RECORD_PROCESSES,
    doing="list what a joint report must meet",
    stages=WHILE_OPEN,
    entry=EntryType.REQUIREMENTS_LISTED,
    kept=RequirementsListed,
    is_offered=lambda work, case: bool(joint_processes(work, case)),
    section=Section.TERMS,
    holds_family_data=True,
)


def joint_process_named(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names such a process on forms; nothing if there is none such."""
    return next((of for one in joint_processes(work, case) if str(one.id) == of), "")


def requirements_on_record(work: UnitOfWork, case: Case, of: str) -> ListedRequirements | None:
    """Return the list of the process, or of the first, to be put right."""
    found = first_or(joint_processes(work, case), of)
    if found is None:
        return None
    return ListedRequirements(process=found.id, requirements=found.requirements)
