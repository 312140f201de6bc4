"""The page on which a filled Word form is brought in."""

from uuid import uuid4

from fastapi import Request, Response

from services.casework.commands import Kind
from services.casework.joint.looking import record_form_viewing
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, CaseworkError
from services.web.act_form import Again, options_for
from services.web.act_pages.act_page import ActPage
from services.web.errors import status_of
from services.web.form_opening import options_for_one
from services.web.forms.fields import Options, Question
from services.web.forms.parsing import Problem
from services.web.forms.rendering import show
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.word_readers import reader_of


def file_asked(asked: ActPage) -> Question:
    """Return the question for the file, in the words of what is brought in."""
    reader = reader_of(asked)
    return Question(
        name="file", asks=reader.label, helps=reader.hint, kind=Kind.DOCUMENT, required=True
    )


def asked_with(asked: ActPage) -> tuple[Question, ...]:
    """Return what is asked with the file: which agency, where the form is for each of several."""
    which = (one for one in asked.questions if asked.one_of and one.name == asked.one_of.question)
    return (*which, file_asked(asked))


def agency_meant(work: UnitOfWork, asked: ActPage, case: Case, posted: Posted) -> str:
    """Return the id of the agency whose form it is: the one that is named, else the actor's own."""
    if asked.one_of is None:
        return str(work.actor.agency_id or "")
    return asked.one_of.named(work, case, posted.one(asked.one_of.question))


def opened_for(asked: ActPage, of: str) -> Again:
    """Return the form as it is opened, for the agency that its address names, if it names one."""
    return Again(Posted({asked.one_of.question: (of,)} if asked.one_of is not None else {}))


def filled_form_page(
    request: Request, work: UnitOfWork, asked: ActPage, case: Case, again: Again
) -> Response:
    """Show the form with the file, which after an error keeps which agency was chosen."""
    record_form_viewing(work, case, asked.act)
    options = offered(work, asked, case)
    chosen = options_for_one(work, asked, case, options, again.posted)
    form = show(asked_with(asked), chosen, again.posted, again.problems)
    return page(
        request,
        "pages/filled_form.html",
        again.status,
        case=case,
        asked=asked,
        is_newer=reader_of(asked).is_newer,
        form=form,
        once=uuid4(),
    )


def offered(work: UnitOfWork, asked: ActPage, case: Case) -> Options:
    """Return which agencies may be chosen, where one is."""
    return options_for(work, asked, case) if asked.one_of is not None else {}


def again_after(posted: Posted, error: CaseworkError) -> Again:
    """Return the form with what stands in the way, beside the file or above the form."""
    field = error.field if isinstance(error, AnswerRefused) else ""
    return Again(posted, [Problem(field, str(error))], status_of(error))
