"""The form on which a template is sent: looked at and tried before anything of it is kept."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.own_templates import offered_kind
from services.domain.documents import DocumentKind
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.dependencies import Transactions, requires_for_each
from services.web.form_input import PostedForm
from services.web.forms.rendering import show
from services.web.own_template_door import ASKED, tried
from services.web.rendering import page
from services.web.view_models.own_templates import template_of_kind

router = APIRouter(prefix="/policy/templates")

Proposer = Annotated[Transactions, requires_for_each(Permission.PROPOSE_POLICY)]


@router.get("/{kind}/propose")
def ask(kind: str, request: Request, transaction: Proposer) -> Response:
    """Show the form with the file."""
    return _form(request, transaction, offered_kind(kind), Again())


@router.post("/{kind}/propose")
def propose(kind: str, request: Request, transaction: Proposer, posted: PostedForm) -> Response:
    """Keep the template for a second person, or say what in it is to be put right."""
    found = offered_kind(kind)
    again = tried(request, transaction, found, posted)
    if again is not None:
        return _form(request, transaction, found, again)
    return RedirectResponse(f"/policy/templates/{found.value}", status_code=303)


def _form(
    request: Request, transaction: Transactions, kind: DocumentKind, again: Again
) -> Response:
    with transaction() as work:
        return page(
            request,
            "pages/own_template_propose.html",
            again.status,
            partnership=work.partnership,
            kind=template_of_kind(work, kind),
            form=show(ASKED, {}, again.posted, again.problems),
            once=uuid4(),
        )
