"""What another partnership sees of our case: the page of what is shown, as its readers have it."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.casework.access.seen_by_others import READERS, is_shared_with, reader_named, seen_by
from services.casework.access.shown_cases import what_is_shown
from services.database.cases import Case
from services.database.shown import known_partnerships, shared_cases
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound
from services.domain.identifiers import PartnershipId
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId, ThePartnershipId
from services.web.rendering import page
from services.web.view_models.shown_case import ShownCaseView, shown_case_view

router = APIRouter()

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE)]


@router.get("/cases/{case_id}/seen-by/{partnership_id}")
def preview(
    case_id: TheCaseId,
    partnership_id: ThePartnershipId,
    request: Request,
    work: Reader,
    reader: str = READERS[0],
) -> Response:
    """Show what another partnership sees of our case: the page as one reader of theirs has it."""
    case = open_case(work, case_id, Viewed.SEEN_BY_OTHERS)
    name, as_whom = _named(work, partnership_id), reader_named(reader)
    told: dict[str, Any] = {
        "case": case,
        "partnership": name,
        "as_whom": as_whom,
        "readers": READERS,
    }
    with seen_by(work, case, partnership_id, as_whom) as theirs:
        view = _seen(theirs, case, work.today) if theirs else None
        if view is not None:
            return page(request, "pages/shown_case.html", view=view, comments_on=None, **told)
    is_shared = is_shared_with(work, case, partnership_id)
    return page(request, "pages/shown_nothing.html", is_shared=is_shared, **told)


def _named(work: UnitOfWork, partnership_id: PartnershipId) -> str:
    name = known_partnerships(work.session).get(partnership_id)
    if name is None:
        raise NotFound("There is no such partnership.")
    return name


def _seen(theirs: UnitOfWork, case: Case, today: date) -> ShownCaseView | None:
    """Return our case as a reader of theirs has it now; nothing where none of it is shown."""
    for one in shared_cases(theirs.session):
        if one.case_id == case.id:
            return shown_case_view(theirs, what_is_shown(theirs, one), today)
    return None
