"""What is read by the API: cases, and of each its clocks, tasks, history and documents."""

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import case_to_read, record_viewing
from services.casework.access.documents import papers_seen
from services.casework.systems.reading import (
    case_told,
    cases_told,
    clocks_told,
    done_told,
    must_read_words,
    todos_told,
)
from services.domain.viewings import Viewed
from services.web.api import shapes, telling
from services.web.api.answers import CONDITIONAL, FEW, After, Limit, answered, cut, next_page
from services.web.api.bearer import Reader
from services.web.pages.downloads import send_of_case
from services.web.path_ids import TheCaseId, TheDocumentId
from services.web.timeline import timeline_of

router = APIRouter(tags=["Reading"])


@router.get("/cases", response_model=shapes.CasesTold, openapi_extra=CONDITIONAL)
def list_cases(request: Request, reader: Reader, after: After = "", limit: Limit = FEW) -> Response:
    """List the cases within reach, newest first; a person's are those on which they declared."""
    with reader.work() as work:
        found, following = cut(cases_told(work), lambda one: str(one.id), after, limit)
        told = [telling.case(one) for one in found]
    page = shapes.CasesTold(items=told, next=next_page(request, following, limit))
    return answered(request, page)


@router.get("/cases/{case_id}", response_model=shapes.CaseTold, openapi_extra=CONDITIONAL)
def read_case(case_id: TheCaseId, request: Request, reader: Reader) -> Response:
    """Tell how one case stands."""
    with reader.work() as work:
        told = telling.case(case_told(work, case_id, Viewed.CASE))
    return answered(request, told)


@router.get("/cases/{case_id}/clocks", response_model=shapes.ClocksTold, openapi_extra=CONDITIONAL)
def read_clocks(case_id: TheCaseId, request: Request, reader: Reader) -> Response:
    """Tell every duty with a time limit: all of them, or those of the reader's own agency."""
    with reader.work() as work:
        found = clocks_told(work, case_told(work, case_id, Viewed.CLOCK))
        told = shapes.ClocksTold(items=[telling.clock(one) for one in found])
    return answered(request, told)


@router.get("/cases/{case_id}/todos", response_model=shapes.TodosTold, openapi_extra=CONDITIONAL)
def read_todos(case_id: TheCaseId, request: Request, reader: Reader) -> Response:
    """Tell what is to be done next: all of it, or the reader's own part."""
    with reader.work() as work:
        found = todos_told(work, case_told(work, case_id, Viewed.CASE))
        told = shapes.TodosTold(items=[telling.todo(one) for one in found])
    return answered(request, told)


@router.get(
    "/cases/{case_id}/history", response_model=shapes.HistoryTold, openapi_extra=CONDITIONAL
)
def read_history(
    case_id: TheCaseId, request: Request, reader: Reader, after: After = "", limit: Limit = FEW
) -> Response:
    """Tell what was done, newest first; what was said is told to people, as far as they read it."""
    with reader.work() as work:
        case = case_told(work, case_id, Viewed.TIMELINE)
        if work.actor.is_system:
            told = [telling.done(one) for one in done_told(work, case)]
        else:
            told = [telling.happened(one) for one in timeline_of(work, case)]
    found, following = cut(told, lambda one: f"{one.number}-{one.at.timestamp()}", after, limit)
    page = shapes.HistoryTold(items=list(found), next=next_page(request, following, limit))
    return answered(request, page)


@router.get(
    "/cases/{case_id}/documents", response_model=shapes.DocumentsTold, openapi_extra=CONDITIONAL
)
def read_documents(case_id: TheCaseId, request: Request, reader: Reader) -> Response:
    """List the documents that the person may open; to a system there are none."""
    with reader.work() as work:
        must_read_words(work)
        case = case_to_read(work, case_id)
        record_viewing(work, case, Viewed.DOCUMENTS)
        at = request.url.path
        found = [telling.document(one, f"{at}/{one.id}") for one in papers_seen(work, case)]
    return answered(request, shapes.DocumentsTold(items=found))


@router.get(
    "/cases/{case_id}/documents/{document_id}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def download(
    case_id: TheCaseId, document_id: TheDocumentId, request: Request, reader: Reader
) -> Response:
    """Send one document once its bytes are proven, and record that it was opened."""
    with reader.work() as work:
        must_read_words(work)
    return send_of_case(request, reader.work, case_id, document_id)
