"""The page on which the points of a partnership's own test are answered, by whoever wishes to."""

from typing import Any

from services.casework.steps.local_test import (
    ANSWER_LOCAL_TEST,
    AnswerLocalTest,
    AnswerToPoint,
    points_of,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.plain_text import capital
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _points(_work: UnitOfWork, case: Case) -> Options:
    """Offer the points of the policy that the case follows."""
    found = points_of(case)
    return {
        "answers.point": tuple(
            Choice(str(one.id), one.text, capital(label(one.beside))) for one in found
        )
    }


def _each_once(_work: UnitOfWork, case: Case) -> AnswerLocalTest:
    """Return a row for each point, of which the answer is left blank."""
    told: list[dict[str, Any]] = [{"point": one.id} for one in points_of(case)]
    rows = tuple(AnswerToPoint.model_construct(**one) for one in told)
    return AnswerLocalTest.model_construct(answers=rows)


PAGES = (
    ActPage(
        act=ANSWER_LOCAL_TEST,
        path="test-of-our-own",
        title="Answer our own test",
        button="Keep the answers",
        done="The answers are kept. Nothing waits for them.",
        narrow=_points,
        prefill=_each_once,
    ),
)
