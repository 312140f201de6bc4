"""How a person gets the emails of the partnership in which they act: shown, and set."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.email_habits import SetEmailHabits, own_habits, set_habits
from services.database.unit_of_work import UnitOfWork
from services.domain.email_waiting import EmailHabits
from services.domain.errors import AnswerRefused
from services.domain.roles import Permission
from services.web.account_forms import ACCOUNT
from services.web.act_form import Again
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.posted_form import Posted
from services.web.rendering import page

router = APIRouter(prefix=f"{ACCOUNT}/emails")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]
ASKED: Final = questions(SetEmailHabits)


@router.get("")
def ask_habits(request: Request, work: Reader, done: str = "") -> Response:
    """Show how the emails come now, and the form to change it."""
    return _shown(request, work, Again(), is_done=done == "set")


@router.post("")
def change_habits(request: Request, work: Reader, posted: PostedForm) -> Response:
    """Keep how the emails come from now on."""
    answers = read(ASKED, posted, {})
    words = understand(SetEmailHabits, ASKED, answers)
    if isinstance(words, list):
        return _shown(request, work, Again(posted, words, 422))
    try:
        set_habits(work, words)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), ASKED, answers)
        return _shown(request, work, Again(posted, [problem], 422))
    return RedirectResponse(f"{ACCOUNT}/emails?done=set", status_code=303)


def _shown(request: Request, work: UnitOfWork, again: Again, *, is_done: bool = False) -> Response:
    habits = own_habits(work)
    told = {"habits": habits, "partnership": work.partnership.name, "is_done": is_done}
    form = show(ASKED, {}, again.posted if again.problems else _as_set(habits), again.problems)
    return page(request, "pages/account/emails.html", again.status, form=form, once=uuid4(), **told)


def _as_set(habits: EmailHabits) -> Posted:
    """Return the answers that would set what is set now."""
    said = {name: getattr(habits, name) for name in habits.__dataclass_fields__}
    return Posted({name: (str(one),) for name, one in said.items() if one is not None})
