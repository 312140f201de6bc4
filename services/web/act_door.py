"""What becomes of a posted act: the form shown, the answers read, the act done once."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from services.casework.access.cases import (
    case_in_sight,
    case_to_read,
    is_open_to_actor,
    record_viewing,
)
from services.casework.act import Act, repeated_case
from services.casework.commands import Command
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, AnswerRefused, CaseworkError, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.viewings import Viewed
from services.web.act_pages.act_page import ActPage
from services.web.addresses import FIRST_PAGE, page_here
from services.web.choices import choices_for
from services.web.errors import status_of
from services.web.forms.fields import Options
from services.web.forms.parsing import Answers, Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.timeline import Told, tell


def case_for(work: UnitOfWork, asked: ActPage, case_id: CaseId) -> Case:
    """Return the case to a person who may read it; before declaring they may only declare (G7)."""
    if asked.act.before_declaring:
        return case_in_sight(work, case_id)
    return case_to_read(work, case_id)


def sent(
    request: Request, work: UnitOfWork, asked: ActPage, case: Case | None, posted: Posted
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers.

    A form that was acted on before is read without regard to what may be chosen now, since its
    own act may have taken the choice away; the act then says whether it is the same form.
    """
    acted_on = repeated_case(work)
    options = options_for(work, asked, case) if acted_on is None else None
    answers = read(asked.questions, posted, options)
    command = understand(asked.act.command, asked.questions, answers)
    if command is None:
        return shown(request, work, asked, case, Again(posted, answers.problems, 422))
    try:
        with work.session.begin_nested():
            after = _perform(work, asked.act, case, command)
    except (AnswerRefused, RuleBroken) as error:
        if isinstance(error, AlreadyDone) and (acted_on := repeated_case(work)) is not None:
            return _done(work, asked, acted_on, posted)
        again = Again(posted, [_problem(error, asked, answers)], status_of(error))
        return shown(request, work, asked, case, again)
    return _done(work, asked, after, posted)


def _perform(work: UnitOfWork, act: Act, case: Case | None, command: Command) -> UUID:
    """Do the act and return the id of its case, which a referral opens."""
    if case is not None and not act.opens_case:
        act.perform(work, CaseId(case.id), command)
        return case.id
    opened: Case = act.perform(work, command)
    return opened.id


@dataclass(frozen=True, slots=True)
class Again:
    """A form that has to be shown again: what was typed, and what to put right."""

    posted: Posted = field(default_factory=Posted)
    problems: list[Problem] = field(default_factory=list)
    status: int = 200


def shown(
    request: Request,
    work: UnitOfWork,
    asked: ActPage,
    case: Case | None,
    again: Again | None = None,
) -> Response:
    """Show the form, with the case it is about, its rule and its last day.

    A form shown again after an error is a view like the first one, and is recorded as one.
    """
    again = again or Again()
    if case is not None and not asked.act.before_declaring:
        record_viewing(work, case, Viewed.FORM, act=asked.act.name)
    form = show(asked.questions, options_for(work, asked, case), again.posted, again.problems)
    return page(
        request,
        asked.template,
        again.status,
        asked=asked,
        case=case,
        form=form,
        once=uuid4(),
        clock=_clock(work, asked, case),
        before=_said_before(work, asked, case),
        role=work.actor.role,
        onward=page_here(again.posted.one("next") or request.query_params.get("next", "")),
        today=work.today,
    )


def options_for(work: UnitOfWork, asked: ActPage, case: Case | None) -> Options:
    """Return what may be chosen on the page, narrowed where the act says so."""
    options = choices_for(work, asked.questions)
    if asked.narrow is None or case is None:
        return options
    return {**options, **asked.narrow(work, case)}


def _done(work: UnitOfWork, asked: ActPage, case_id: UUID, posted: Posted) -> Response:
    """Go on: to where a person who has declared was going, else to the case, if it is open."""
    page_after = f"/cases/{case_id}?done={asked.act.name}"
    if not is_open_to_actor(work, case_id):
        page_after = FIRST_PAGE
    elif asked.act.before_declaring and posted.one("next"):
        page_after = page_here(posted.one("next"))
    return RedirectResponse(page_after, status_code=303)


def _problem(error: CaseworkError, asked: ActPage, answers: Answers) -> Problem:
    if isinstance(error, AnswerRefused):
        return refused(error.field, str(error), asked.questions, answers)
    return Problem("", str(error))


def _clock(work: UnitOfWork, asked: ActPage, case: Case | None) -> RunningClock | None:
    """Return the clock that the act concerns, if it runs on this case."""
    if case is None or asked.act.clock is None:
        return None
    agency = str(work.actor.agency_id or "")
    running = [one for one in clocks(work.session, case.id) if one.clock == asked.act.clock.value]
    mine = [one for one in running if one.subject in ("", agency)]
    return next((one for one in mine if one.met_on is None and one.ended_on is None), None)


def _said_before(work: UnitOfWork, asked: ActPage, case: Case | None) -> list[Told]:
    """Return what was said before and is needed to act now, such as what is to be signed."""
    if case is None or not work.actor.may(Permission.READ_CASE):
        return []
    newest = [all_of(work.session, case.id, one)[-1:] for one in asked.act.shows]
    return tell(work, [entry for found in newest for entry in found])
