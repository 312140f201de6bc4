"""The days that do not count, and the practice clock of a demonstration partnership."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.practice_clock import MovePracticeClock, move_practice_clock
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import AnswerRefused, NotFound
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.parsing import read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.rendering import page
from services.web.view_models.bank_holidays import days_struck_out, holidays_in_force

router = APIRouter()

PracticeMover = Annotated[UnitOfWork, requires(Permission.MOVE_PRACTICE_CLOCK)]
ASKED: Final = questions(MovePracticeClock)


@router.get("/holidays")
def holidays(
    request: Request, work: Annotated[UnitOfWork, requires(Permission.READ_POLICY)]
) -> Response:
    """Show which days do not count, and by which source; nothing here changes them."""
    chosen = stored_policy(work.partnership.policy)
    return page(
        request,
        "pages/holidays.html",
        partnership=work.partnership,
        days=holidays_in_force(work),
        struck_out=days_struck_out(work),
        closed_days=chosen.closed_days,
    )


@router.get("/practice-clock")
def ask_time(request: Request, work: PracticeMover) -> Response:
    """Show what time it is for this partnership, and the form to move it."""
    return _shown(request, work, Again())


@router.post("/practice-clock")
def move_time(request: Request, work: PracticeMover, posted: PostedForm) -> Response:
    """Move the partnership's time."""
    answers = read(ASKED, posted, {})
    words = understand(MovePracticeClock, ASKED, answers)
    if isinstance(words, list):
        return _shown(request, work, Again(posted, words, 422))
    try:
        move_practice_clock(work.actor, site_of(request).neighbours, words)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), ASKED, answers)
        return _shown(request, work, Again(posted, [problem], 422))
    return RedirectResponse("/practice-clock", status_code=303)


def _shown(request: Request, work: UnitOfWork, again: Again) -> Response:
    if not work.partnership.is_demonstration:
        raise NotFound("Only a demonstration partnership has a practice clock.")
    return page(
        request,
        "pages/practice_clock.html",
        again.status,
        now=work.now,
        is_moved=work.partnership.practice_offset != 0,
        form=show(ASKED, {}, again.posted, again.problems),
        once=uuid4(),
    )
