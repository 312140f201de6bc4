"""The draft into which the rows of a file are taken over, to be sent from the form of the act."""

from dataclasses import dataclass

from fastapi import Request

from services.casework.steps.local_review.chronology_pasted import rows_pasted
from services.casework.steps.local_review.chronology_rows import DatedRow
from services.database.unit_of_work import UnitOfWork
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
from services.web.table_file import STANDING, stands_in, taken_over


@dataclass(frozen=True, slots=True)
class TableOf:
    """Whose table it is: the form of an act on a case, and the kind of its rows."""

    asked: ActPage
    row: type[DatedRow]
    case_id: CaseId

    def rows_in(self, text: str) -> list[DatedRow]:
        """Return the rows of a table that was read before."""
        return [row for _number, row in rows_pasted(text, self.row)]


def take_over(
    request: Request, transaction: Transactions, table: TableOf, posted: Posted
) -> str | Again:
    """Put the rows into the person's draft of the form, and return the form's address.

    Nothing that stands in the form goes unless the person says so. Raises AnswerRefused where all
    of it together could not be sent.
    """
    store = site_of(request).neighbours.store
    with transaction() as work:
        saving, begun = begun_in(work, store, table)
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


def begun_in(work: UnitOfWork, store: Store, table: TableOf) -> tuple[Saving, Posted]:
    """Return how the form is saved, and what stands in it now."""
    case = case_for(work, table.asked, table.case_id)
    saving = saving_of(work, store, table.asked, case, "")
    if saving.draft is not None and not saving.draft.is_readable:
        raise Unavailable("What you have typed into this form cannot be opened just now.")
    return saving, opens_with(work, table.asked, case, saving, "")
