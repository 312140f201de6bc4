"""How a Word form is brought back: taken into the draft of its form, or shown what is wrong."""

from uuid import uuid4

from fastapi import Request, Response

from services.casework.alerts import raise_alert
from services.casework.joint.looking import record_form_viewing
from services.casework.steps.file_checks import FileIsHarmful
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.alerts import AlertCode
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.act_form import Again
from services.web.act_pages.act_page import ActPage
from services.web.dependencies import Transactions
from services.web.draft_saving import DraftForm
from services.web.filled_form import again_after
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.word_form import FILE
from services.web.word_form_draft import take_back


def brought(
    request: Request, transaction: Transactions, form: DraftForm, posted: Posted
) -> str | Again:
    """Return the address to go on to, or the form with what stands in the way."""
    answers = read((FILE,), posted, {})
    if answers.problems:
        return Again(posted, answers.problems, 422)
    try:
        return take_back(request, transaction, form, posted, answers.values["file"])
    except FileIsHarmful as error:
        with transaction() as work:
            raise_alert(work, AlertCode.HARMFUL_FILE, form.case_id)
        return again_after(posted, error)
    except (AnswerRefused, RuleBroken) as error:
        return again_after(posted, error)


def word_form_page(
    request: Request, work: UnitOfWork, case: Case, asked: ActPage, again: Again
) -> Response:
    """Show where the Word form is taken, and where it is brought back."""
    record_form_viewing(work, case, asked.act)
    shown = show((FILE,), {}, again.posted, again.problems)
    told = {"case": case, "asked": asked, "form": shown, "once": uuid4()}
    return page(request, "pages/word_form.html", again.status, **told)
