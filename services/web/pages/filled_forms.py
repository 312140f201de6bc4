"""The pages on which a filled Word form is brought in; its answers go into the act's own form."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.alerts import raise_alert
from services.casework.steps.file_checks import FileIsHarmful
from services.domain.alerts import AlertCode
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.web.act_door import case_for
from services.web.act_form import Again
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.filled_form import (
    again_after,
    agency_meant,
    asked_with,
    filled_form_page,
    offered,
    opened_for,
)
from services.web.filled_form_draft import FilledFormOf, draft_with
from services.web.form_input import PostedForm
from services.web.forms.parsing import read
from services.web.path_ids import TheCaseId
from services.web.word_readers import reader_of

router = APIRouter(prefix="/cases/{case_id}")


def _serve(asked: ActPage) -> None:
    needs = requires_for_each(asked.act.permission)

    def ask(
        case_id: TheCaseId, request: Request, transaction: Annotated[Transactions, needs]
    ) -> Response:
        """Show the form with the file to a person who may do the act."""
        again = opened_for(asked, request.query_params.get("of", ""))
        return _shown(request, transaction, asked, case_id, again)

    def bring_in(
        case_id: TheCaseId,
        request: Request,
        posted: PostedForm,
        transaction: Annotated[Transactions, needs],
    ) -> Response:
        """Read the answers into the form of the act, or show what stands in the way."""
        found = _tried(request, transaction, asked, case_id, posted)
        if isinstance(found, str):
            return RedirectResponse(found, status_code=303)
        return _shown(request, transaction, asked, case_id, found)

    router.get(f"/{asked.path}/word", name=f"ask {asked.path}/word")(ask)
    router.post(f"/{asked.path}/word", name=f"bring in {asked.path}/word")(bring_in)


for _page in CASE_PAGES:
    if _page.takes_filled_form:
        _serve(_page)


def _tried(
    request: Request, transaction: Transactions, asked: ActPage, case_id: CaseId, posted: PostedForm
) -> str | Again:
    """Return the address to go on to, or the form with what stands in the way."""
    try:
        return _bring_in(request, transaction, asked, case_id, posted)
    except FileIsHarmful as error:
        with transaction() as work:
            raise_alert(work, AlertCode.HARMFUL_FILE, case_id)
        return again_after(posted, error)
    except (AnswerRefused, RuleBroken) as error:
        return again_after(posted, error)


def _bring_in(
    request: Request, transaction: Transactions, asked: ActPage, case_id: CaseId, posted: PostedForm
) -> str | Again:
    """Return the address of the act's form, which holds the answers now, or this form again."""
    with transaction() as work:
        case = case_for(work, asked, case_id)
        answers = read(asked_with(asked), posted, offered(work, asked, case))
        if answers.problems:
            return Again(posted, answers.problems, 422)
        agency = agency_meant(work, asked, case, posted)
        forms = reader_of(asked).forms_of(work, case, agency)
    around, file = site_of(request).neighbours, answers.values["file"]
    filled = reader_of(asked).read(around, forms, (file.name, file.content.read()))
    return draft_with(transaction, around.store, FilledFormOf(asked, case_id, agency), filled)


def _shown(
    request: Request, transaction: Transactions, asked: ActPage, case_id: CaseId, again: Again
) -> Response:
    with transaction() as work:
        return filled_form_page(request, work, asked, case_for(work, asked, case_id), again)
