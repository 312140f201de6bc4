"""A partnership's own Word templates: listed by version, proposed, previewed and applied."""

from typing import Annotated, Final
from uuid import uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.casework.own_templates import (
    AnswerTemplate,
    answer_template,
    offered_kind,
    template_version,
)
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out
from services.web.dependencies import Transactions, requires, requires_for_each
from services.web.form_input import PostedForm
from services.web.forms.fields import questions
from services.web.forms.rendering import show
from services.web.kept_forms import stands_also
from services.web.own_template_files import begun_with, downloaded, kept_template
from services.web.path_ids import number_in
from services.web.rendering import page
from services.web.view_models.own_templates import template_of_kind, templates_of_kinds

router = APIRouter(prefix="/policy/templates")

Reader = Annotated[UnitOfWork, requires(Permission.READ_POLICY)]
Decider = Annotated[UnitOfWork, requires(Permission.DECIDE_POLICY)]
Looker = Annotated[Transactions, requires_for_each(Permission.READ_POLICY)]
ANSWERED: Final = questions(AnswerTemplate)


@router.get("")
def templates(request: Request, work: Reader) -> Response:
    """List the kinds of paper of which the partnership may have its own template."""
    found = templates_of_kinds(work)
    return page(request, "pages/own_templates.html", partnership=work.partnership, kinds=found)


@router.get("/{kind}")
def template(kind: str, request: Request, work: Reader) -> Response:
    """Show one kind: every version with its days, what waits, and the names that it may use."""
    return _shown(request, work, offered_kind(kind), Again())


@router.get("/{kind}/starter")
def starter(kind: str, request: Request, work: Reader) -> Response:
    """Send a template to begin with, which says what Keyline's own says."""
    del work
    return begun_with(request, offered_kind(kind))


@router.get("/{kind}/versions/{version}/{what}")
def download(kind: str, version: str, what: str, request: Request, transaction: Looker) -> Response:
    """Send the file of one version, or its preview with an invented paper."""
    with transaction() as work:
        kept = kept_template(work, offered_kind(kind), number_in(version))
    return downloaded(request, kept, what)


@router.get("/{kind}/proposal/{version}")
def proposed(kind: str, version: str, request: Request, work: Decider) -> Response:
    """Show it where its answer is posted, so that a form that was kept comes back there."""
    found = offered_kind(kind)
    template_version(work, found, number_in(version))
    return _shown(request, work, found, Again())


@router.post("/{kind}/proposal/{version}")
def answer(
    kind: str, version: str, request: Request, work: Decider, posted: PostedForm
) -> Response:
    """Apply the version, or refuse it."""
    found, number = offered_kind(kind), number_in(version)
    template_version(work, found, number)
    form = FormSent(AnswerTemplate, ANSWERED, posted)
    done = carry_out(work, form, lambda said: answer_template(work, found, number, said))
    if isinstance(done, Again):
        return _shown(request, work, found, done)
    return RedirectResponse(f"/policy/templates/{found.value}", status_code=303)


def _shown(request: Request, work: UnitOfWork, kind: DocumentKind, again: Again) -> Response:
    told = template_of_kind(work, kind)
    if told.waits is not None and work.actor.may(Permission.DECIDE_POLICY):
        address = f"/policy/templates/{kind.value}/proposal/{told.waits.version}"
        stands_also(request, work, address)
    return page(
        request,
        "pages/own_template.html",
        again.status,
        partnership=work.partnership,
        kind=told,
        form=show(ANSWERED, {}, again.posted, again.problems),
        once=uuid4(),
    )
