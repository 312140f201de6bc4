"""How long records are kept: what comes up, what holds it, and each act on it."""

from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.rendering import show
from services.web.path_ids import TheEntryId
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.retention_forms import (
    FORMS,
    HOLD_PARTNERSHIP,
    PROPOSE_LEAVING,
    PROPOSE_SCHEDULE,
    RetentionForm,
)
from services.web.view_models.retention import retention_view

router = APIRouter(prefix="/retention")

Reader = Annotated[UnitOfWork, requires(Permission.READ_RETENTION)]
HERE: Final = "/retention"


@router.get("")
def retention(request: Request, work: Reader) -> Response:
    """Show the schedule, what comes up, the holds and what was disposed of: references only."""
    return page(request, "pages/retention.html", view=retention_view(work))


def _serve_one(asked: RetentionForm) -> None:
    may = requires(asked.act.permission)

    def ask(request: Request, work: Annotated[UnitOfWork, may]) -> Response:
        """Show the form."""
        return _shown(request, work, asked, None)

    def do(request: Request, work: Annotated[UnitOfWork, may], posted: PostedForm) -> Response:
        """Do what was posted."""
        return _sent(request, work, asked, None, posted)

    router.get(f"/{asked.path}", name=f"ask {asked.act.name}")(ask)
    router.post(f"/{asked.path}", name=f"do {asked.act.name}")(do)


def _serve_about(asked: RetentionForm) -> None:
    may = requires(asked.act.permission)

    def ask(entry_id: TheEntryId, request: Request, work: Annotated[UnitOfWork, may]) -> Response:
        """Show the form with what it is about."""
        return _shown(request, work, asked, entry_id)

    def do(
        entry_id: TheEntryId,
        request: Request,
        work: Annotated[UnitOfWork, may],
        posted: PostedForm,
    ) -> Response:
        """Do what was posted about it."""
        return _sent(request, work, asked, entry_id, posted)

    router.get(f"/{asked.path}", name=f"ask {asked.act.name}")(ask)
    router.post(f"/{asked.path}", name=f"do {asked.act.name}")(do)


for _form in (PROPOSE_SCHEDULE, PROPOSE_LEAVING, HOLD_PARTNERSHIP):
    _serve_one(_form)
for _form in FORMS:
    _serve_about(_form)


def _shown(
    request: Request,
    work: UnitOfWork,
    asked: RetentionForm,
    entry_id: UUID | None,
    again: Again | None = None,
) -> Response:
    again = again or Again()
    return page(
        request,
        "pages/retention_form.html",
        again.status,
        asked=asked,
        title=asked.heading(work, entry_id),
        about=asked.told if entry_id is None else asked.about(work, entry_id),
        form=show(questions(asked.act.command), {}, again.posted, again.problems),
        once=uuid4(),
    )


def _sent(
    request: Request, work: UnitOfWork, asked: RetentionForm, entry_id: UUID | None, posted: Posted
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    about = () if entry_id is None else (entry_id,)
    form = FormSent(asked.act.command, questions(asked.act.command), posted)
    done = carry_out(work, form, lambda command: asked.act.perform(work, *about, command))
    if isinstance(done, Again):
        return _shown(request, work, asked, entry_id, done)
    return RedirectResponse(HERE, status_code=303)
