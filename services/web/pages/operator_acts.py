"""Operators act on what waits, item by item, with a reason; what came of each is shown."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.operations.results import results_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import once_of, requires
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.path_ids import TheEntryId
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.view_models.operator_desks import DESKS, OperatorDesk

router = APIRouter(prefix="/operations")

Acting = Annotated[UnitOfWork, requires(Permission.OPERATE_FLOWS)]


def _serve(desk: OperatorDesk) -> None:
    def ask(request: Request, _work: Acting) -> Response:
        """Show what waits, and the form to act on some of it."""
        return _shown(request, desk, Again())

    def do(request: Request, work: Acting, posted: PostedForm) -> Response:
        """Act on what was chosen, and show what came of it."""
        return _done(request, work, desk, posted)

    router.get(f"/{desk.path}", name=f"ask {desk.path}")(ask)
    router.post(f"/{desk.path}", name=f"do {desk.path}")(do)


for _desk in DESKS:
    _serve(_desk)


@router.get("/acts/{entry_id}")
def results(request: Request, entry_id: TheEntryId, _work: Acting) -> Response:
    """Show what came of one form, item by item."""
    found = results_of(site_of(request).neighbours, entry_id)
    if not found:
        raise NotFound("There is no such act.")
    return page(request, "pages/operator_results.html", results=found)


def _done(request: Request, work: UnitOfWork, desk: OperatorDesk, posted: Posted) -> Response:
    asked, site = questions(desk.command), site_of(request)
    answers = read(asked, posted, desk.sheet(site, {}, posted.all("items")).options)
    words = understand(desk.command, asked, answers)
    if isinstance(words, list):
        return _shown(request, desk, Again(posted, words, 422))
    once = once_of(posted)
    try:
        desk.act(work.actor, site, once, words)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), asked, answers)
        return _shown(request, desk, Again(posted, [problem], 422))
    return RedirectResponse(f"/operations/acts/{once}", status_code=303)


def _shown(request: Request, desk: OperatorDesk, again: Again) -> Response:
    sheet = desk.sheet(site_of(request), request.query_params, again.posted.all("items"))
    return page(
        request,
        "pages/operator_act.html",
        again.status,
        desk=desk,
        sheet=sheet,
        form=show(questions(desk.command), sheet.options, again.posted, again.problems),
        once=uuid4(),
    )
