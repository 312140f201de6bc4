"""A form about an inspection pack as it is shown, and what becomes of it when it is sent."""

from typing import Final
from uuid import UUID, uuid4

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.inspection_packs.opening import bodies_known
from services.casework.inspection_packs.standing import PackStanding
from services.database.unit_of_work import UnitOfWork
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out
from services.web.forms.fields import Choice, Options, questions
from services.web.forms.rendering import show
from services.web.inspection_forms import INCLUDE_ITEMS, OPEN, InspectionForm
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.view_models.inspection_packs import FormAboutPack, form_about_pack

PACKS: Final = "/inspection-packs"


def shown(
    request: Request,
    work: UnitOfWork,
    asked: InspectionForm,
    about_id: UUID | None,
    again: Again | None = None,
) -> Response:
    """Show the form, the reference of the pack that it is about, and the item if of one."""
    again = again or Again()
    about = None if about_id is None else form_about_pack(work, asked.act, about_id)
    options = _options(work, asked, about)
    return page(
        request,
        "pages/inspection_packs/form.html",
        again.status,
        asked=asked,
        about=about,
        back=PACKS if about is None else f"{PACKS}/{about.pack.id}",
        form=show(questions(asked.act.command), options, again.posted, again.problems),
        once=uuid4(),
    )


def sent(
    request: Request,
    work: UnitOfWork,
    asked: InspectionForm,
    about_id: UUID | None,
    posted: Posted,
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    about = None if about_id is None else form_about_pack(work, asked.act, about_id)
    named = () if about_id is None else (about_id,)
    options = _options(work, asked, about)
    form = FormSent(asked.act.command, questions(asked.act.command), posted, options)
    made = carry_out(work, form, lambda command: asked.act.perform(work, *named, command))
    if isinstance(made, Again):
        return shown(request, work, asked, about_id, made)
    return RedirectResponse(f"{PACKS}/{made}", status_code=303)


def _options(work: UnitOfWork, asked: InspectionForm, about: FormAboutPack | None) -> Options:
    """Return what may be chosen: the bodies of the directory, or the items to be decided."""
    if asked is OPEN:
        known = bodies_known(work)
        return {"body": tuple(Choice(str(one.organisation_id), one.name) for one in known)}
    if asked is INCLUDE_ITEMS and about is not None:
        return {"items": _items(about.pack)}
    return {}


def _items(pack: PackStanding) -> tuple[Choice, ...]:
    return tuple(Choice(str(one.step.id), one.said.title) for one in pack.open_items)
