"""The documents of a case: the list, one document, and a file that a person adds."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.cases import case_to_read, open_case, record_viewing
from services.casework.access.documents import paper, papers_seen
from services.casework.commands import Kind
from services.casework.steps.uploads import AddFile, add_file
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.storage import verified
from services.storage.file_names import disposition
from services.web.act_door import Again
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.errors import status_of
from services.web.form_input import PostedForm
from services.web.forms.fields import Question, questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.path_ids import TheCaseId, TheDocumentId
from services.web.posted_form import Posted, PostedFile
from services.web.rendering import page
from services.web.timeline import names_for

router = APIRouter(prefix="/cases/{case_id}/documents")

Keeper = Annotated[UnitOfWork, requires(Permission.KEEP_DOCUMENTS)]
Reader = Annotated[UnitOfWork, requires(Permission.KEEP_DOCUMENTS, Permission.READ_OWN_PART)]
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
def add(case_id: TheCaseId, request: Request, work: Keeper, posted: PostedForm) -> Response:
    """Add a file to the case if it is what it seems."""
    case = case_to_read(work, case_id)
    back = RedirectResponse(f"/cases/{case.id}/documents", status_code=303)
    problems, status = _add(request, work, CaseId(case.id), posted)
    return _shown(request, work, case, Again(posted, problems, status)) if problems else back


@router.get("/{document_id}")
def download(
    case_id: TheCaseId, document_id: TheDocumentId, request: Request, work: Reader
) -> Response:
    """Hand over one document, once its bytes are proven, and keep that it was opened."""
    document = paper(work, case_id, document_id)
    open_case(work, case_id, document.title, document_id)
    store = site_of(request).neighbours.store
    content = b"".join(verified(store, document.key, document.sha256, document.version_id))
    headers = {"content-disposition": disposition(document.filename)}
    return Response(content, media_type=document.media_type, headers=headers)


def _add(
    request: Request, work: UnitOfWork, case_id: CaseId, posted: Posted
) -> tuple[list[Problem], int]:
    """Add the file; return what has to be put right, and the status that says of which kind."""
    answers = read(ASKED, posted, {})
    file = answers.values.pop("file", None)
    words = understand(AddFile, ASKED, answers)
    if words is None or not isinstance(file, PostedFile):
        return answers.problems, 422
    store = site_of(request).neighbours.store
    try:
        with work.session.begin_nested():
            add_file(work, store, case_id, words, (file.name, file.content.read()))
    except AlreadyDone:
        return [], 303
    except AnswerRefused as error:
        return [refused(error.field, str(error), ASKED, answers)], status_of(error)
    except RuleBroken as error:
        return [Problem("", str(error))], status_of(error)
    return [], 303


def _shown(request: Request, work: UnitOfWork, case: Case, again: Again) -> Response:
    record_viewing(work, case, "the list of documents")
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
