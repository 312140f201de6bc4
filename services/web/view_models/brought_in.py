"""What a page tells of the answers that a filled Word form brought into it, as they stand now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from services.casework.commands import Kind
from services.casework.steps.scoping.return_questions import SubmitReturn
from services.web.act_pages.act_page import ActPage
from services.web.forms.brought_in import (
    ANOTHER,
    BESIDE,
    LEFT_OVER,
    NOT_ASKED,
    NOT_THERE,
    PUT_IN,
    STAYS,
    UNANSWERED,
    UNREAD,
    read_alone,
    same_answer,
    typed_as,
)
from services.web.forms.fields import Question, questions
from services.web.forms.messages import heading
from services.web.forms.parsing import TOLD, in_row, row_count
from services.web.forms.text import is_blank
from services.web.posted_form import Posted

_NOT_AN_ANSWER: Final[Mapping[Kind, str]] = {
    Kind.YES_NO: "this is no plain yes or no",
    Kind.MOMENT: "this is no day and time that can be read",
}


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """One question, by what it is called, and what is to be known of its answer."""

    called: str
    words: str = ""
    message: str = ""


@dataclass(slots=True)
class BroughtIn:
    """What became of each answer; what has been answered since is told no more.

    ``hidden`` carries it with the form, so that it is kept with the draft. ``left_over`` was typed
    where the form asks nothing any more.
    """

    hidden: dict[str, str]
    put_in: list[str]
    to_mend: list[ToldAnswer]
    otherwise: list[ToldAnswer]
    unanswered: list[str]
    not_there: list[str]
    stays: list[str]
    not_asked: list[str]
    beside: str
    left_over: str


def brought_in(asked: ActPage, posted: Posted) -> BroughtIn | None:
    """Return what is told above the form, if answers of a file stand in it."""
    hidden = {name: posted.one(name) for name in posted.answers if name.startswith(TOLD)}
    if not asked.takes_filled_form or not hidden:
        return None
    beside, left = hidden.get(BESIDE, ""), hidden.get(LEFT_OVER, "")
    found = BroughtIn(hidden, [], [], [], [], [], [], [], beside, left)
    for called, question in _each(asked.questions, posted):
        _tell(found, called, question, posted)
    here = {one.name for one in asked.questions}
    found.not_asked = [
        one.label
        for one in questions(SubmitReturn)
        if one.name not in here and hidden.get(f"{TOLD}{one.name}") == NOT_ASKED
    ]
    return found


def _each(asked: tuple[Question, ...], posted: Posted) -> Iterator[tuple[str, Question]]:
    """Yield each question, those of each row of a list with the name of the row."""
    for question in asked:
        yield question.label, question
        if question.kind is not Kind.ROWS:
            continue
        for number in range(row_count(question, posted)):
            row = in_row(replace(question, rows=question.asked), number)
            about = posted.one(row[0].name).strip() or heading(question, number)
            for one in row:
                yield f"{about}: {one.label}", one


def _tell(found: BroughtIn, called: str, question: Question, posted: Posted) -> None:
    became, _, words = found.hidden.get(f"{TOLD}{question.name}", "").partition(" ")
    is_answered = not all(is_blank(posted.one(name)) for name in question.parts)
    if became == PUT_IN and is_answered:
        problems = read_alone(question, posted).problems
        if problems:
            found.to_mend.append(ToldAnswer(called, message=problems[0].message))
        else:
            found.put_in.append(called)
    elif became == UNREAD and not is_answered:
        message = _NOT_AN_ANSWER.get(question.kind, "")
        found.to_mend.append(ToldAnswer(called, words, message))
    elif became == ANOTHER and not _says(question, posted, words):
        found.otherwise.append(ToldAnswer(called, words))
    elif became == UNANSWERED and not is_answered:
        found.unanswered.append(called)
    elif became == NOT_THERE and not is_answered:
        found.not_there.append(called)
    elif became == STAYS and is_answered:
        found.stays.append(called)


def _says(question: Question, posted: Posted, words: str) -> bool:
    said = {name: (one,) for name, one in typed_as(question, words).items()}
    return bool(said) and same_answer(question, posted, Posted(said))
