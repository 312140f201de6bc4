"""Once a briefing is written, its sharing is asked for, and agencies confirm it (EMB-07)."""

from services.casework.effects import EmailContext, close_todos, enqueue_email, open_todo
from services.casework.steps.embedding.sharing_standing import (
    SharingPart,
    sharing_parts,
    unconfirmed,
)
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import count
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo


def ask_for_sharing(work: UnitOfWork, case: Case) -> None:
    """Ask for each part of the plan that is still to come, and for no part of a plan before it."""
    close_todos(work, case, Todo.SHARE_LEARNING)
    for one in sharing_parts(work, case):
        if not one.is_settled:
            subject = subject_of(one)
            last_day = one.said.last_day
            open_todo(work, case, Todo.SHARE_LEARNING, last_day=last_day, subject=subject)
    ask_for_receipts(work, case)


def subject_of(part: SharingPart) -> str:
    """Return by what the task of a part is known: its way, which lists say, and its id."""
    return f"{part.said.way}:{part.id}"


def ask_for_receipts(work: UnitOfWork, case: Case) -> None:
    """Ask each agency that has said nothing yet, by email too, by the last day of the plan."""
    last_day = max(one.said.last_day for one in sharing_parts(work, case))
    number = count(work.session, case.id)
    asked = {
        one.subject: one.last_day
        for one in open_assignments(work.session, case.id)
        if one.todo is Todo.CONFIRM_BRIEFING
    }
    for one in unconfirmed(work, case):
        subject = str(one.id)
        if subject in asked and asked[subject] == last_day:
            continue
        close_todos(work, case, Todo.CONFIRM_BRIEFING, subject=subject)
        open_todo(work, case, Todo.CONFIRM_BRIEFING, last_day=last_day, subject=subject)
        about = EmailContext(
            due=last_day,
            todo=Todo.CONFIRM_BRIEFING,
            agency_id=one.id,
            part=f"{subject}:{number}",
        )
        enqueue_email(work, case, EmailTrigger.BRIEFING_TO_CONFIRM, about)
