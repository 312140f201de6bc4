"""The learning event: what a practitioner who is invited sees of it, and the list of who is."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.participants import event_for_practitioner, participant_list

router = APIRouter(prefix="/cases")

Practitioner = Annotated[UnitOfWork, requires(Permission.TAKE_PART_IN_EVENT)]
Holder = Annotated[UnitOfWork, requires(Permission.HOLD_LEARNING_EVENT)]


@router.get("/{case_id}/learning-event")
def show_event(case_id: TheCaseId, request: Request, work: Practitioner) -> Response:
    """Show the event and its papers, and nothing else of the case (LC-01, LC-38)."""
    case = open_case(work, case_id, Viewed.LEARNING_EVENT)
    view = event_for_practitioner(work, case)
    return page(request, "pages/cases/learning_event.html", case=case, view=view)


@router.get("/{case_id}/participants")
def show_participants(case_id: TheCaseId, request: Request, work: Holder) -> Response:
    """Show who is invited in their own person, and how each stands (LC-01)."""
    case = open_case(work, case_id, Viewed.PARTICIPANTS)
    view = participant_list(work, case)
    return page(request, "pages/cases/participants.html", case=case, view=view)
