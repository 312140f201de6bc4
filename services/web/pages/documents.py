"""The documents of a case: the list, and a file that a person adds."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.cases import case_to_read, record_viewing
from services.casework.access.documents import papers_seen
from services.casework.commands import Kind
from services.casework.steps.uploads import AddFile, add_file, must_be_able_to_add, store_upload
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.act_door import Again
from services.web.app_state import site_of
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.errors import status_of
from services.web.form_input import PostedForm
from services.web.forms.fields import Question, questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted, PostedFile
from services.web.rendering import page
from services.web.timeline import names_for

router = APIRouter(prefix="/cases/{case_id}/documents")

Reader = Annotated[UnitOfWork, requires(Permission.KEEP_DOCUMENTS, Permission.READ_OWN_PART)]
Uploads = Annotated[Transactions, requires_for_each(Permission.KEEP_DOCUMENTS)]
FILE: Final = Question(
    name="file",
    label="File",
    hint="PDF, Word, Excel, PNG or JPEG, up to 25 MB. It is checked before anybody can open it.",
    kind=Kind.DOCUMENT,
    required=True,
)
ASKED: Final = (*questions(AddFile), FILE)


@router.get("")
def list_documents(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show the documents that the person may open, and the form to add a file."""
    return _shown(request, work, case_to_read(work, case_id), Again())


@router.post("")
def add(case_id: TheCaseId, request: Request, transaction: Uploads, posted: PostedForm) -> Response:
    """Add a file to the case if it is what it seems."""
    problems, status = _add(request, transaction, case_id, posted)
    if not problems:
        return RedirectResponse(f"/cases/{case_id}/documents", status_code=303)
    with transaction() as work:
        case = case_to_read(work, case_id)
        return _shown(request, work, case, Again(posted, problems, status))


def _add(
    request: Request, transaction: Transactions, case_id: CaseId, posted: Posted
) -> tuple[list[Problem], int]:
    """Add the file; return what has to be put right, and the status that says of which kind."""
    answers = read(ASKED, posted, {})
    file = answers.values.pop("file", None)
    words = understand(AddFile, ASKED, answers)
    if words is None or not isinstance(file, PostedFile):
        return answers.problems, 422
    try:
        with transaction() as work:
            partnership_id = must_be_able_to_add(work, case_id, words)
        store, content = site_of(request).neighbours.store, file.content.read()
        upload = store_upload(store, partnership_id, case_id, (file.name, content))
        with transaction() as work:
            add_file(work, case_id, words, upload)
    except AlreadyDone:
        return [], 303
    except AnswerRefused as error:
        return [refused(error.field, str(error), ASKED, answers)], status_of(error)
    except RuleBroken as error:
        return [Problem("", str(error))], status_of(error)
    return [], 303


def _shown(request: Request, work: UnitOfWork, case: Case, again: Again) -> Response:
    record_viewing(work, case, Viewed.DOCUMENTS)
    found = papers_seen(work, case)
    return page(
        request,
        "pages/documents.html",
        again.status,
        case=case,
        documents=found,
        names=names_for(work, {one.made_by for one in found}),
        form=show(ASKED, {}, again.posted, again.problems),
        once=uuid4(),
        adds=work.actor.may(Permission.KEEP_DOCUMENTS),
    )
