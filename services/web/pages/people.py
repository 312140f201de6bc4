"""Who holds which role in a partnership: read, appointed, confirmed, ended, by administrators.

The same pages stand twice: for the partnership's own administrators, and under the partnership for
a platform administrator, who acts there while it has too few of its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from services.casework.people.from_platform import acting_there
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web import kept_forms
from services.web.app_state import site_of
from services.web.cookies import CurrentPerson
from services.web.dependencies import (
    Requires,
    acting_in,
    end_what_was_kept,
    once_of,
    proof_is_old,
    requires,
)
from services.web.form_input import PostedForm
from services.web.path_ids import TheEntryId, ThePartnershipId
from services.web.people_door import sent
from services.web.people_forms import APPOINT, ENTER_SYSTEM, FORMS, PeopleForm
from services.web.people_shown import PEOPLE, people_at, shown
from services.web.rendering import page
from services.web.view_models.people import people_page


class RequiresThere(Requires):
    """One unit of work in the partnership that the address names, for who serves the platform."""

    def __call__(
        self,
        request: Request,
        known: CurrentPerson,
        posted: PostedForm,
        partnership_id: ThePartnershipId,
    ) -> Iterator[UnitOfWork]:
        """Open the unit of work; the role is asked for before the partnership is looked for.

        What was kept of a form lies where the person's own role is, so it is brought back there.
        """
        self.keep_for_later(request, known, posted)
        if kept_forms.is_asked(request):
            with self.transaction(request, known, posted):
                pass
        actor, around = acting_in(known).actor, site_of(request).neighbours
        once = once_of(posted) if request.method == "POST" else None
        with acting_there(actor, around, partnership_id, once) as work:
            yield replace(work, proof_is_old=proof_is_old(request, known))
        if request.method == "POST" and kept_forms.is_asked(request):
            with self.transaction(request, known, posted) as work:
                end_what_was_kept(request, work)


router = APIRouter()
OF_PARTNERSHIP = requires(Permission.ADMINISTER_PARTNERSHIP)
OF_PLATFORM = Depends(RequiresThere(Permission.ADMINISTER_PLATFORM), scope="function")


def _serve_list(path: str, needs: Any) -> None:  # noqa: ANN401 - FastAPI's own Depends is Any
    def people(request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show who holds what since when, confirmed when, and the appointments."""
        view, at = people_page(work), people_at(request)
        return page(request, "pages/administration/people.html", view=view, at=at)

    router.get(path, name=f"list {path}")(people)


def _serve_first(path: str, needs: Any, asked: PeopleForm) -> None:  # noqa: ANN401 - as above
    def ask(request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show the form to appoint somebody, or to let a system in."""
        return shown(request, work, asked, None)

    def do(request: Request, work: Annotated[UnitOfWork, needs], posted: PostedForm) -> Response:
        """Enter it."""
        return sent(request, work, asked, None, posted)

    router.get(f"{path}/{asked.path}", name=f"ask {path}/{asked.path}")(ask)
    router.post(f"{path}/{asked.path}", name=f"do {path}/{asked.path}")(do)


def _serve(path: str, needs: Any, asked: PeopleForm) -> None:  # noqa: ANN401 - as above
    def ask(entry_id: TheEntryId, request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show the form about an appointment, a role or a person."""
        return shown(request, work, asked, entry_id)

    def do(
        entry_id: TheEntryId,
        request: Request,
        work: Annotated[UnitOfWork, needs],
        posted: PostedForm,
    ) -> Response:
        """Do what was sent, or show the form again with what stands in the way."""
        return sent(request, work, asked, entry_id, posted)

    router.get(f"{path}/{asked.path}", name=f"ask {path}/{asked.path}")(ask)
    router.post(f"{path}/{asked.path}", name=f"do {path}/{asked.path}")(do)


for _path, _needs in (
    (PEOPLE, OF_PARTNERSHIP),
    ("/administration/partnerships/{partnership_id}/people", OF_PLATFORM),
):
    _serve_list(_path, _needs)
    _serve_first(_path, _needs, APPOINT)
    _serve_first(_path, _needs, ENTER_SYSTEM)
    for _form in FORMS:
        _serve(_path, _needs, _form)
