"""The first page of every case for every person: declare, then go on to where one was going."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.cases import has_declared, open_case, own_declarations
from services.casework.steps.interest_decided import decision_on
from services.database.unit_of_work import UnitOfWork
from services.domain.confidentiality import agreement_of
from services.domain.viewings import Viewed
from services.web.act_door import case_for, sent
from services.web.act_form import shown
from services.web.act_pages.declaration import DECLARE
from services.web.addresses import page_here
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.path_ids import TheCaseId
from services.web.rendering import page

router = APIRouter(prefix="/cases/{case_id}")
Declaring = Annotated[UnitOfWork, requires(DECLARE.act.permission)]


@router.get("/declaration")
def ask(case_id: TheCaseId, request: Request, work: Declaring) -> Response:
    """Show the two questions, with the case's reference and the person's role only."""
    case = case_for(work, DECLARE, case_id)
    if has_declared(work, case):
        return RedirectResponse(page_here(request.query_params.get("next", "")), 303)
    return shown(request, work, DECLARE, case)


@router.get("/declaration/agreed")
def read_again(case_id: TheCaseId, request: Request, work: Declaring) -> Response:
    """Show a person what they declared, and the agreement in the version to which they agreed."""
    case = open_case(work, case_id, Viewed.DECLARATION)
    declared = own_declarations(work, case)
    agreed = agreement_of(declared[-1].agreement)
    return page(
        request,
        "pages/cases/declared.html",
        case=case,
        declared=declared,
        agreed=agreed,
        decided=decision_on(work, case, work.actor.person_id),
    )


@router.post("/declaration")
def declare(case_id: TheCaseId, request: Request, work: Declaring, posted: PostedForm) -> Response:
    """Keep the declaration and go on, or show what has to be put right."""
    return sent(request, work, DECLARE, case_for(work, DECLARE, case_id), posted)
