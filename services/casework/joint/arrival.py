"""How an act of Keyline itself begins that keeps what came from another partnership."""

from services.casework.act import Act
from services.database.cases import Case, get_case
from services.database.history import last_entry
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId


def begin_arrival(work: UnitOfWork, case_id: CaseId, act: Act, subject: str) -> tuple[Case, bool]:
    """Return the case, locked, and whether what arrives is on its record already.

    An order may be carried out again; ``subject`` names what arrives.
    """
    work.actor.must(act.permission)
    case = get_case(work.session, case_id, for_change=True)
    return case, last_entry(work.session, case.id, act.entry, subject) is not None
