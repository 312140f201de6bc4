"""Founding a partnership from its file at a page: read what would be made, then make it."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response

from services.casework.administration.founding import Founded
from services.casework.administration.founding_form import FoundFromFile, found_as_said
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused
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

router = APIRouter(prefix="/administration/found")

Founder = Annotated[UnitOfWork, requires(Permission.ADMINISTER_PLATFORM)]
ASKED: Final = questions(FoundFromFile)


@router.get("")
def ask_file(request: Request, _work: Founder) -> Response:
    """Show the form that takes the file of a partnership."""
    return _shown(request, Again())


@router.post("")
def found(request: Request, work: Founder, posted: PostedForm) -> Response:
    """Say what would be made of the file, or make it."""
    answers = read(ASKED, posted, {})
    words = understand(FoundFromFile, ASKED, answers)
    if isinstance(words, list):
        return _shown(request, Again(posted, words, 422))
    try:
        founded = _founded(request, work, words)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), ASKED, answers)
        return _shown(request, Again(posted, [problem], 422))
    if words.is_checked:
        return page(request, "pages/administration/founded.html", founded=founded)
    return _shown(request, Again(posted), founded)


def _founded(request: Request, work: UnitOfWork, words: FoundFromFile) -> Founded:
    site = site_of(request)
    return found_as_said(work.actor, site.neighbours, site.provisioning, words)


def _shown(request: Request, again: Again, founded: Founded | None = None) -> Response:
    return page(
        request,
        "pages/administration/found.html",
        again.status,
        form=show(ASKED, {}, again.posted, again.problems),
        founded=founded,
        once=uuid4(),
    )
