"""What is kept of a refusal: a link of the audit, and an alert for three of cases in a row."""

from uuid import UUID

from fastapi import Request

from services.casework.accounts.who_is import RoleHeld
from services.casework.alerts import note_refused_read
from services.casework.audit import note_refusal
from services.database.unit_of_work import unit_of_work
from services.domain.errors import NotFound
from services.web.app_state import site_of
from services.web.middleware import access_log
from services.web.path_ids import id_in


def keep_refusal(request: Request) -> None:
    """Note that a person who is signed in was refused a page, by the page's pattern.

    Refused pages of cases are counted as well: three in a row raise an alert.
    The refused request's own transaction is undone, so this is another one. Trouble in it is
    logged and changes nothing: the person is told the same as without it.
    """
    acting = _acting(request)
    if acting is None:
        return
    try:
        _keep(request, acting)
    except Exception as trouble:  # noqa: BLE001 - a refusal stays a refusal
        access_log.failure(request.scope, trouble)


def _acting(request: Request) -> RoleHeld | None:
    known = getattr(request.state, "known", None)
    return known.acting if known else None


def _keep(request: Request, acting: RoleHeld) -> None:
    around = site_of(request).neighbours
    page = str(getattr(request.scope.get("route"), "path", ""))
    with unit_of_work(around.engine, acting.actor, around.now(), around.calendar) as work:
        if "case_id" in request.path_params:
            note_refused_read(work, _case_id(request), page)
        else:
            note_refusal(work, None, page)


def _case_id(request: Request) -> UUID | None:
    try:
        return id_in(request.path_params["case_id"])
    except NotFound:
        return None
