"""What needs you today: the first page a person sees."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.parts import todos_seen
from services.casework.alerts import count_unseen
from services.casework.directory.unheld import unheld_posts
from services.casework.policies import is_asked_to_adopt
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Actor, Permission
from services.web.dependencies import requires
from services.web.rendering import page
from services.web.view_models.begun import begun_lines
from services.web.view_models.todos import grouped, mine, others

router = APIRouter()


@router.get("/")
def home(
    request: Request,
    work: Annotated[
        UnitOfWork,
        requires(
            Permission.READ_CASE,
            Permission.READ_OWN_PART,
            Permission.READ_AUDIT,
            Permission.WATCH_FLOWS,
        ),
    ],
) -> Response:
    """Show what the person must do, and on whom the partnership waits."""
    if elsewhere := _first_page_of_no_case(work.actor):
        return RedirectResponse(elsewhere, status_code=303)
    todos, sees_all = todos_seen(work), work.actor.may(Permission.READ_CASE)
    return page(
        request,
        "pages/home.html",
        today=work.today,
        groups=grouped(mine(work, todos), work.today),
        to_declare=todos.to_declare,
        others=others(work, todos)[:50] if sees_all else [],
        sees_all=sees_all,
        begun=begun_lines(work),
        unheld=unheld_posts(work, work.today),
        adopts=is_asked_to_adopt(work),
        unseen=count_unseen(work) if work.actor.may(Permission.READ_ALERTS) else 0,
    )


def _first_page_of_no_case(actor: Actor) -> str:
    """Return where somebody begins who works on no case; for everybody else nothing."""
    if actor.may(Permission.WATCH_FLOWS):
        return "/operations"
    reads = actor.may(Permission.READ_CASE) or actor.may(Permission.READ_OWN_PART)
    return "" if reads else "/audit"
