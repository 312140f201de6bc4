"""The partnership's list of themes: read with the trends, changed by who keeps the policy."""

from typing import Annotated

from fastapi import APIRouter, Request, Response

from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.dependencies import requires
from services.web.form_input import PostedForm
from services.web.learning_door import Reader, sent, shown
from services.web.learning_forms import ON_THEMES, THEMES, LearningForm
from services.web.rendering import page
from services.web.view_models.themes import themes_shown

router = APIRouter(prefix=THEMES)

Changer = Annotated[UnitOfWork, requires(Permission.PROPOSE_POLICY)]


@router.get("")
def list_themes(request: Request, work: Reader) -> Response:
    """Show every theme, how it stands, and what was done to the list."""
    return page(
        request,
        "pages/themes.html",
        partnership=work.partnership,
        view=themes_shown(work),
        may_change=work.actor.may(Permission.PROPOSE_POLICY),
        forms=ON_THEMES,
    )


def _serve(asked: LearningForm) -> None:
    def ask(request: Request, work: Changer) -> Response:
        """Show the form by which the list is changed."""
        return shown(request, work, asked, None)

    def do(request: Request, work: Changer, posted: PostedForm) -> Response:
        """Change the list, or show the form again with what stands in the way."""
        return sent(request, work, asked, None, posted)

    router.get(f"/{asked.name}", name=f"ask {asked.name} theme")(ask)
    router.post(f"/{asked.name}", name=f"do {asked.name} theme")(do)


for _form in ON_THEMES:
    _serve(_form)
