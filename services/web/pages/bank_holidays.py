"""The bank holidays of the whole platform: operators propose a change, a second one answers it."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.bank_holidays import (
    AnswerHoliday,
    ProposeHoliday,
    answer_holiday,
    propose_holiday,
    waiting_proposals,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import once_of, requires
from services.web.form_input import PostedForm
from services.web.forms.fields import Choice, Options, questions
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.rendering import page
from services.web.view_models.bank_holidays import (
    changes_of_holidays,
    holidays_in_force,
    in_short,
)

router = APIRouter(prefix="/operations/bank-holidays")

Changer = Annotated[UnitOfWork, requires(Permission.CHANGE_BANK_HOLIDAYS)]
PROPOSED: Final = questions(ProposeHoliday)
ANSWERED: Final = questions(AnswerHoliday)
HERE: Final = "/operations/bank-holidays"


@router.get("")
def ask_change(request: Request, work: Changer) -> Response:
    """Show the bank holidays in force, every change, and the form to propose one."""
    return _shown(request, work, Again())


@router.post("")
def propose(request: Request, work: Changer, posted: PostedForm) -> Response:
    """Propose that a day becomes a bank holiday, or is none any more."""
    answers = read(PROPOSED, posted, {})
    words = understand(ProposeHoliday, PROPOSED, answers)
    if isinstance(words, list):
        return _shown(request, work, Again(posted, words, 422))
    try:
        propose_holiday(work.actor, site_of(request).neighbours, words, once_of(posted))
    except AnswerRefused as error:
        problem = refused(error.field, str(error), PROPOSED, answers)
        return _shown(request, work, Again(posted, [problem], 422))
    return RedirectResponse(HERE, status_code=303)


@router.get("/answer")
def ask_answer(request: Request, work: Changer) -> Response:
    """Show the proposals that wait, and the form to answer one."""
    return _shown_waiting(request, work, Again())


@router.post("/answer")
def answer(request: Request, work: Changer, posted: PostedForm) -> Response:
    """Let a proposed change come into force, or refuse it."""
    answers = read(ANSWERED, posted, None)  # what was answered before is no choice any more
    words = understand(AnswerHoliday, ANSWERED, answers)
    if isinstance(words, list):
        return _shown_waiting(request, work, Again(posted, words, 422))
    try:
        answer_holiday(work.actor, site_of(request).neighbours, words)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), ANSWERED, answers)
        return _shown_waiting(request, work, Again(posted, [problem], 422))
    return RedirectResponse(HERE, status_code=303)


def _shown(request: Request, work: UnitOfWork, again: Again) -> Response:
    return page(
        request,
        "pages/bank_holidays.html",
        again.status,
        days=holidays_in_force(work),
        changes=changes_of_holidays(work),
        form=show(PROPOSED, {}, again.posted, again.problems),
        once=uuid4(),
    )


def _shown_waiting(request: Request, work: UnitOfWork, again: Again) -> Response:
    return page(
        request,
        "pages/bank_holiday_answer.html",
        again.status,
        changes=[one for one in changes_of_holidays(work) if not one.answer],
        form=show(ANSWERED, _waiting(work), again.posted, again.problems),
        once=uuid4(),
    )


def _waiting(work: UnitOfWork) -> Options:
    found = waiting_proposals(work.session)
    return {"proposal": tuple(Choice(str(one.id), in_short(one), hint=one.source) for one in found)}
