"""National reviews: noted, considered by the review group, and applied here (EMB-11)."""

from fastapi import APIRouter, Request, Response

from services.casework.partnership_learning.standing import one_national_review
from services.domain.roles import Permission
from services.web.form_input import PostedForm
from services.web.learning_door import Keeper, Reader, sent, shown
from services.web.learning_forms import NATIONAL_REVIEWS, NOTE, ON_A_REVIEW, LearningForm
from services.web.path_ids import TheEntryId
from services.web.rendering import page
from services.web.view_models.national_reviews import review_page, reviews_told

router = APIRouter(prefix=NATIONAL_REVIEWS)


@router.get("")
def list_reviews(request: Request, work: Reader) -> Response:
    """Show every national review that was noted, how it stands, and what was done in each year."""
    return page(
        request,
        "pages/national_reviews.html",
        told=reviews_told(work),
        may_note=work.actor.may(Permission.RUN_LEARNING),
    )


@router.get("/note")
def ask_review(request: Request, work: Keeper) -> Response:
    """Show the form on which a national review is noted."""
    return shown(request, work, NOTE, None)


@router.post("/note")
def note_review(request: Request, work: Keeper, posted: PostedForm) -> Response:
    """Note a national review."""
    return sent(request, work, NOTE, None, posted)


@router.get("/{entry_id}")
def show_review(entry_id: TheEntryId, request: Request, work: Reader) -> Response:
    """Show one national review: what the group made of it, and what was done."""
    return page(
        request,
        "pages/national_review.html",
        view=review_page(work, one_national_review(work, entry_id)),
        may_act=work.actor.may(Permission.RUN_LEARNING),
    )


def _serve(asked: LearningForm) -> None:
    def ask(entry_id: TheEntryId, request: Request, work: Keeper) -> Response:
        """Show the form about a national review."""
        return shown(request, work, asked, entry_id)

    def do(entry_id: TheEntryId, request: Request, work: Keeper, posted: PostedForm) -> Response:
        """Do what was sent, or show the form again with what stands in the way."""
        return sent(request, work, asked, entry_id, posted)

    path = f"/{{entry_id}}/{asked.name}"
    router.get(path, name=f"ask {asked.name}")(ask)
    router.post(path, name=f"do {asked.name}")(do)


for _form in ON_A_REVIEW:
    _serve(_form)
