"""Which agency is told how a case was decided: who referred it, and who was asked (RR-50)."""

from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Asked


def is_told_outcome(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the actor's agency referred the case or was asked for a return."""
    agency_id = work.actor.agency_id
    if agency_id is None:
        return False
    asked = requests(work.session, case.id, Asked.SCOPING_RETURN)
    return case.referred_by_agency_id == agency_id or any(
        one.agency_id == agency_id for one in asked
    )
