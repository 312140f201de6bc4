"""The page of the questions that people of a case ask each other."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.casework.access.cases import open_case
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.dependencies import requires
from services.web.path_ids import TheCaseId
from services.web.rendering import page
from services.web.view_models.act_places import QUESTIONS, acts_here
from services.web.view_models.questions import question_lines

router = APIRouter(prefix="/cases")

Reader = Annotated[UnitOfWork, requires(Permission.READ_CASE, Permission.READ_OWN_PART)]


@router.get("/{case_id}/questions")
def show_questions(case_id: TheCaseId, request: Request, work: Reader) -> Response:
    """Show what was asked of whom and answered, those that wait first, as far as one reads it."""
    case = open_case(work, case_id, Viewed.QUESTIONS)
    lines = question_lines(work, case)
    may = acts_here(work, case, QUESTIONS)
    return page(request, "pages/cases/questions.html", case=case, lines=lines, may=may)
