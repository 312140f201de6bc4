"""Each other review or proceeding beside this one: recorded, and changed by saying it anew.

Which of them goes first is agreed by the bodies that carry them out. It is recorded with who agreed
it, and never worked out here (PAR-03).
"""

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from pydantic import Field

from services.casework.act import Act, Entered, begin, record_entry, record_entry_as
from services.casework.commands import Command, LongText, ProcessChoice, named, part_of
from services.casework.steps.other_reviews.process_names import tell_who_waits
from services.casework.steps.other_reviews.register import OtherProcess, processes_on
from services.casework.steps.other_reviews.said import ProcessChanged, ProcessSaid
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.other_reviews import Primacy, ProcessKind
from services.domain.roles import Permission
from services.domain.workflow import BEFORE_REFERRAL, Stage

WHILE_OPEN: Final = frozenset(Stage) - {Stage.INVITED, Stage.CLOSED, *BEFORE_REFERRAL}
NOT_THERE: Final = AnswerRefused("process", "Choose one of the processes on record.")


class RecordProcess(ProcessSaid):
    """Another review or proceeding about the same child, family or incident (PAR-01 to PAR-04).

    It is best considered at scoping, so that nothing is done twice (LC-20). What stands here is
    shown where the meeting, the terms, a delay and publication are decided.
    """


class ProcessNamed(Command):
    """Which of the processes on record it is about."""

    process: ProcessChoice = Field(title="Which review or proceeding?")


class ProcessOnRecord(ProcessSaid, ProcessNamed):
    """What is on record of one process, as the form of its change opens with it."""


class ChangeProcess(ProcessOnRecord):
    """How another review or proceeding stands now: it began or ended, or more was agreed.

    All of it is said anew. What stood before stays in the timeline.
    """

    reason: LongText = Field(title="What is changed, and why?")


def record_process(work: UnitOfWork, case_id: CaseId, command: RecordProcess) -> Case:
    """Keep one more process in the register of the case."""
    case = begin(work, case_id, RECORD_PROCESS, command)
    _must_be_possible(work, command)
    _must_be_agreed(command)
    record_entry(work, case, RECORD_PROCESS, command, subject=str(uuid4()))
    return case


RECORD_PROCESS = Act(
    name="record_process",
    command=RecordProcess,
    perform=record_process,
    permission=Permission.RECORD_PROCESSES,
    doing="record another review or proceeding",
    stages=WHILE_OPEN,
    entry=EntryType.PROCESS_RECORDED,
    section=Section.TERMS,
    holds_family_data=True,
)


def change_process(work: UnitOfWork, case_id: CaseId, command: ChangeProcess) -> Case:
    """Say anew how a process stands; what a police mark hides of it stays hidden.

    Once it is over, whoever of the family waits for it is spoken to (FAM-03).
    """
    case = begin(work, case_id, CHANGE_PROCESS, command)
    process = named(processes_on(work, case.id), command.process, NOT_THERE)
    _must_be_possible(work, command)
    _must_be_agreed(command)
    if part_of(command, ProcessSaid) == process.said:
        raise AnswerRefused("reason", "This is what is on record. Change what is different now.")
    entered = Entered(subject=str(process.id), kept=part_of(command, ProcessChanged))
    entry = record_entry_as(work, case, CHANGE_PROCESS, command, entered)
    carry_marks(work, case, process.entry, entry)
    if command.state.is_over and not process.said.state.is_over:
        tell_who_waits(work, case, process)
    return case


def has_processes(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor reads of any other process on the case."""
    return bool(processes_on(work, case.id))


CHANGE_PROCESS = Act(
    name="change_process",
    command=ChangeProcess,
    which="process",
    perform=change_process,
    permission=Permission.RECORD_PROCESSES,
    doing="change what is recorded of another review or proceeding",
    stages=WHILE_OPEN,
    entry=EntryType.PROCESS_CHANGED,
    kept=ProcessChanged,
    is_offered=has_processes,
    section=Section.TERMS,
    holds_family_data=True,
)


def process_named(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names a process on forms; nothing if the actor reads of none such."""
    return next((of for one in processes_on(work, case.id) if str(one.id) == of), "")


def process_on_record(work: UnitOfWork, case: Case, of: str) -> ProcessOnRecord | None:
    """Return what is on record of the process, or of the first, to be put right."""
    found = first_or(processes_on(work, case.id), of)
    return None if found is None else ProcessOnRecord(process=found.id, **dict(found.said))


def first_or(found: Sequence[OtherProcess], of: str) -> OtherProcess | None:
    """Return the process of that id, else the first of those found."""
    return next((one for one in found if str(one.id) == of), next(iter(found), None))


def _must_be_possible(work: UnitOfWork, said: ProcessSaid) -> None:
    """Refuse days to come, and a process of another kind that is not named."""
    if said.kind is ProcessKind.OTHER and said.called is None:
        raise AnswerRefused("called", "Say what it is.")
    if said.since > work.today:
        raise AnswerRefused("since", "Enter a day that is not in the future.")
    if any(one.last is not None and one.last < one.first for one in said.days):
        raise AnswerRefused("days", "The last day is not before the first.")
    if said.agreed_on is not None and said.agreed_on > work.today:
        raise AnswerRefused("agreed_on", "Enter a day that is not in the future.")


def _must_be_agreed(said: ProcessSaid) -> None:
    """Refuse an order of the two that nobody agreed: it is the bodies' to settle (PAR-03)."""
    if said.goes_first is Primacy.NOT_SETTLED:
        if said.agreed_by is not None or said.agreed_on is not None:
            raise AnswerRefused("goes_first", "Say what was agreed, or leave out who agreed it.")
    elif said.agreed_by is None:
        raise AnswerRefused("agreed_by", "Say who agreed it, with whom (PAR-03).")
    elif said.agreed_on is None:
        raise AnswerRefused("agreed_on", "Enter the day on which it was agreed (PAR-03).")
