"""The documents of a case, with the form to add a file."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import case_to_read, record_viewing
from services.casework.commands import Kind
from services.casework.joint.withdrawn import withdrawn
from services.casework.steps.uploads import AddFile
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.act_form import Again
from services.web.adding_files import adds_own, may_add
from services.web.dependencies import requires
from services.web.forms.fields import Question, questions
from services.web.forms.rendering import show
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.document_list import beside_list, document_list, narrowing_of

router = APIRouter(prefix="/cases/{case_id}/documents")

Reader = Annotated[
    UnitOfWork,
    requires(Permission.KEEP_DOCUMENTS, Permission.READ_OWN_PART, Permission.ATTEND_MEETING),
]
FILE: Final = Question(
    name="file",
    asks="File",
    helps="PDF, Word, Excel, PNG or JPEG, up to 25 MB. It is checked before anybody can open it. "
    "Of a picture only the picture is kept: where, when and with what it was taken is removed. "
    "Print an email to a PDF first, and save its attachments as files of their own.",
    kind=Kind.DOCUMENT,
    required=True,
)
ASKED: Final = (*questions(AddFile), FILE)


@router.get("")
def list_documents(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show the documents that the person may open, and the form to add a file."""
    return documents_page(request, work, case_to_read(work, case_id), Again())


def documents_page(request: Request, work: UnitOfWork, case: Case, again: Again) -> Response:
    """Show the documents and the form, which after an error keeps what was typed."""
    record_viewing(work, case, Viewed.DOCUMENTS)
    asked = request.query_params
    return page(
        request,
        "pages/documents.html",
        again.status,
        case=case,
        list=document_list(work, case, narrowing_of(asked), asked.get("added", "")),
        withdrawn=withdrawn(work, case),
        beside=beside_list(work, case),
        form=show(ASKED, {}, again.posted, again.problems),
        once=uuid4(),
        adds=may_add(work, case),
        adds_own=adds_own(work.actor),
    )
