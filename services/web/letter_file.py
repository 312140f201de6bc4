"""The form on which a letter's Word file is brought back, and where the words that it has go."""

from typing import Final
from uuid import uuid4

from fastapi import Request, Response

from services.casework.commands import Kind
from services.casework.joint.looking import record_form_viewing
from services.casework.steps.dispatches.letter_correction import CORRECT_LETTER, CorrectLetter
from services.casework.steps.dispatches.letter_from_word import BringLetterBack, word_files_waiting
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.storage import Store
from services.web.act_form import Again
from services.web.act_pages.dispatches import of_occasion
from services.web.act_pages.registry import ACT_PAGES
from services.web.dependencies import Transactions
from services.web.draft_saving import DraftForm, save_typed
from services.web.forms.fields import Options, Question, questions
from services.web.forms.filling import as_posted
from services.web.forms.rendering import show
from services.web.rendering import page

_FILE: Final = Question(
    name="file",
    asks="The corrected Word file",
    helps="Change only the letter's own words, before and after what comes from the record. "
    "The file is checked, read and not kept.",
    kind=Kind.DOCUMENT,
    required=True,
)
ASKED: Final = (*questions(BringLetterBack), _FILE)


def offered(work: UnitOfWork, case: Case) -> Options:
    """Return the letters that wait and have a Word file."""
    return {"dispatch": tuple(of_occasion(one) for one in word_files_waiting(work, case))}


def word_file_page(request: Request, work: UnitOfWork, case: Case, again: Again) -> Response:
    """Show the form, which after an error keeps which letter was chosen."""
    record_form_viewing(work, case, CORRECT_LETTER)
    form = show(ASKED, offered(work, case), again.posted, again.problems)
    return page(request, "pages/letter_file.html", again.status, case=case, form=form, once=uuid4())


def draft_of(
    transaction: Transactions, store: Store, case_id: CaseId, command: CorrectLetter
) -> str:
    """Put the words into the form of the act as the person's draft, and return its address.

    They take the place of what the person had typed there.
    """
    form = DraftForm(ACT_PAGES[CORRECT_LETTER.name], case_id)
    typed = as_posted(command, form.asked.questions)
    save_typed(transaction, store, form, typed, replaces=True)
    return form.page
