"""For what speaking with a person of the family waits: a day, an event, or a process (FAM-03)."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from services.casework.commands import named
from services.casework.effects import close_todos
from services.casework.steps.families.decided import NotBefore, NotBeforeKept
from services.casework.steps.other_reviews.process_names import process_called
from services.casework.steps.other_reviews.processes import NOT_THERE
from services.casework.steps.other_reviews.register import processes_on
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.todos import Todo


def kept_waits(
    work: UnitOfWork, case: Case, said: Iterable[NotBefore]
) -> tuple[NotBeforeKept, ...]:
    """Return what is kept of each: a process by its name.

    Raises AnswerRefused for one that is not on record, and for one that is over.
    """
    return tuple(_kept(work, case, one) for one in said)


def _kept(work: UnitOfWork, case: Case, said: NotBefore) -> NotBeforeKept:
    words = said.model_dump(exclude={"process"})
    if said.process is None:
        return NotBeforeKept(**words)
    refused = AnswerRefused("waits", str(NOT_THERE))
    process = named(processes_on(work, case.id), said.process, refused)
    if process.said.state.is_over:
        raise AnswerRefused("waits", "These proceedings are over: nothing waits for them.")
    return NotBeforeKept(**words, process=process.said.name)


def waits_on_record(
    work: UnitOfWork, case: Case, kept: Iterable[NotBeforeKept]
) -> tuple[NotBefore, ...]:
    """Return what is on record, as the form opens with it; a process that is over is left out."""
    on_record = {one.id for one in processes_on(work, case.id) if not one.said.state.is_over}
    found = []
    for one in kept:
        process = process_called(work, case, one.process) if one.process else None
        words = one.model_dump(exclude={"process"})
        found.append(NotBefore(**words, process=process if process in on_record else None))
    return tuple(found)


def end_turn(work: UnitOfWork, case: Case, person: UUID) -> None:
    """Ask nobody any more to have the person spoken to: they were, or all was decided anew."""
    close_todos(work, case, Todo.SPEAK_WITH_FAMILY, subject=str(person))


def holds_back(wait: NotBeforeKept, on: date, over: Mapping[str, date]) -> bool:
    """Tell whether speaking with the person waits on that day; an event is over when it is said.

    ``over`` are the processes that have ended, by name, with the day.
    """
    ended = over.get(wait.process) if wait.process is not None else None
    if ended is not None and ended <= on:
        return False
    return wait.until is None or on < wait.until
