"""The page on which a letter's Word file is brought back; its words go into the act's own form."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.cases import case_to_read
from services.casework.alerts import raise_alert
from services.casework.steps.dispatches.letter_from_word import (
    BringLetterBack,
    word_file_named,
    word_file_of,
    words_in,
)
from services.casework.steps.file_checks import FileIsHarmful
from services.domain.alerts import AlertCode
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.errors import status_of
from services.web.form_input import PostedForm
from services.web.forms.parsing import Problem, read
from services.web.forms.validation import understand
from services.web.letter_file import ASKED, draft_of, offered, word_file_page
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted

router = APIRouter(prefix="/cases/{case_id}/dispatches/word")

Correcting = Annotated[Transactions, requires_for_each(Permission.CORRECT_LETTERS)]


@router.get("")
def ask(case_id: TheCaseId, request: Request, transaction: Correcting) -> Response:
    """Show the form to a person who may put letters right."""
    with transaction() as work:
        case = case_to_read(work, case_id)
        chosen = word_file_named(work, case, request.query_params.get("of", ""))
        return word_file_page(request, work, case, Again(Posted({"dispatch": (chosen,)})))


@router.post("")
def bring_back(
    case_id: TheCaseId, request: Request, transaction: Correcting, posted: PostedForm
) -> Response:
    """Read the words out of the file into the form of the act, or show what stands in the way."""
    try:
        found = _bring_back(request, transaction, case_id, posted)
    except FileIsHarmful as error:
        with transaction() as work:
            raise_alert(work, AlertCode.HARMFUL_FILE, case_id)
        found = Again(posted, [Problem(error.field, str(error))], status_of(error))
    except AnswerRefused as error:
        found = Again(posted, [Problem(error.field, str(error))], status_of(error))
    except RuleBroken as error:
        found = Again(posted, [Problem("", str(error))], status_of(error))
    if isinstance(found, str):
        return RedirectResponse(found, status_code=303)
    with transaction() as work:
        return word_file_page(request, work, case_to_read(work, case_id), found)


def _bring_back(
    request: Request, transaction: Transactions, case_id: TheCaseId, posted: Posted
) -> str | Again:
    """Return the address of the act's form, which holds the words now, or this form again."""
    with transaction() as work:
        case = case_to_read(work, case_id)
        answers = read(ASKED, posted, offered(work, case))
        file = answers.values.pop("file", None)
        asked = understand(BringLetterBack, ASKED, answers)
        if isinstance(asked, list):
            return Again(posted, asked, 422)
        made = word_file_of(work, case, asked.dispatch)
    around = site_of(request).neighbours
    command = words_in(around, made, (file.name, file.content.read()))
    return draft_of(transaction, around.store, case_id, command)
