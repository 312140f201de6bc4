"""Processes by the names that they are told by, and who of the family waits for one (FAM-03).

What waits for a process keeps its name, so that it is read as it was said. A process may have had
another name since: it is known by each, and one name is over once all that had it are.
"""

from collections import defaultdict
from datetime import date
from uuid import UUID

from services.casework.effects import open_todo
from services.casework.steps.other_reviews.register import OtherProcess, processes_on
from services.casework.steps.other_reviews.said import name_of_process
from services.database.cases import Case
from services.database.history import all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.other_reviews import OF_A_PROCESS, ProcessKind
from services.domain.todos import Todo

_DECIDED = EntryType.INVOLVEMENT_DECIDED


def over_since(work: UnitOfWork, case: Case) -> dict[str, date]:
    """Return the names of which every process is over, with the day since when."""
    now = {one.id: one.said for one in processes_on(work, case.id)}
    over: dict[str, date] = {}
    for name, ids in _ids_by_name(work, case).items():
        said = [now[one] for one in ids if one in now]
        if len(said) == len(ids) and all(one.state.is_over for one in said):
            over[name] = max(one.since for one in said)
    return over


def process_called(work: UnitOfWork, case: Case, name: str) -> UUID | None:
    """Return a process that has or had this name, if the actor reads of any."""
    ids = _ids_by_name(work, case).get(name, ())
    return next((one.id for one in processes_on(work, case.id) if one.id in ids), None)


def tell_who_waits(work: UnitOfWork, case: Case, process: OtherProcess) -> None:
    """Have each person of the family spoken to who waits for this process, which has ended.

    The business manager is asked, who tells whoever coordinates communication (FAM-05).
    """
    over = over_since(work, case)
    names = {name for name, ids in _ids_by_name(work, case).items() if process.id in ids}
    for person in _who_wait(work, case, names & over.keys()):
        open_todo(work, case, Todo.SPEAK_WITH_FAMILY, subject=person)


def _who_wait(work: UnitOfWork, case: Case, names: set[str]) -> list[str]:
    """Return who waits for a process of these names, by what was decided for them last."""
    newest = {one.subject: one.number for one in facts(work.session, case.id, _DECIDED)}
    return [
        one.subject
        for one in (all_of(work.session, case.id, _DECIDED) if newest and names else ())
        if newest[one.subject] == one.number
        and any(wait.get("process") in names for wait in one.command["waits"])
    ]


def _ids_by_name(work: UnitOfWork, case: Case) -> dict[str, set[UUID]]:
    found: dict[str, set[UUID]] = defaultdict(set)
    for entry in all_of(work.session, case.id, *OF_A_PROCESS):
        kind, called = ProcessKind(entry.command["kind"]), entry.command["called"]
        found[name_of_process(kind, called)].add(UUID(entry.subject))
    return found
