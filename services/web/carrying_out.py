"""What becomes of a posted form that is no act on a case: understood, done once, or shown again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi.responses import RedirectResponse

from services.casework.commands import Command
from services.casework.form_keys import was_repeated
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.act_form import Again
from services.web.errors import status_of
from services.web.forms.fields import Options, Question
from services.web.forms.parsing import Problem, read
from services.web.forms.validation import refused, understand
from services.web.kept_forms import AGAIN
from services.web.posted_form import Posted

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class FormSent:
    """A form that was sent: the command that it makes, its questions, what may be chosen in it."""

    command: type[Command]
    questions: tuple[Question, ...]
    posted: Posted
    options: Options = field(default_factory=dict)


def carry_out(work: UnitOfWork, sent: FormSent, do: Callable[[Any], Done]) -> Done | Again:
    """Do what was posted, and return what came of it.

    What is refused undoes itself: then the form is returned as it is to be shown again, with the
    answers that were typed.
    """
    answers = read(sent.questions, sent.posted, sent.options)
    command = understand(sent.command, sent.questions, answers)
    if isinstance(command, list):
        return Again(sent.posted, command, 422)
    try:
        with work.savepoint():
            return do(command)
    except AnswerRefused as error:
        problem = refused(error.field, str(error), sent.questions, answers)
        return Again(sent.posted, [problem], 422)
    except RuleBroken as error:
        return Again(sent.posted, [Problem("", str(error))], status_of(error))


def gone_on(work: UnitOfWork, where: str) -> RedirectResponse:
    """Go on to a page of ours, which says so if this very form had been sent before."""
    return gone_to(where, again=was_repeated(work.session))


def gone_to(where: str, *, again: bool) -> RedirectResponse:
    """Go on to a page of ours; after a form that was sent ``again`` it says: done once."""
    page, mark, part = where.partition("#")
    told = f"{'&' if '?' in page else '?'}{AGAIN}=1" if again else ""
    return RedirectResponse(f"{page}{told}{mark}{part}", status_code=303)
