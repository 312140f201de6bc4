"""One act of a workbook: done as of its day, or why it is not."""

from datetime import datetime
from typing import Final

from services.casework.commands import Command
from services.casework.taking_over import as_of_then
from services.casework.taking_over.acts_taken import TakenAct
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.web.act_form import options_for
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import CASE_PAGES, OPENING_PAGES
from services.web.bringing_in import outcomes
from services.web.bringing_in.cells import ActSaid, Book, CellProblem, said_of
from services.web.bringing_in.outcomes import BroughtAct, Tried, left
from services.web.bringing_in.understanding import understood
from services.web.forms.parsing import Answers
from services.web.forms.validation import refused

_MADE: Final = "It is made, as of that day."
PAGES: Final = {one.act.name: one for one in (*OPENING_PAGES, *CASE_PAGES)}


def do(work: UnitOfWork, book: Book, taken: TakenAct, tried: Tried) -> BroughtAct | None:
    """Do one act of the workbook; return what came of it, or nothing where it says nothing."""
    asked, case = PAGES[taken.act.name], tried.case
    if case is None and not taken.act.opens_case:
        return left(taken, "It comes after the referral.") if _says(book, taken) else None
    options = options_for(work, asked, case)
    said = said_of(book, taken, options)
    if not said.fields and not said.problems:
        return None
    if case is not None and as_of_then.is_on_record(work, case, taken.act):
        return left(taken, "It is on record already, and stays as it is.")
    if not work.actor.may(taken.act.permission):
        return left(taken, outcomes.for_whom(taken))
    command, at = understood(said, taken, asked, options, tried)
    if command is None or at is None:
        return left(taken, "It cannot be read yet.")
    return _done(work, (taken, asked, said), (command, at), tried)


def _done(
    work: UnitOfWork,
    what: tuple[TakenAct, ActPage, ActSaid],
    told: tuple[Command, datetime],
    tried: Tried,
) -> BroughtAct:
    (taken, asked, said), (command, at) = what, told
    try:
        with work.savepoint():
            tried.case = as_of_then.done_then(work, taken.act, tried.case, command, at)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), asked.questions, Answers())
        tried.problems.append(CellProblem(said.place_of(problem.field), problem.message))
        return left(taken, "It cannot be so.", at)
    except RuleBroken as error:
        if isinstance(error, AlreadyDone) and tried.case is None:
            raise  # this very file opened a case before
        tried.problems.append(CellProblem(taken.sheet, str(error)))
        return left(taken, "It cannot be done so.", at)
    return BroughtAct(
        taken.sheet, outcomes.called(taken), at, "It is made, as of that day.", is_made=True
    )


def _says(book: Book, taken: TakenAct) -> bool:
    said = said_of(book, taken, {})
    return bool(said.fields)
