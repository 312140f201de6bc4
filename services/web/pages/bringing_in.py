"""A running case is brought in from a spreadsheet: looked at first, and only then made."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.alerts import raise_alert
from services.casework.steps.file_checks import FileIsHarmful
from services.casework.taking_over.acts_taken import BRINGS_IN
from services.database.unit_of_work import UnitOfWork
from services.documents.tables import EXCEL, TableFile
from services.domain.alerts import AlertCode
from services.domain.errors import AlreadyDone, AnswerRefused
from services.web.bringing_in.carried import carried
from services.web.bringing_in.cells import Book
from services.web.bringing_in.door import book_sent, case_meant, shown
from services.web.bringing_in.template import workbook_here
from services.web.bringing_in.trying import bring_in, case_of, try_out
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.form_input import PostedForm
from services.web.posted_form import Posted
from services.web.table_answer import sent_as_file

router = APIRouter(prefix="/bring-in")

Reader = Annotated[UnitOfWork, requires(*BRINGS_IN)]
Bringer = Annotated[Transactions, requires_for_each(*BRINGS_IN)]


@router.get("")
def ask(request: Request, _work: Reader) -> Response:
    """Ask for the workbook."""
    return shown(request, Posted())


@router.get("/workbook.xlsx")
def blank(work: Reader) -> Response:
    """Send the blank workbook, with what may be chosen in this partnership."""
    return sent_as_file(TableFile("xlsx", EXCEL, workbook_here(work)), "running-case")


@router.post("")
def look_or_make(request: Request, transaction: Bringer, posted: PostedForm) -> Response:
    """Show what the workbook would make, or make it where that was looked at."""
    try:
        book = book_sent(request, transaction, posted)
        with transaction() as work:
            return _made(request, work, book, posted)
    except FileIsHarmful as error:
        with transaction() as work:
            raise_alert(work, AlertCode.HARMFUL_FILE)
        return shown(request, posted, error)
    except AnswerRefused as error:
        return shown(request, posted, error)


def _made(request: Request, work: UnitOfWork, book: Book, posted: Posted) -> Response:
    case, sheets = case_meant(work, posted), carried(book)
    try:
        tried = (bring_in if posted.one("sheets") else try_out)(work, book, case)
    except AlreadyDone:
        raise AnswerRefused(
            "", f"What this file says is on record: {case_of(work, book)}."
        ) from None
    if posted.one("sheets") and tried.case is not None and not tried.problems and tried.made:
        return RedirectResponse(f"/cases/{tried.case.id}", status_code=303)
    return shown(request, posted, look=(tried, sheets))
