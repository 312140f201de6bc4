"""The pages at which a long form goes out as a Word file with what stands in it, and comes back."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.documents.form_file import set_as_form
from services.storage.file_names import disposition
from services.web.act_door import case_for
from services.web.act_form import Again
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES
from services.web.dependencies import Transactions, requires_for_each
from services.web.draft_saving import DraftForm
from services.web.form_input import PostedForm
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted
from services.web.word_form import goes_out
from services.web.word_form_door import brought, word_form_page
from services.web.word_form_draft import form_to_go_out

router = APIRouter(prefix="/cases/{case_id}")
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _serve(asked: ActPage) -> None:
    needs = requires_for_each(asked.act.permission)

    def ask(
        case_id: TheCaseId, request: Request, transaction: Annotated[Transactions, needs]
    ) -> Response:
        """Show where the Word form is taken, and where it is brought back."""
        with transaction() as work:
            case = case_for(work, asked, case_id)
            return word_form_page(request, work, case, asked, Again(Posted()))

    def take(
        case_id: TheCaseId, request: Request, transaction: Annotated[Transactions, needs]
    ) -> Response:
        """Send the form as a Word file, with what stands in it."""
        with transaction() as work:
            case = case_for(work, asked, case_id)
            form = form_to_go_out(request, work, asked, case)
        headers = {"content-disposition": disposition(f"{form.identity.case} {asked.title}.docx")}
        return Response(set_as_form(form), headers=headers, media_type=WORD)

    def bring_back(
        case_id: TheCaseId,
        request: Request,
        posted: PostedForm,
        transaction: Annotated[Transactions, needs],
    ) -> Response:
        """Read the answers into the draft of the form, or show what stands in the way."""
        found = brought(request, transaction, DraftForm(asked, case_id), posted)
        if isinstance(found, str):
            return RedirectResponse(found, status_code=303)
        with transaction() as work:
            return word_form_page(request, work, case_for(work, asked, case_id), asked, found)

    path = f"/{asked.path}/word-form"
    router.get(path, name=f"ask {asked.path} as a Word form")(ask)
    router.get(f"{path}/file", name=f"take {asked.path} as a Word form")(take)
    router.post(path, name=f"bring back {asked.path} as a Word form")(bring_back)


for _page in CASE_PAGES:
    if goes_out(_page):
        _serve(_page)
