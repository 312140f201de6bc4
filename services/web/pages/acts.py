"""The page of every act on a case: a form to read, and a form to send."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.web.act_door import case_for, sent
from services.web.act_form import shown
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.path_ids import TheCaseId

router = APIRouter(prefix="/cases/{case_id}")


def _serve(asked: ActPage) -> None:
    needs = requires(asked.act.permission)

    def ask(case_id: TheCaseId, request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show the act's form to a person who may read the case."""
        return shown(request, work, asked, case_for(work, asked, case_id))

    def act(
        case_id: TheCaseId,
        request: Request,
        posted: PostedForm,
        work: Annotated[UnitOfWork, needs],
    ) -> Response:
        """Do the act, or show the form again with what stands in the way."""
        return sent(request, work, asked, case_for(work, asked, case_id), posted)

    router.get(f"/{asked.path}", name=f"ask {asked.path}")(ask)
    router.post(f"/{asked.path}", name=f"act {asked.path}")(act)


for _page in CASE_PAGES:
    if not _page.act.before_declaring:  # the declaration has a page of its own
        _serve(_page)
