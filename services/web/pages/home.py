"""What needs you today: the first page a person sees."""

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.learning import case_of_event
from services.casework.needs import Needs, needs_seen
from services.casework.people.deputies import deputyships
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.cookies import CurrentPerson
from services.web.dependencies import requires
from services.web.other_roles import OtherRoles, requires_in_other_roles
from services.web.rendering import page
from services.web.view_models.begun import begun_lines
from services.web.view_models.home import home_view
from services.web.view_models.home_of_no_case import needs_of_no_case
from services.web.view_models.unfilled import unfilled_posts

router = APIRouter()

Elsewhere = Annotated[
    OtherRoles, requires_in_other_roles(Permission.READ_CASE, Permission.READ_OWN_PART)
]


@router.get("/")
def home(
    request: Request,
    work: Annotated[
        UnitOfWork,
        requires(
            Permission.READ_CASE,
            Permission.READ_OWN_PART,
            Permission.READ_AUDIT,
            Permission.TAKE_PART_IN_EVENT,
            Permission.WATCH_FLOWS,
            Permission.ADMINISTER_PARTNERSHIP,
            Permission.ADMINISTER_PLATFORM,
        ),
    ],
    known: CurrentPerson,
    elsewhere: Elsewhere,
) -> Response:
    """Show what the person must do and by when, and on whom the partnership waits."""
    if own := _first_page_of_own(work):
        return _begun_or(request, work, own)
    needs, told = needs_seen(work), request.query_params
    asked, roles = (told.get("whose", ""), told.get("page", "")), len(known.roles) if known else 0
    view = home_view(work, needs, asked, elsewhere, roles)
    return page(request, "pages/home.html", view=view, **_of_cases(work, needs))


def _begun_or(request: Request, work: UnitOfWork, own: str) -> Response:
    """Show what was begun and not sent to who begins elsewhere, or lead there at once."""
    begun = begun_lines(work)
    if not begun:
        return RedirectResponse(own, status_code=303)
    return page(request, "pages/begun.html", begun=begun, own=own)


def _of_cases(work: UnitOfWork, needs: Needs) -> dict[str, Any]:
    """Return what stands around the list: what was begun, who must declare, deputies, and more."""
    return {
        "today": work.today,
        "to_declare": needs.todos.to_declare,
        "unfilled": unfilled_posts(work, [*needs.todos.mine, *needs.todos.others]),
        "sees_all": work.actor.may(Permission.READ_CASE),
        "may_refer": work.actor.may(Permission.REFER),
        "begun": begun_lines(work),
        "deputies": deputyships(work),
        **needs_of_no_case(work),
    }


def _first_page_of_own(work: UnitOfWork) -> str:
    """Return where somebody begins who works on no case, or comes to one learning event alone.

    For everybody else there is nothing.
    """
    actor = work.actor
    if actor.may(Permission.TAKE_PART_IN_EVENT):
        invited_to = case_of_event(work)
        return f"/cases/{invited_to}/learning-event" if invited_to else "/audit"
    if actor.may(Permission.WATCH_FLOWS):
        return "/operations"
    if actor.may(Permission.ADMINISTER_PARTNERSHIP) or actor.may(Permission.ADMINISTER_PLATFORM):
        return "/administration"
    reads = actor.may(Permission.READ_CASE) or actor.may(Permission.READ_OWN_PART)
    return "" if reads else "/audit"
