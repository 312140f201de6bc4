"""What becomes of a form about who holds which role when it is sent."""

from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.accounts.cleared import clear_factors
from services.casework.people.acts import ANSWER_LOST_FACTOR
from services.casework.people.ending import EndRoles, end_sessions, has_gone
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.choices import choices_for
from services.web.errors import status_of
from services.web.forms.fields import questions
from services.web.forms.parsing import Problem, read
from services.web.forms.validation import refused, understand
from services.web.owners_told import tell_owners_after
from services.web.people_forms import PeopleForm, holder_of
from services.web.people_shown import people_at, shown
from services.web.posted_form import Posted


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
