"""What stands before the release of the meeting pack: who attends, and what is owed (G3, LC-01)."""

from uuid import UUID

from services.database.agency_requests import unanswered
from services.database.attendance import named_attendees
from services.database.cases import Case
from services.database.decisions import declarations_on
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import RuleBroken


def shut_out(work: UnitOfWork, case: Case) -> list[UUID]:
    """Return the named attendees to whom an interest of theirs closes the case.

    It does until somebody who may has decided that they take part (LC-02, G7).
    """
    declared = declarations_on(work.session, case.id)
    closed = {person for person, one in declared.items() if one.closes}
    return [one for one in named_attendees(work.session, case.id) if one in closed]


def undeclared(work: UnitOfWork, case: Case) -> list[UUID]:
    """Return the named attendees who have declared nothing yet: they read nothing till then."""
    declared = declarations_on(work.session, case.id)
    return [one for one in named_attendees(work.session, case.id) if one not in declared]


def agencies_owing(work: UnitOfWork, case: Case) -> list[UUID]:
    """Return the agencies whose return is still missing, each of which blocks the pack (G3)."""
    return [one.agency_id for one in unanswered(work.session, case.id)]


def must_be_declared_of(work: UnitOfWork, case: Case) -> None:
    """Refuse to release the pack while an interest closes the case to an attendee (LC-01)."""
    waiting = len(shut_out(work, case))
    if waiting:
        raise RuleBroken(
            f"{waiting} of those who are named to attend declared an interest, which closes the "
            "case to them. Have it decided, or name others to attend, before the pack is released."
        )
