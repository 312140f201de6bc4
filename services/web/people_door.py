"""What becomes of a form about who holds which role when it is sent."""

from uuid import UUID

from fastapi import Request, Response

from services.casework.accounts.cleared import clear_factors
from services.casework.people.acts import ANSWER_LOST_FACTOR
from services.casework.people.ending import EndRoles, end_sessions, has_gone
from services.database.unit_of_work import UnitOfWork
from services.web.act_form import Again
from services.web.app_state import site_of
from services.web.carrying_out import FormSent, carry_out, gone_on
from services.web.choices import choices_for
from services.web.forms.fields import questions
from services.web.owners_told import tell_owners_after
from services.web.people_forms import PeopleForm, holder_of
from services.web.people_shown import people_at, shown
from services.web.posted_form import Posted


def sent(
    request: Request, work: UnitOfWork, asked: PeopleForm, about_id: UUID | None, posted: Posted
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    about = () if about_id is None else (about_id,)
    if about_id is not None:
        asked.about(work, about_id)
    of_form = questions(asked.act.command)
    form = FormSent(asked.act.command, of_form, posted, choices_for(work, of_form))
    sent_as = carry_out(work, form, lambda said: (said, asked.act.perform(work, *about, said)))
    if isinstance(sent_as, Again):
        return shown(request, work, asked, about_id, sent_as)
    command, done = sent_as
    door = site_of(request).sign_in_engine
    if about_id is not None and isinstance(command, EndRoles) and has_gone(work, command):
        end_sessions(door, holder_of(work, asked, about_id))
    if asked.act is ANSWER_LOST_FACTOR and done is not None:
        clear_factors(door, done, work.actor.person_id, work.actor.partnership_id)
    return tell_owners_after(gone_on(work, people_at(request)), request)
