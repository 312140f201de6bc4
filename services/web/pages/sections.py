"""The pages on which a long form is filled in by sections, checked, and sent once as a whole."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.web.act_door import case_for, sent
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.act_pages.sections import sections_of
from services.web.dependencies import Transactions, requires_for_each
from services.web.draft_saving import DraftForm
from services.web.form_input import PostedForm
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted
from services.web.section_door import section_taken
from services.web.section_pages import (
    CHECK,
    CHECK_PAGE,
    case_of,
    form_in_sections,
    place_asked,
)

router = APIRouter()


def _serve(asked: ActPage) -> None:
    """Serve the sections of a form of a case."""
    needs = requires_for_each(asked.act.permission)

    def ask(
        case_id: TheCaseId, request: Request, transaction: Annotated[Transactions, needs]
    ) -> Response:
        """Show the list of sections, one of them, or all answers to be checked."""
        return _ask(request, transaction, DraftForm(asked, case_id))

    def take(
        case_id: TheCaseId,
        request: Request,
        posted: PostedForm,
        transaction: Annotated[Transactions, needs],
    ) -> Response:
        """Save a section, or do the act with all answers as they were checked."""
        return _take(request, transaction, DraftForm(asked, case_id), posted)

    path = f"/cases/{{case_id}}/{asked.path}/sections"
    router.get(path, name=f"ask {asked.path} in sections")(ask)
    router.post(path, name=f"take {asked.path} in sections")(take)


def _serve_opening(asked: ActPage) -> None:
    """Serve the sections of a form that opens a case."""
    needs = requires_for_each(asked.act.permission)

    def ask(request: Request, transaction: Annotated[Transactions, needs]) -> Response:
        """Show the list of sections, one of them, or all answers to be checked."""
        return _ask(request, transaction, DraftForm(asked, None))

    def take(
        request: Request, posted: PostedForm, transaction: Annotated[Transactions, needs]
    ) -> Response:
        """Save a section, or do the act with all answers as they were checked."""
        return _take(request, transaction, DraftForm(asked, None), posted)

    router.get(f"/{asked.path}/sections", name=f"ask {asked.path} in sections")(ask)
    router.post(f"/{asked.path}/sections", name=f"take {asked.path} in sections")(take)


for _page in ACT_PAGES.values():
    if sections_of(_page):
        (_serve_opening if _page.act.opens_case else _serve)(_page)


def _ask(request: Request, transaction: Transactions, form: DraftForm) -> Response:
    with transaction() as work:
        _must_be_open(work, form)
        return form_in_sections(request, work, place_asked(request, form))


def _must_be_open(work: UnitOfWork, form: DraftForm) -> None:
    """Ask the case's door before anything of the address is answered (LC-01, G7)."""
    if form.case_id is not None:
        case_for(work, form.asked, form.case_id)


def _take(request: Request, transaction: Transactions, form: DraftForm, posted: Posted) -> Response:
    place = place_asked(request, form)
    if place.part == CHECK:
        with transaction() as work:
            checked = replace(form.asked, template=CHECK_PAGE)
            return sent(request, work, checked, case_of(work, form), posted)
    with transaction() as work:
        _must_be_open(work, form)
    return section_taken(request, transaction, place, posted)
