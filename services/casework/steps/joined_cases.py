"""Which cases stand joined: closed as the duplicate of one that carries the incident."""

from uuid import UUID

from services.database.cases import Case, cases_referenced
from services.database.history import Entry, all_of, facts, last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.workflow import Stage


def marked_by(work: UnitOfWork, case: Case) -> Entry | None:
    """Return the entry by which the case stands closed as a duplicate, if it does."""
    marked = last_entry(work.session, case.id, EntryType.MARKED_DUPLICATE)
    since = facts(work.session, case.id, EntryType.REOPENED, EntryType.DUPLICATE_UNDONE)
    if marked is None or case.stage is not Stage.CLOSED:
        return None
    return None if any(one.number > marked.number for one in since) else marked


def carrying_case(work: UnitOfWork, case: Case) -> Case | None:
    """Return the case that carries the incident of a duplicate, whoever may open it."""
    marked = marked_by(work, case)
    if marked is None:
        return None
    return next(iter(cases_referenced(work.session, str(marked.command["duplicate_of"]))), None)


def duplicates_of(work: UnitOfWork, case: Case) -> list[Case]:
    """Return the cases that stand joined to this one: their agencies are told of it too."""
    taken_in = all_of(work.session, case.id, EntryType.DUPLICATE_TAKEN_IN)
    found: dict[UUID, Case] = {}
    for reference in {str(one.command["reference"]) for one in taken_in}:
        for one in cases_referenced(work.session, reference):
            carrying = carrying_case(work, one)
            if carrying is not None and carrying.id == case.id:
                found[one.id] = one
    return sorted(found.values(), key=lambda one: one.reference)
