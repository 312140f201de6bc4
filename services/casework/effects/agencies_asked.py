"""Agencies are asked by a last day, by a todo and an email: once, unless the day is another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.casework.effects.email_recipients import EmailContext
from services.casework.effects.emails import enqueue_email
from services.casework.effects.todos import close_todos, open_todo
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import count
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo


@dataclass(frozen=True, slots=True)
class AskedOfAgencies:
    """What each agency is asked to do, by which email, and until which day, if there is one."""

    todo: Todo
    trigger: EmailTrigger
    last_day: date | None


def ask_agencies(
    work: UnitOfWork, case: Case, asked: AskedOfAgencies, agencies: Iterable[UUID]
) -> None:
    """Ask these agencies; one that is asked already, by the same last day, is not asked twice."""
    number = count(work.session, case.id)
    waiting = {
        one.subject: one.last_day
        for one in open_assignments(work.session, case.id)
        if one.todo is asked.todo
    }
    for agency_id in agencies:
        subject = str(agency_id)
        if subject in waiting and waiting[subject] == asked.last_day:
            continue
        close_todos(work, case, asked.todo, subject=subject)
        open_todo(work, case, asked.todo, last_day=asked.last_day, subject=subject)
        about = EmailContext(
            due=asked.last_day,
            todo=asked.todo,
            agency_id=agency_id,
            part=f"{subject}:{number}",
        )
        enqueue_email(work, case, asked.trigger, about)
