"""What becomes of a posted act: its answers read, the act done once, and where to go on."""

from uuid import UUID

from fastapi import Request, Response

from services.casework.access.cases import case_in_sight, case_to_read
from services.casework.act import Act
from services.casework.commands import Command
from services.casework.form_keys import repeated_case
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, AnswerRefused, CaseworkError, RuleBroken
from services.domain.identifiers import CaseId
from services.web.act_form import Again, options_for, shown
from services.web.act_pages.act_page import ActPage
from services.web.after_act import after_act
from services.web.carrying_out import gone_to
from services.web.errors import status_of
from services.web.forms.parsing import TAKE, Answers, Problem, read
from services.web.forms.validation import refused, understand
from services.web.meanwhile import must_have_seen, taken
from services.web.posted_form import Posted
from services.web.rendering import page


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
    if name := posted.one(TAKE):
        return shown(request, work, asked, case, Again(taken(work, asked, case, posted, name)))
    acted_on = repeated_case(work)
    options = options_for(work, asked, case) if acted_on is None else None
    answers = read(asked.questions, posted, options)
    command = understand(asked.act.command, asked.questions, answers)
    if isinstance(command, list):
        return shown(request, work, asked, case, Again(posted, command, 422))
    try:
        with work.savepoint():
            if acted_on is None:
                must_have_seen(work, asked, case, posted)
            after, told = perform(work, asked.act, case, command)
    except (AnswerRefused, RuleBroken) as error:
        if isinstance(error, AlreadyDone) and (acted_on := repeated_case(work)) is not None:
            return gone_to(after_act(work, asked, acted_on, posted), again=True)
        again = Again(posted, [_problem(error, asked, answers)], status_of(error))
        return shown(request, work, asked, case, again)
    if asked.told_once:
        return page(request, asked.told_once, asked=asked, case=case, told=told)
    return gone_to(after_act(work, asked, after, posted), again=False)


def perform(work: UnitOfWork, act: Act, case: Case | None, command: Command) -> tuple[UUID, object]:
    """Do the act; return the id of its case, which a referral opens, and what the act returned."""
    if case is not None and not act.opens_case:
        return case.id, act.perform(work, CaseId(case.id), command)
    opened: Case = act.perform(work, command)
    return opened.id, opened


def _problem(error: CaseworkError, asked: ActPage, answers: Answers) -> Problem:
    if isinstance(error, AnswerRefused):
        return refused(error.field, str(error), asked.questions, answers)
    return Problem("", str(error))
