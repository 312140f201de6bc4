"""A form about who holds which role as it is shown, and what becomes of it when it is sent."""

from typing import Final
from uuid import UUID, uuid4

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.cleared import clear_factors
from services.casework.people.acts import ANSWER_LOST_FACTOR
from services.casework.people.ending import EndRoles, end_sessions, has_gone
from services.casework.people.holdings import holdings
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.choices import choices_for
from services.web.errors import status_of
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.owners_told import tell_owners_after
from services.web.people_forms import PeopleForm, holder_of
from services.web.posted_form import Posted
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


def sent(
    request: Request, work: UnitOfWork, asked: PeopleForm, about_id: UUID | None, posted: Posted
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    of_form = questions(asked.act.command)
    answers = read(of_form, posted, choices_for(work, of_form))
    command = understand(asked.act.command, of_form, answers)
    if isinstance(command, list):
        return shown(request, work, asked, about_id, Again(posted, command, 422))
    about = () if about_id is None else (about_id,)
    if about_id is not None:
        asked.about(work, about_id)
    try:
        with work.savepoint():
            done = asked.act.perform(work, *about, command)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), of_form, answers)
        return shown(request, work, asked, about_id, Again(posted, [problem], 422))
    except RuleBroken as error:
        again = Again(posted, [Problem("", str(error))], status_of(error))
        return shown(request, work, asked, about_id, again)
    door = site_of(request).sign_in_engine
    if about_id is not None and isinstance(command, EndRoles) and has_gone(work, command):
        end_sessions(door, holder_of(work, asked, about_id))
    if asked.act is ANSWER_LOST_FACTOR and done is not None:
        clear_factors(door, done, work.actor.person_id, work.actor.partnership_id)
    return tell_owners_after(RedirectResponse(people_at(request), status_code=303), request)
