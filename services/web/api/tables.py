"""The tables of the API that go over all cases: actions and publications."""

from fastapi import APIRouter, Request, Response

from services.casework.systems.tables import actions_told, note_looks, publications_told
from services.domain.viewings import Viewed
from services.web.api import shapes, telling
from services.web.api.answers import CONDITIONAL, FEW, After, Limit, answered, cut, next_page
from services.web.api.bearer import Reader

router = APIRouter(tags=["Reading"])


@router.get("/actions", response_model=shapes.ActionsTold, openapi_extra=CONDITIONAL)
def list_actions(
    request: Request, reader: Reader, after: After = "", limit: Limit = FEW
) -> Response:
    """List the actions of the cases within reach, due first; an agency's system is told its own."""
    with reader.work() as work:
        found, following = cut(actions_told(work), lambda one: str(one[0].id), after, limit)
        note_looks(work, (case for _action, case in found), Viewed.ACTIONS)
        told = [telling.action(*one) for one in found]
    page = shapes.ActionsTold(items=told, next=next_page(request, following, limit))
    return answered(request, page)


@router.get("/publications", response_model=shapes.PublicationsTold, openapi_extra=CONDITIONAL)
def list_publications(
    request: Request, reader: Reader, after: After = "", limit: Limit = FEW
) -> Response:
    """List the cases whose report has a day of publication, the latest first."""
    with reader.work() as work:
        found, following = cut(publications_told(work), lambda one: str(one.id), after, limit)
        note_looks(work, found, Viewed.PUBLICATION)
        told = [telling.publication(one) for one in found]
    page = shapes.PublicationsTold(items=told, next=next_page(request, following, limit))
    return answered(request, page)
