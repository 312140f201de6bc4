"""A form about who holds which role as it is shown."""

from typing import Final
from uuid import UUID, uuid4

from fastapi import Request, Response

from services.casework.people.holdings import holdings
from services.database.unit_of_work import UnitOfWork
from services.web.act_form import Again
from services.web.choices import choices_for
from services.web.forms.fields import questions
from services.web.forms.rendering import show
from services.web.people_forms import PeopleForm, holder_of
from services.web.rendering import page

PEOPLE: Final = "/administration/people"


def people_at(request: Request) -> str:
    """Return where these pages stand: of one's own partnership, or of the one in the address."""
    there = request.path_params.get("partnership_id")
    return PEOPLE if there is None else f"/administration/partnerships/{there}/people"


def shown(
    request: Request,
    work: UnitOfWork,
    asked: PeopleForm,
    about_id: UUID | None,
    again: Again | None = None,
) -> Response:
    """Show the form with what it is about, and before an end everything that the person has."""
    again = again or Again()
    about = "" if about_id is None else asked.about(work, about_id)
    theirs = None
    if asked.shows_holdings and about_id is not None:
        theirs = holdings(work, holder_of(work, asked, about_id), work.real_today)
    of_form = questions(asked.act.command)
    return page(
        request,
        "pages/administration/people_form.html",
        again.status,
        asked=asked,
        at=people_at(request),
        about=about,
        theirs=theirs,
        form=show(of_form, choices_for(work, of_form), again.posted, again.problems),
        once=uuid4(),
    )
