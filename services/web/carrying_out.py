"""What becomes of a posted form that is no act on a case: understood, done once, or shown again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.casework.commands import Command
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused, RuleBroken
from services.web.act_form import Again
from services.web.errors import status_of
from services.web.forms.fields import Options, Question
from services.web.forms.parsing import Problem, read
from services.web.forms.validation import refused, understand
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
