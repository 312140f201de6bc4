"""The upload: a file that a person adds to a case, checked and stored outside any transaction."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.cases import case_to_read
from services.casework.steps.file_checks import FileIsHarmful
from services.casework.steps.uploads import AddFile
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.adding_files import add_checked, alert_of_harm
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.errors import status_of
from services.web.form_input import PostedForm
from services.web.forms.parsing import Problem, read
from services.web.forms.validation import refused, understand
from services.web.pages.documents import ASKED, documents_page
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted

router = APIRouter(prefix="/cases/{case_id}/documents")

Uploads = Annotated[
    Transactions,
    requires_for_each(Permission.KEEP_DOCUMENTS, Permission.ANSWER_AGENCY_REQUEST),
]


@router.post("")
def add(case_id: TheCaseId, request: Request, transaction: Uploads, posted: PostedForm) -> Response:
    """Add a file to the case if it is what it seems."""
    problems, status = _add(request, transaction, case_id, posted)
    if isinstance(problems, str):
        return RedirectResponse(f"/cases/{case_id}/documents?added={problems}", status_code=303)
    with transaction() as work:
        case = case_to_read(work, case_id)
        return documents_page(request, work, case, Again(posted, problems, status))


def _add(
    request: Request, transaction: Transactions, case_id: CaseId, posted: Posted
) -> tuple[list[Problem] | str, int]:
    """Add the file; return what has to be put right, and the status that says of which kind.

    Of one that is added it is the id, and of a form that was sent before a word that is none.
    """
    answers = read(ASKED, posted, {})
    file = answers.values.pop("file", None)
    words = understand(AddFile, ASKED, answers)
    if isinstance(words, list):
        return words, 422
    try:
        content = file.content.read()
        around = site_of(request).neighbours
        added = add_checked(transaction, around, case_id, words, (file.name, content))
    except AlreadyDone:
        return "before", 303
    except FileIsHarmful as error:
        alert_of_harm(transaction, case_id)
        return [refused(error.field, str(error), ASKED, answers)], status_of(error)
    except AnswerRefused as error:
        return [refused(error.field, str(error), ASKED, answers)], status_of(error)
    except RuleBroken as error:
        return [Problem("", str(error))], status_of(error)
    return str(added), 303
