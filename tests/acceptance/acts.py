"""The acts of the product as the driver does them: their pages, and their example answers.

Both come from the product's own records, so a new act needs one line in a branch: who does it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from pydantic import BaseModel

from services.casework.acts import ACTS
from services.casework.commands import Kind
from services.domain.todos import TODO
from services.domain.workflow import Step
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.forms.fields import Question
from tests.acceptance.answers import FIRST_OFFERED, Answers
from tests.valid_commands import Ids, example

# Acts that open a case: their pages stand below no case.
OPENING: Final = frozenset(name for name, act in ACTS.items() if act.opens_case)
ADD_FILE: Final = "add_file"
OF_FILES: Final = frozenset({ADD_FILE, "add_own_file"})
# An act without a todo belongs to the step of its page's folder.
STEPS: Final[Mapping[str, Step]] = {
    "notification": Step.NOTIFY,
    "scoping": Step.SCOPE,
    "other-reviews": Step.SCOPE,
    "guests": Step.SCOPE,
    "meeting": Step.MEET,
    "rapid-review": Step.SUBMIT,
    "panel": Step.SUBMIT,
    "commissioning": Step.COMMISSION,
    "learning-event": Step.COMMISSION,
    "family": Step.COMMISSION,
    "agency-reports": Step.COMMISSION,
    "report": Step.COMMISSION,
    "publication": Step.PUBLISH,
    "learning": Step.EMBED,
    "documents": Step.SUBMIT,
}
ANY: Final = UUID(int=0)


def page_of(name: str) -> ActPage:
    """Return the page of the act."""
    return ACT_PAGES[name]


def path_of(name: str) -> str:
    """Return the address of the act's page below that of its case."""
    return "documents" if name in OF_FILES else ACT_PAGES[name].path


def title_of(name: str) -> str:
    """Return the title of the act's page."""
    return "Add a file" if name in OF_FILES else ACT_PAGES[name].title


def step_of(name: str) -> Step:
    """Return the step of the guidance to which the act belongs."""
    todo = ACTS[name].todo
    return TODO[todo].step if todo else STEPS.get(path_of(name).partition("/")[0], Step.NOTIFY)


def example_answers(name: str) -> Answers:
    """Return the answers of a valid command of the act, as people give them on its page.

    What the page itself fills in, such as the round that it shows, is no answer.

    A command that names an agency or a person takes the first that its page offers.
    """
    if name in OF_FILES:
        return {"title": "An example"}
    return _answers(example(ACTS[name], Ids(ANY, ANY, ANY)), ACT_PAGES[name].questions)


def _answers(command: BaseModel, questions: tuple[Question, ...]) -> Answers:
    given = {
        question.name: getattr(command, question.name)
        for question in questions
        if question.kind is not Kind.SHOWN
    }
    asked = {question.name: question.asked for question in questions}
    answers = {name: _answer(value, asked[name]) for name, value in given.items()}
    return {name: answer for name, answer in answers.items() if answer is not None}


def _answer(value: object, columns: tuple[Question, ...]) -> object:
    if isinstance(value, UUID):
        return FIRST_OFFERED
    if isinstance(value, BaseModel):
        return _answers(value, columns)
    if isinstance(value, tuple):
        return tuple(_answer(item, columns) for item in value)
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | bool | int | date | datetime):
        return value
    raise TypeError(f"{value!r} is no answer that a page asks for.")
