"""How a table is brought in: read with no transaction open, looked at, taken over into a draft."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response

from services.casework.steps.local_review.chronologies import checked
from services.casework.steps.local_review.chronology_file import SentTable, rows_of_file
from services.casework.steps.local_review.chronology_pasted import rows_pasted
from services.casework.steps.local_review.chronology_rows import DatedRow
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import Unavailable
from services.domain.identifiers import CaseId
from services.storage import Store
from services.web.act_door import case_for
from services.web.act_form import Again
from services.web.act_pages.act_page import ActPage
from services.web.app_state import site_of
from services.web.dependencies import Transactions
from services.web.draft_saving import DraftForm, save_typed
from services.web.drafts import Saving, saving_of
from services.web.filled_form_draft import must_be_sent_in_one
from services.web.form_opening import opens_with
from services.web.forms.parsing import read
from services.web.posted_form import Posted
from services.web.table_file import FILE, STANDING, TableLook, stands_in, table_page, taken_over


@dataclass(frozen=True, slots=True)
class TableOf:
    """Whose table it is: the form of an act on a case, and the kind of its rows."""

    asked: ActPage
    row: type[DatedRow]
    case_id: CaseId

    def rows_in(self, text: str) -> list[DatedRow]:
        """Return the rows of a table that was read before."""
        return [row for _number, row in rows_pasted(text, self.row)]


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
        return list(checked(work, case, rows, "file"))


def take_over(
    request: Request, transaction: Transactions, table: TableOf, posted: Posted
) -> str | Again:
    """Put the rows into the person's draft of the form, and return the form's address.

    Nothing that stands in the form goes unless the person says so. Raises AnswerRefused where all
    of it together could not be sent.
    """
    store = site_of(request).neighbours.store
    with transaction() as work:
        saving, begun = _begun_in(work, store, table)
    is_standing = stands_in(table.asked, begun)
    answers = read((STANDING,), Posted({"standing": posted.all("standing")}), {})
    if is_standing and answers.problems:
        return Again(posted, answers.problems, 422)
    standing = answers.values["standing"] if is_standing else None
    typed = taken_over(table.asked, begun, table.rows_in(posted.one("rows")), standing)
    must_be_sent_in_one(typed)
    form = DraftForm(table.asked, table.case_id)
    save_typed(transaction, store, form, Posted({**typed.answers, "begun": (saving.follows,)}))
    return form.page


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
        is_standing = look is not None and stands_in(table.asked, _begun_in(work, store, table)[1])
        return table_page(request, work, case, table.asked, (again, look, is_standing))


def _begun_in(work: UnitOfWork, store: Store, table: TableOf) -> tuple[Saving, Posted]:
    """Return how the form is saved, and what stands in it now."""
    case = case_for(work, table.asked, table.case_id)
    saving = saving_of(work, store, table.asked, case, "")
    if saving.draft is not None and not saving.draft.is_readable:
        raise Unavailable("What you have typed into this form cannot be opened just now.")
    return saving, opens_with(work, table.asked, case, saving, "")
