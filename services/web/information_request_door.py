"""A form about a request for information as it is shown, and what becomes of it when it is sent."""

from dataclasses import replace
from typing import Final
from uuid import UUID, uuid4

from fastapi import Request, Response

from services.database.information_requests import InformationRequest
from services.database.unit_of_work import UnitOfWork
from services.domain.information_requests import exemptions_of
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out, gone_on
from services.web.forms.fields import Question, questions
from services.web.forms.rendering import show
from services.web.information_request_forms import InformationRequestForm
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.view_models.request_items import FormAbout, form_about

REQUESTS: Final = "/information-requests"


def shown(
    request: Request,
    work: UnitOfWork,
    asked: InformationRequestForm,
    about_id: UUID | None,
    again: Again | None = None,
) -> Response:
    """Show the form, the reference of the request that it is about, and the item if of one."""
    again = again or Again()
    about = None if about_id is None else form_about(work, asked.act, about_id)
    return page(
        request,
        "pages/information_requests/form.html",
        again.status,
        asked=asked,
        about=about,
        back=REQUESTS if about is None else f"{REQUESTS}/{about.request.id}",
        form=show(_questions(asked, about), {}, again.posted, again.problems),
        once=uuid4(),
    )


def sent(
    request: Request,
    work: UnitOfWork,
    asked: InformationRequestForm,
    about_id: UUID | None,
    posted: Posted,
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    about = None if about_id is None else form_about(work, asked.act, about_id)
    named = () if about_id is None else (about_id,)
    form = FormSent(asked.act.command, _questions(asked, about), posted)
    made = carry_out(work, form, lambda command: asked.act.perform(work, *named, command))
    if isinstance(made, Again):
        return shown(request, work, asked, about_id, made)
    where = made.id if isinstance(made, InformationRequest) else about and about.request.id
    return gone_on(work, f"{REQUESTS}/{where}")


def _questions(asked: InformationRequestForm, about: FormAbout | None) -> tuple[Question, ...]:
    """Return the questions, of the provisions those of the law by which the request was made."""
    of_form = questions(asked.act.command)
    if about is None:
        return of_form
    known = exemptions_of(about.request.kind)
    return tuple(replace(one, words=known) if one.name == "exemptions" else one for one in of_form)
