"""What is kept of a refused read: three in a row by one person raise an alert."""

from fastapi import Request

from services.casework.accounts import RoleHeld
from services.casework.alerts import note_refused_read
from services.database.unit_of_work import unit_of_work
from services.domain.errors import NotFound
from services.web.app_state import site_of
from services.web.middleware import access_log
from services.web.path_ids import id_in


def keep_refusal(request: Request) -> None:
    """Count the refusal if a person who is signed in asked for a page of a case.

    The refused request's own transaction is undone, so this is another one. Trouble in it is
    logged and changes nothing: the person is told the same as without it.
    """
    acting = _acting(request)
    if acting is None or "case_id" not in request.path_params:
        return
    try:
        _keep(request, acting)
    except Exception as trouble:  # noqa: BLE001 - a refusal stays a refusal
        access_log.failure(request.scope, trouble)


def _acting(request: Request) -> RoleHeld | None:
    known = getattr(request.state, "known", None)
    return known.acting if known else None


def _keep(request: Request, acting: RoleHeld) -> None:
    try:
        case_id = id_in(request.path_params["case_id"])
    except NotFound:
        case_id = None
    around = site_of(request).neighbours
    page = str(getattr(request.scope.get("route"), "path", ""))
    with unit_of_work(around.engine, acting.actor, around.now(), around.calendar) as work:
        note_refused_read(work, case_id, page)
