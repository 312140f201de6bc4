"""What is read by the API: of a case, what its reader may know of it.

A person reads what they read at the pages, once they have declared. A system declares nothing
(LC-01), so it is shown no words of a case: its reference, where it stands, clocks, tasks, and what
was done on which day. Each look is recorded, and says which system looked.
"""

from collections.abc import Sequence

from services.casework.access.cases import (
    case_in_reach,
    case_in_sight,
    case_to_read,
    cases_seen,
    open_case,
    record_viewing,
)
from services.casework.access.parts import case_todos_seen, clocks_seen
from services.casework.access.reach import reached_by
from services.casework.act import Act
from services.database.assignments import Assignment, open_assignments
from services.database.cases import Case, list_cases
from services.database.clocks import RunningClock, clocks
from services.database.history import Entry, entries
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotPermitted
from services.domain.identifiers import CaseId
from services.domain.viewings import Viewed


def cases_told(work: UnitOfWork) -> list[Case]:
    """Return the cases that may be opened, newest first; a person's are those they declared on."""
    if work.actor.is_system:
        return list_cases(work.session, reached_by(work).asked)
    return cases_seen(work).open


def case_told(work: UnitOfWork, case_id: CaseId, what: Viewed) -> Case:
    """Return one case that may be opened, and record what of it is looked at (G7)."""
    if not work.actor.is_system:
        return open_case(work, case_id, what)
    case = case_in_reach(work, case_id)
    record_viewing(work, case, what)
    return case


def case_to_act_on(work: UnitOfWork, act: Act, case_id: CaseId) -> Case:
    """Return the case to whoever may do the act there; before declaring they may only declare."""
    if work.actor.is_system:
        return case_in_reach(work, case_id)
    return case_in_sight(work, case_id) if act.before_declaring else case_to_read(work, case_id)


def clocks_told(work: UnitOfWork, case: Case) -> list[RunningClock]:
    """Return its clocks: all of them, or to an agency's people and system those of the agency."""
    if work.actor.is_system and work.actor.agency_id is None:
        return clocks(work.session, case.id)
    return clocks_seen(work, case)


def todos_told(work: UnitOfWork, case: Case) -> list[Assignment]:
    """Return what is to be done: all of it, or to an agency's people and system their own part."""
    if not work.actor.is_system:
        return case_todos_seen(work, case)
    found = open_assignments(work.session, case.id)
    return [one for one in found if work.actor.agency_id in (None, one.agency_id)]


def done_told(work: UnitOfWork, case: Case) -> Sequence[Entry]:
    """Return the entries of which a system is told that they were made: an agency's, its own."""
    found = entries(work.session, case.id)
    if work.actor.agency_id is None:
        return found
    mine = {str(work.actor.agency_id), str(work.actor.person_id)}
    return [one for one in found if {one.subject, str(one.person_id)} & mine]


def must_read_words(work: UnitOfWork) -> None:
    """Refuse a system, of which nobody can say whom what it reads would reach (LC-01)."""
    if work.actor.is_system:
        raise NotPermitted(
            "Documents, and what was said, are read by named people, who have declared their "
            "interests. The token of a person is needed."
        )
