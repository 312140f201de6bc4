"""Once a briefing is written, its sharing is asked for, and agencies confirm it (EMB-07)."""

from services.casework.effects import close_todos, open_todo
from services.casework.effects.agencies_asked import AskedOfAgencies, ask_agencies
from services.casework.steps.embedding.sharing_standing import (
    SharingPart,
    sharing_parts,
    unconfirmed,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailTrigger
from services.domain.todos import Todo


def ask_for_sharing(work: UnitOfWork, case: Case) -> None:
    """Ask for each part of the plan that is still to come, and for no part of a plan before it.

    Each agency that has said nothing of the briefing yet is asked by the last day of the plan.
    """
    close_todos(work, case, Todo.SHARE_LEARNING)
    parts = sharing_parts(work, case)
    for one in parts:
        if not one.is_settled:
            subject = subject_of(one)
            last_day = one.said.last_day
            open_todo(work, case, Todo.SHARE_LEARNING, last_day=last_day, subject=subject)
    last_day = max(one.said.last_day for one in parts)
    asked = AskedOfAgencies(Todo.CONFIRM_BRIEFING, EmailTrigger.BRIEFING_TO_CONFIRM, last_day)
    ask_agencies(work, case, asked, [one.id for one in unconfirmed(work, case)])


def subject_of(part: SharingPart) -> str:
    """Return by what the task of a part is known: its way, which lists say, and its id."""
    return f"{part.said.way}:{part.id}"
