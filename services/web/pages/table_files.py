"""The pages on which a chronology is brought in as a file; its rows go into the act's own form."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.alerts import raise_alert
from services.casework.steps.file_checks import FileIsHarmful
from services.casework.steps.local_review.chronology_rows import DatedRow
from services.domain.alerts import AlertCode
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.act_door import case_for
from services.web.act_form import Again
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES
from services.web.dependencies import Transactions, requires_for_each
from services.web.filled_form import again_after
from services.web.form_input import PostedForm
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted
from services.web.table_door import read_file, shown
from services.web.table_draft import TableOf, take_over
from services.web.view_models.table_look import look_at

router = APIRouter(prefix="/cases/{case_id}")


def _serve(asked: ActPage, row: type[DatedRow]) -> None:
    needs = requires_for_each(asked.act.permission)

    def ask(
        case_id: TheCaseId, request: Request, transaction: Annotated[Transactions, needs]
    ) -> Response:
        """Show the form with the file to a person who may do the act."""
        table = _opened(transaction, TableOf(asked, row, case_id))
        return shown(request, transaction, table, Again())

    def bring_in(
        case_id: TheCaseId,
        request: Request,
        posted: PostedForm,
        transaction: Annotated[Transactions, needs],
    ) -> Response:
        """Show what the file says, or take its rows over into the form of the act."""
        table = _opened(transaction, TableOf(asked, row, case_id))
        tried = _taken_over if posted.one("rows") else _looked_at
        return tried(request, transaction, table, posted)

    path = f"/{asked.path}/table"
    router.get(path, name=f"ask {asked.path}/table")(ask)
    router.post(path, name=f"bring in {asked.path}/table")(bring_in)


for _page in CASE_PAGES:
    if _page.takes_table is not None:
        _serve(_page, _page.takes_table)


def _opened(transaction: Transactions, table: TableOf) -> TableOf:
    """Return the table if the person may do the act on the case."""
    with transaction() as work:
        case_for(work, table.asked, table.case_id)
    return table


def _looked_at(
    request: Request, transaction: Transactions, table: TableOf, posted: Posted
) -> Response:
    """Show the rows of the file, or what stands in the way of reading it."""
    try:
        found = read_file(request, transaction, table, posted)
    except FileIsHarmful as error:
        with transaction() as work:
            raise_alert(work, AlertCode.HARMFUL_FILE, table.case_id)
        found = again_after(posted, error)
    except (AnswerRefused, RuleBroken) as error:
        found = again_after(posted, error)
    if isinstance(found, Again):
        return shown(request, transaction, table, found)
    return shown(request, transaction, table, Again(), look_at(found))


def _taken_over(
    request: Request, transaction: Transactions, table: TableOf, posted: Posted
) -> Response:
    """Go on to the form, which holds the rows now, or show them again with what is wrong."""
    try:
        rows = table.rows_in(posted.one("rows"))
    except AnswerRefused:
        return shown(request, transaction, table, Again())
    try:
        found = take_over(request, transaction, table, posted)
    except (AnswerRefused, RuleBroken) as error:
        found = again_after(posted, error)
    if isinstance(found, Again):
        return shown(request, transaction, table, found, look_at(rows))
    return RedirectResponse(found, status_code=303)
