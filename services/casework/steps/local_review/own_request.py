"""What is asked of the actor's own agency for the review, while it may still answer (LC-33)."""

from services.database.agency_requests import AgencyRequest, get_request
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.errors import NotPermitted, RuleBroken


def own_request(work: UnitOfWork, case: Case) -> AgencyRequest:
    """Return the request to the actor's agency, locked; refuse once its report is accepted."""
    if work.actor.agency_id is None:
        raise NotPermitted("Only a person who acts for an agency may send what it is asked for.")
    request = get_request(work.session, case.id, Asked.REPORT, work.actor.agency_id)
    if request.answered is Answered.ACCEPTED:
        raise RuleBroken("Your agency's report has been accepted; it no longer changes.")
    return request
