"""Who may see a request: who keeps them, and the partner to which it was passed to be answered.

A request that names a case is shown to whoever may read that case now: a conflict closes both, and
who reads cases declares first. The data protection contact reads no case and so declares on none.
"""

from uuid import UUID

from services.casework.access.cases import is_open_to_actor
from services.casework.information_requests.standing import RequestStanding, standings
from services.database.information_requests import (
    NO_REQUEST,
    get_information_request,
    information_requests,
    steps_of,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound, NotPermitted
from services.domain.roles import Permission

DECLARE_FIRST = "It is about a case on which you have yet to declare. Open the case first."


def requests_seen(work: UnitOfWork) -> list[RequestStanding]:
    """Return the requests that the person may know of, the newest first: of each but its clock."""
    found = standings(information_requests(work.session), steps_of(work.session))
    return [one for one in found if _reaches(work, one)]


def request_to_read(work: UnitOfWork, request_id: UUID) -> RequestStanding:
    """Return a request that the person may read and act on now; else there is no such request.

    Raises NotPermitted where it is about a case that is not open to the person.
    """
    request = get_information_request(work.session, request_id)
    (standing,) = standings([request], steps_of(work.session, request_id))
    if not _reaches(work, standing):
        raise NotFound(NO_REQUEST)
    reads_cases = work.actor.may(Permission.READ_CASE)
    if reads_cases and request.case_id and not is_open_to_actor(work, request.case_id):
        raise NotPermitted(DECLARE_FIRST)
    return standing


def _reaches(work: UnitOfWork, standing: RequestStanding) -> bool:
    actor = work.actor
    if actor.may(Permission.KEEP_INFORMATION_REQUESTS):
        return True
    if not actor.may(Permission.ANSWER_INFORMATION_REQUESTS) or standing.holder is None:
        return False
    return standing.holder.seat is actor.seat and standing.authority == actor.authority
