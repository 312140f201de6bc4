"""A form about learning of no one case: for whom, how it is shown, what becomes of it when sent."""

from typing import Annotated, Final
from uuid import UUID, uuid4

from fastapi import Request, Response

from services.casework.partnership_learning.standing import one_national_review
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission
from services.web.act_form import Again
from services.web.carrying_out import FormSent, carry_out, gone_on
from services.web.dependencies import requires
from services.web.forms.fields import questions
from services.web.forms.rendering import show
from services.web.learning_forms import LearningForm
from services.web.path_ids import number_told
from services.web.posted_form import Posted
from services.web.rendering import page

Reader = Annotated[
    UnitOfWork,
    requires(Permission.RUN_LEARNING, Permission.SIGN_OFF, Permission.GIVE_OPINION),
]
Keeper = Annotated[UnitOfWork, requires(Permission.RUN_LEARNING)]
MOST_DIGITS: Final = 3


def shown(
    request: Request,
    work: UnitOfWork,
    asked: LearningForm,
    about_id: UUID | None,
    again: Again | None = None,
) -> Response:
    """Show the form, with the publication that it is about if it is about one."""
    again = again or Again(_opens_with(request, asked))
    about = None if about_id is None else one_national_review(work, about_id)
    return page(
        request,
        "pages/learning_form.html",
        again.status,
        asked=asked,
        about=about,
        back=asked.within if about is None else f"{asked.within}/{about.id}",
        form=show(questions(asked.command), asked.offer(work), again.posted, again.problems),
        once=uuid4(),
    )


def sent(
    request: Request, work: UnitOfWork, asked: LearningForm, about_id: UUID | None, posted: Posted
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    about = () if about_id is None else (about_id,)
    form = FormSent(asked.command, questions(asked.command), posted, asked.offer(work))
    done = carry_out(work, form, lambda command: asked.perform(work, *about, command))
    if isinstance(done, Again):
        return shown(request, work, asked, about_id, done)
    where = asked.within if about_id is None else f"{asked.within}/{about_id}"
    return gone_on(work, where)


def _opens_with(request: Request, asked: LearningForm) -> Posted:
    """Return the number of the action by whose link the form was opened, if by one."""
    number = request.query_params.get("number", "")
    is_number = number_told(number, MOST_DIGITS) is not None
    known = {one.name for one in questions(asked.command)}
    return Posted({"number": (number,)}) if is_number and "number" in known else Posted()
