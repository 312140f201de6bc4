"""The pages of a case's agencies: how far each has come, and a return as it was sent."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheAgencyId, TheCaseId
from services.web.rendering import page
from services.web.view_models.act_places import AGENCIES, acts_here
from services.web.view_models.agencies import guest_lines
from services.web.view_models.agency_matrix import matrices
from services.web.view_models.agency_return import return_view
from services.web.view_models.listed import listed_lines
from services.web.view_models.meeting_day import lacks_meeting, meeting_ahead

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]
OfAgency = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("/{case_id}/agencies")
def show_agencies(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show how far each agency has come, and what may be done about it (RR-38 to RR-41)."""
    case = open_case(work, case_id, Viewed.AGENCIES)
    return page(
        request,
        "pages/cases/agencies.html",
        case=case,
        matrices=matrices(work, case),
        meeting=meeting_ahead(work, case),
        lacks_meeting=lacks_meeting(case),
        listed=listed_lines(work, case),
        guests=guest_lines(work, case),
        may=acts_here(work, case, AGENCIES),
    )


@router.get("/{case_id}/agencies/{agency_id}/return")
def show_return(
    case_id: TheCaseId, agency_id: TheAgencyId, request: Request, work: OfAgency
) -> Response:
    """Show a whole return as it was sent, with every version of it (RR-40)."""
    case = open_case(work, case_id, Viewed.AGENCY_RETURN)
    view = return_view(work, case, agency_id)
    return page(request, "pages/cases/agency_return.html", case=case, view=view)
