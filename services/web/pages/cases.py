"""The first page about one case, and what its links lead to."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.cases import case_to_read, open_case, record_viewing
from services.casework.access.parts import clock_seen
from services.casework.accounts.who_is import SignedIn
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.act_pages.registry import ACT_PAGES, TODO_PAGES
from services.web.dependencies import open_to_signed_in, requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.timeline import names_for
from services.web.view_models.case import case_view
from services.web.view_models.clocks import clock_line, counted_days
from services.web.view_models.on_duty import on_duty_view

router = APIRouter(prefix="/cases")


Somebody = Annotated[SignedIn | None, open_to_signed_in("an address, and nothing of the case")]
Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]
Comer = Annotated[
    UnitOfWork,
    requires(Permission.READ_CASE, Permission.READ_OWN_PART, Permission.TAKE_PART_IN_EVENT),
]


@router.get("/{case_id}")
def show_case(
    case_id: TheCaseId, request: Request, work: Comer, done: str = "", unshown: str = ""
) -> Response:
    """Show where the case stands: clocks, next steps, who it is about, what happened."""
    if work.actor.may(Permission.TAKE_PART_IN_EVENT):
        return RedirectResponse(f"/cases/{case_id}/learning-event", status_code=303)
    case = case_to_read(work, case_id)
    view = case_view(work, case)
    record_viewing(work, case, Viewed.CASE, said=view.own.of_lead if view.own else ())
    return page(
        request,
        "pages/cases/case.html",
        view=view,
        on_duty=on_duty_view(work, case),
        banner=ACT_PAGES[done].done if done in ACT_PAGES else "",
        unshown=unshown,
    )


@router.get("/{case_id}/todo/{code}")
def show_todo(case_id: TheCaseId, code: str, _known: Somebody) -> Response:
    """Lead from the address that emails hold, by the code of what is to be done, to its page."""
    asked = next((page for todo, page in TODO_PAGES.items() if todo.value == code), None)
    if asked is None:
        raise NotFound("There is nothing of that name to do.")
    return RedirectResponse(f"/cases/{case_id}/{asked.path}", status_code=303)


@router.get("/{case_id}/clocks/{clock_id}")
def explain(case_id: TheCaseId, clock_id: str, request: Request, work: Reader) -> Response:
    """Show how a clock's last day was worked out, day by day."""
    case = open_case(work, case_id, Viewed.CLOCK)
    row = clock_seen(work, case, clock_id)
    line = clock_line(work, case, row, names_for(work, ()))
    days = counted_days(row)
    return page(request, "pages/cases/clock.html", case=case, line=line, days=days)
