"""Whether an agency confirmed the answer that was entered for it, as its clock tells it."""

from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.clocks import RunningClock
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import Answered, Asked
from services.domain.clocks.rules import ClockId
from services.domain.labels import label
from services.domain.plain_text import capital


def not_confirmed(work: UnitOfWork, case: Case, row: RunningClock) -> str:
    """Say of an agency's answer that was entered for it that the agency has not confirmed it."""
    if row.clock is not ClockId.K6 or row.met_on is None:
        return ""
    waiting = [
        one
        for one in requests(work.session, case.id, Asked.SCOPING_RETURN)
        if one.answered is Answered.UNCONFIRMED and str(one.agency_id) == row.subject
    ]
    stands = [label(one.answered) for one in waiting if one.answered_on == row.met_on]
    return capital(", ".join(stands))
