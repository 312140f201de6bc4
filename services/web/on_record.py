"""What is on record of that which a form is about, where the form opens with it."""

from services.casework.commands import Command
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.web.act_pages.act_page import ActPage
from services.web.forms.filling import as_posted
from services.web.posted_form import Posted


def on_record(work: UnitOfWork, asked: ActPage, case: Case, of: str) -> Posted:
    """Return what is on record as if it were typed; ``of`` is the one of several things meant."""
    found = _found(work, asked, case, of)
    return Posted() if found is None else as_posted(found, asked.questions)


def opens_with_record(asked: ActPage) -> bool:
    """Tell whether the form opens with what is on record, to be put right."""
    return asked.one_of is not None or asked.opens is not None or asked.prefill is not None


def _found(work: UnitOfWork, asked: ActPage, case: Case, of: str) -> Command | None:
    if asked.one_of is not None:
        return asked.one_of.on_record(work, case, of)
    if asked.opens is not None:
        return asked.opens(work, case, of)
    return asked.prefill(work, case) if asked.prefill is not None else None
