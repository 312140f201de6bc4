"""A blank scoping form as an agency fills it in, in Word: each answer typed under its question."""

import io
from collections.abc import Callable, Mapping, Sequence

import docx
from docx.document import Document as Page
from docx.table import Table, _Cell

from services.casework.access.documents import object_name
from services.casework.steps.scoping.return_questions import InvolvementWith, SubmitReturn
from services.database.documents import documents
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.roles import Role
from services.storage.downloads import fetch
from services.web.forms.fields import questions
from tests.driven import Driven
from tests.papers_when_read import set_now
from tests.sent_out import make_kind
from tests.world import HOSPITAL

MADE_ON = "2025-12-16"
LABELS = {one.name: one.label for one in questions(SubmitReturn)}
COLUMNS = tuple(InvolvementWith.model_fields)


def blank_form(case: Driven, agency: str = HOSPITAL) -> bytes:
    """Return the newest Word file of the blank form of an agency; what is ordered is made first."""
    make_kind(case.world, case.case_id, DocumentKind.SCOPING_FORM, MADE_ON)
    with case.world.act(Role.BUSINESS_MANAGER, MADE_ON) as work:
        found = [
            one
            for one in documents(work.session, case.case_id)
            if one.kind is DocumentKind.SCOPING_FORM
            and one.form == DocumentForm.WORD.value
            and one.subject == str(case.agency(agency))
        ]
        newest = max(found, key=lambda one: one.version)
        place = object_name(newest), newest.sha256, newest.version_id
    with fetch(case.world.store, *place) as kept:
        return set_now(kept.read())


def room_for(page: Page, name: str) -> _Cell:
    """Return the cell under the question of that name."""
    found = (
        table.cell(1, 0)
        for table in page.tables
        if len(table.columns) == 1 and table.cell(0, 0).text.split("\n")[0] == LABELS[name]
    )
    return next(found)


def family_in(page: Page) -> Table:
    """Return the table with a row for each of the family whom the agency may have known."""
    titles = [one.title for one in InvolvementWith.model_fields.values()]
    (found,) = (one for one in page.tables if [c.text for c in one.rows[0].cells] == titles)
    return found


def filled(
    content: bytes, said: Mapping[str, str], rows: Sequence[Mapping[str, str]] = ()
) -> bytes:
    """Return the form with these answers, and these cells in the rows of the family in turn."""

    def fill(page: Page) -> None:
        for name, text in said.items():
            room_for(page, name).text = text
        for number, row in enumerate(rows, 1):
            for column, text in row.items():
                family_in(page).cell(number, COLUMNS.index(column)).text = text

    return changed(content, fill)


def changed(content: bytes, how: Callable[[Page], None]) -> bytes:
    """Return the file after something was done to it, as it is saved then."""
    page = docx.Document(io.BytesIO(content))
    how(page)
    written = io.BytesIO()
    page.save(written)
    return written.getvalue()
