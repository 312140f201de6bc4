"""What every act has in common: may they, lock the case, one entry in the history, one wake."""

from typing import TypeVar

from pydantic import BaseModel

from services.database.cases import Case, get_case
from services.database.decisions import declaration
from services.database.due_work import wake
from services.database.history import Entry, count, last_entry, was_posted
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, NotPermitted, StepNotOpen
from services.domain.identifiers import CaseId
from services.domain.roles import Permission

W = TypeVar("W", bound=BaseModel)


def begin(work: UnitOfWork, case_id: CaseId, permission: Permission) -> Case:
    """Return the case, locked for this act, if the actor may do it and has not just done it.

    Whoever declared a conflict in the case does nothing more on it (rules.md 4).

    Raises NotPermitted, NotFound (also for another partnership's case) or AlreadyDone.
    """
    work.actor.must(permission)
    case = get_case(work.session, case_id, for_change=True)
    refuse_twice(work)
    declared = declaration(work.session, case.id, work.actor.person_id)
    if declared is not None and declared.has_conflict:
        raise NotPermitted("You declared a conflict: this case is not available to you (LC-02).")
    return case


def refuse_twice(work: UnitOfWork) -> None:
    """Refuse a form that has been acted on already: a double click is one act (P4)."""
    if work.once is not None and was_posted(work.session, work.once):
        raise AlreadyDone("This form has been sent already. What it said is on record, once.")


def record_entry(
    work: UnitOfWork, case: Case, entry_type: EntryType, command: BaseModel, subject: str = ""
) -> Entry:
    """Write the act's one entry, in the same transaction as what it records, and wake the flow."""
    entry = Entry(
        tenant_id=work.actor.partnership_id,
        case_id=case.id,
        number=count(work.session, case.id) + 1,
        entry_type=entry_type,
        subject=subject,
        command=command.model_dump(mode="json"),
        person_id=work.actor.person_id,
        role=work.actor.role,
        seat=work.actor.seat,
        at=work.now,
        once=work.once,
    )
    work.session.add(entry)
    work.session.flush()
    wake(work, CaseId(case.id))
    return entry


def latest_command(
    work: UnitOfWork, case: Case, entry_type: EntryType, kind: type[W], subject: str = ""
) -> W | None:
    """Return the newest words of this act on the case, if it has been done."""
    entry = last_entry(work.session, case.id, entry_type, subject)
    return None if entry is None else kind.model_validate(entry.command)


def require_command(work: UnitOfWork, case: Case, entry_type: EntryType, kind: type[W]) -> W:
    """Return the newest words of this act, or refuse because it comes first."""
    command = latest_command(work, case, entry_type, kind)
    if command is None:
        raise StepNotOpen(f"This comes after: {entry_type}. Do that first.")
    return command
