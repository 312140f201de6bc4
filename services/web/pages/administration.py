"""What administrators see: a partnership's set-up, or every partnership's; no case content."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.administration.overview import (
    missing_here,
    partnership_set_up,
    partnerships_set_up,
)
from services.casework.administration.set_up import missing_files, missing_keys
from services.casework.own_template_failures import templates_to_mend
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.path_ids import ThePartnershipId
from services.web.rendering import page
from services.web.view_models.administration import (
    MANY,
    administration_lines,
    administration_view,
)
from services.web.view_models.audit_narrowing import narrowed_by

router = APIRouter(prefix="/administration")

Administrator = Annotated[
    UnitOfWork, requires(Permission.ADMINISTER_PARTNERSHIP, Permission.ADMINISTER_PLATFORM)
]
OfPartnership = Annotated[UnitOfWork, requires(Permission.ADMINISTER_PARTNERSHIP)]
OfPlatform = Annotated[UnitOfWork, requires(Permission.ADMINISTER_PLATFORM)]


@router.get("")
def administration(request: Request, work: Administrator) -> Response:
    """Show the set-up of the administrator's own partnership, or of every one."""
    if work.actor.may(Permission.ADMINISTER_PLATFORM):
        return _platform(request, work)
    return page(
        request,
        "pages/administration/partnership.html",
        partnership=work.partnership,
        view=administration_view(work),
        missing=missing_here(work, site_of(request).neighbours.mailboxes),
        mends=templates_to_mend(work),
    )


@router.get("/audit")
def administration_audit(request: Request, work: OfPartnership) -> Response:
    """Show what was done about people, organisations and policy, and who signed in."""
    below = narrowed_by(request.query_params).wanted.below
    lines = administration_lines(work, below)
    older = lines[-1].number if len(lines) == MANY else None
    return page(request, "pages/administration/audit.html", lines=lines, older=older)


@router.get("/partnerships/{partnership_id}")
def partnership(partnership_id: ThePartnershipId, request: Request, work: OfPlatform) -> Response:
    """Show what one partnership still needs before its first case."""
    around = site_of(request).neighbours
    found = partnership_set_up(work.actor, around, partnership_id)
    missing = [*found.missing, *missing_keys(around.store, partnership_id)]
    return page(request, "pages/administration/set_up.html", found=found, missing=missing)


def _platform(request: Request, work: UnitOfWork) -> Response:
    around = site_of(request).neighbours
    return page(
        request,
        "pages/administration/platform.html",
        partnerships=partnerships_set_up(work.actor, around),
        files=missing_files(around.store),
    )
