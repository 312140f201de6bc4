"""A form opens with what is known, and says of each such answer where it was said and when."""

from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from services.casework.known_answers import KnownAnswer, known_answers
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import day_month_year
from services.domain.working_days import london_date
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Options, Question
from services.web.forms.filling import as_posted
from services.web.forms.parsing import Problem
from services.web.forms.rendering import ShownField, ShownForm, show
from services.web.forms.text import is_blank
from services.web.posted_form import Posted


def with_known(work: UnitOfWork, asked: ActPage, case: Case, opened: Posted) -> Posted:
    """Return what the form opens with, and what is known where that leaves a question blank."""
    put_in: dict[str, tuple[str, ...]] = {}
    for known in known_answers(work, case, asked.act.name):
        question = _question(asked, known)
        if not _is_answered(question, opened):
            put_in |= _as_posted(question, known)
    return Posted({**opened.answers, **put_in}) if put_in else opened


def show_known(
    work: UnitOfWork,
    asked: ActPage,
    case: Case | None,
    options: Options,
    typed: tuple[Posted, Sequence[Problem]],
) -> ShownForm:
    """Return the form as it is shown, with the source beside each answer that stands as known.

    ``typed`` is what stands in it and what is wrong with that; then no source is told.
    """
    posted, problems = typed
    form = show(asked.questions, options, posted, problems)
    if case is None or problems:
        return form
    marks = {
        known.question: f"From {known.called}, {day_month_year(london_date(known.at))}. "
        "Change it if it is not right."
        for known in known_answers(work, case, asked.act.name)
        if _stands(_question(asked, known), known, posted)
    }
    return replace(form, fields=tuple(_marked(one, marks.get(one.name, "")) for one in form.fields))


def _question(asked: ActPage, known: KnownAnswer) -> Question:
    return next(one for one in asked.questions if one.name == known.question)


def _as_posted(question: Question, known: KnownAnswer) -> dict[str, tuple[str, ...]]:
    said: Any = SimpleNamespace(**{known.question: known.answer})
    return dict(as_posted(said, (question,)).answers)


def _stands(question: Question, known: KnownAnswer, posted: Posted) -> bool:
    """Tell whether the answer stands as it is known; what the form itself opens with: as it may."""
    if known.answer is None:
        return _is_answered(question, posted)
    return all(posted.all(name) == said for name, said in _as_posted(question, known).items())


def _is_answered(question: Question, posted: Posted) -> bool:
    names = {*question.parts, question.name}
    return any(
        not is_blank(text)
        for name, said in posted.answers.items()
        if name in names or name.startswith(f"{question.name}-")
        for text in said
    )


def _marked(field: ShownField, mark: str) -> ShownField:
    return replace(field, hint=f"{field.hint} {mark}".strip()) if mark else field
