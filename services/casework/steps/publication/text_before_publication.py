"""The text before publication: publication goes on when the last body was sent it (PUB-26, K12).

When it turns out that a body was not sent it, publication waits again, for every publisher.
"""

from datetime import date

from services.casework.effects import close_todos, last_day, open_todo, reopen_clock
from services.casework.steps.names_sent import names_others
from services.casework.steps.publication.beside_lead import TO_PUBLISH, is_beside_lead
from services.casework.steps.publication.changed_followed import is_to_go_again
from services.casework.steps.publication.publishers_done import go_on_when_all_sent
from services.casework.steps.publication.staff_standing import SETS_DAY, sets_day
from services.casework.steps.publication.telling_others import tell_lead_returned, tell_lead_sent
from services.casework.steps.rounds.publishers_held import hold_publishers
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.dispatches import Dispatch
from services.database.history import facts
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.todos import Todo


def date_text(work: UnitOfWork, case: Case, dispatch: Dispatch, day: date | None) -> None:
    """Go on to publication when the last body was sent the text; wait again when one was not.

    Of a plan that was made anew meanwhile, what was sent before counts no longer (K12), nor does a
    text that names others than the report has to name (PUB-27).
    """
    if not _is_current(work, case, dispatch.part) or day == case.presented_on:
        return
    if day is None:
        _text_came_back(work, case, dispatch)
        return
    if case.published_on is None:
        case.presented_on = day
        work.session.add(case)
    if is_beside_lead(work, case):
        tell_lead_sent(work, case, day, dispatch)
    else:
        go_on_when_all_sent(work, case)


def wait_again(work: UnitOfWork, case: Case) -> None:
    """Wait again: the text came back to a publisher, so that K12 is open at its old last day.

    Each publisher waits. Where the text cannot be sent again in time the day is moved, and only the
    partnership that leads moves it.
    """
    reopen_clock(work, case, ClockId.K12)
    if case.published_on is None:
        close_todos(work, case, *TO_PUBLISH[1:])
        by = last_day(work, case, ClockId.K12)
        open_todo(work, case, Todo.PLAN_PUBLICATION, last_day=by)
    hold_publishers(work, case)


def _text_came_back(work: UnitOfWork, case: Case, dispatch: Dispatch) -> None:
    """Wait again, and have every publisher wait: who leads, and whose text came back, tells it."""
    if case.published_on is None:
        case.presented_on = None
        work.session.add(case)
        close_todos(work, case, *TO_PUBLISH[1:])
    reopen_clock(work, case, ClockId.K12)
    if is_beside_lead(work, case):
        tell_lead_returned(work, case, dispatch)
    else:
        hold_publishers(work, case)


def _is_current(work: UnitOfWork, case: Case, part: str) -> bool:
    """Tell whether what was sent is what is to be published: nothing was decided since."""
    found = facts(work.session, case.id, EntryType.PRE_SENT, *SETS_DAY)
    sent = [one for one in found if one.entry_type is EntryType.PRE_SENT]
    if not sent or str(sent[-1].number) != part:
        return False
    since = [one for one in found if one.number > sent[-1].number and sets_day(one)]
    to_send = [one.todo for one in open_assignments(work.session, case.id)]
    is_asked_again = since or Todo.PRE_SEND in to_send
    return not (is_asked_again or names_others(work, case) or is_to_go_again(work, case))
