"""A form of the directory as it is shown, and what becomes of it when it is sent."""

from typing import Final
from uuid import UUID, uuid4

from fastapi import Request, Response

from services.database.unit_of_work import UnitOfWork
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out, gone_on
from services.web.directory_forms import DirectoryForm
from services.web.forms.fields import questions
from services.web.forms.filling import as_posted
from services.web.forms.rendering import show
from services.web.posted_form import Posted
from services.web.rendering import page

DIRECTORY: Final = "/directory"


def shown(
    request: Request,
    work: UnitOfWork,
    asked: DirectoryForm,
    entry_id: UUID | None,
    again: Again | None = None,
) -> Response:
    """Show the form with what it is about; it opens with the entry where that is changed."""
    about = "" if entry_id is None else asked.about(work, entry_id)
    again = again or Again(_on_record(work, asked, entry_id))
    return page(
        request,
        "pages/directory_form.html",
        again.status,
        asked=asked,
        about=about,
        form=show(questions(asked.act.command), {}, again.posted, again.problems),
        once=uuid4(),
    )


def sent(
    request: Request, work: UnitOfWork, asked: DirectoryForm, entry_id: UUID | None, posted: Posted
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    about = () if entry_id is None else (entry_id,)
    form = FormSent(asked.act.command, questions(asked.act.command), posted)
    done = carry_out(work, form, lambda command: asked.act.perform(work, *about, command))
    if isinstance(done, Again):
        return shown(request, work, asked, entry_id, done)
    return gone_on(work, DIRECTORY)


def _on_record(work: UnitOfWork, asked: DirectoryForm, entry_id: UUID | None) -> Posted:
    if asked.prefill is None or entry_id is None:
        return Posted()
    return as_posted(asked.prefill(work, entry_id), questions(asked.act.command))
