"""What waits to be collected: a person is asked to ring in time, and what runs out was not sent."""

from services.casework.effects.dispatches import ask_to_ring, last_day_of
from services.casework.steps.dispatches.collected import expired
from services.database.cases import get_case
from services.database.collections import waiting_to_be_collected
from services.database.dispatches import Dispatch, dispatch_of
from services.database.unit_of_work import UnitOfWork
from services.domain.collection import ask_on, closes_on
from services.domain.dispatches import DispatchState
from services.domain.identifiers import CaseId


def look_after_collections(work: UnitOfWork) -> None:
    """Ask the manager to ring, or end what was not collected in time; asking again adds nothing."""
    for found in waiting_to_be_collected(work.session):
        if not _is_due(work, found):
            continue
        case = get_case(work.session, CaseId(found.case_id), for_change=True)
        dispatch = dispatch_of(work.session, case.id, str(found.id))
        if dispatch.state is not DispatchState.TO_COLLECT:
            continue  # it was collected, or taken back, while the case was held by somebody
        if _has_run_out(work, dispatch):
            expired(work, case, dispatch)
        else:
            ask_to_ring(work, case, dispatch)


def _is_due(work: UnitOfWork, dispatch: Dispatch) -> bool:
    if _has_run_out(work, dispatch):
        return True
    case = get_case(work.session, CaseId(dispatch.case_id))
    return dispatch.sent_on is not None and work.today >= ask_on(
        dispatch.sent_on, last_day_of(work, case, dispatch), work.calendar
    )


def _has_run_out(work: UnitOfWork, dispatch: Dispatch) -> bool:
    sent_on = dispatch.sent_on
    return sent_on is not None and work.today > closes_on(sent_on, work.calendar)
