"""What follows once the rapid review has been sent to the Panel, by whichever way (G5)."""

from services.casework.effects import close_todos, tell_commissioning
from services.casework.effects.tellings import tell_of_decision
from services.casework.steps.agencies_told import tell_joined_agencies
from services.casework.steps.going_on import await_panel
from services.casework.steps.scoping.second_person import list_no_more
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.todos import OF_THE_RECORD, Todo


def go_on_to_panel(work: UnitOfWork, case: Case, entry: Entry) -> None:
    """Go on with what was decided, and have everybody told who is told of the outcome.

    What is to be told here is met once the mail service has accepted it (K8, K9).
    """
    close_todos(work, case, Todo.SUBMIT, Todo.TELL_LATENESS, *OF_THE_RECORD)
    list_no_more(work, case)
    await_panel(work, case)
    tell_of_decision(work, case)
    tell_joined_agencies(work, case)
    tell_commissioning(work, case, entry)
