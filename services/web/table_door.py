"""How a table is brought in: read with no transaction open, and looked at."""

from typing import Any

from fastapi import Request, Response

from services.casework.steps.local_review.chronologies import checked_of_file
from services.casework.steps.local_review.chronology_file import SentTable, rows_of_file
from services.casework.steps.local_review.chronology_rows import DatedRow
from services.domain.clocks.policy_json import stored_policy
from services.web.act_door import case_for
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.forms.parsing import read
from services.web.posted_form import Posted
from services.web.table_draft import TableOf, begun_in
from services.web.table_file import FILE, stands_in, table_page
from services.web.view_models.table_look import TableLook


def read_file(
    request: Request, transaction: Transactions, table: TableOf, posted: Posted
) -> list[DatedRow] | Again:
    """Return the rows of the file that was sent, or the form again where none was.

    Raises AnswerRefused("file") with what is wrong, FileIsHarmful where the scan found something.
    """
    with transaction() as work:
        case_for(work, table.asked, table.case_id)
        answers = read((FILE,), posted, {})
        if answers.problems:
            return Again(posted, answers.problems, 422)
        must_be_scanned = stored_policy(work.partnership.policy).hold_until_scanned
    file: Any = answers.values["file"]
    sent = SentTable(file.name, file.content.read(), must_be_scanned)
    rows = rows_of_file(site_of(request).neighbours, sent, table.row)
    with transaction() as work:
        case = case_for(work, table.asked, table.case_id)
        return list(checked_of_file(work, case, rows))


def shown(
    request: Request,
    transaction: Transactions,
    table: TableOf,
    again: Again,
    look: TableLook | None = None,
) -> Response:
    """Show the form with the file, or what was read of it before it is taken over."""
    store = site_of(request).neighbours.store
    with transaction() as work:
        case = case_for(work, table.asked, table.case_id)
        is_standing = look is not None and stands_in(table.asked, begun_in(work, store, table)[1])
        return table_page(request, work, case, table.asked, (again, look, is_standing))
