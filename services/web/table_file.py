"""A table that is brought in as a file: what was read of it, and what stands in the form."""

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from fastapi import Request, Response

from services.casework.commands import Kind
from services.casework.joint.looking import record_form_viewing
from services.casework.steps.local_review.chronology_pasted import rows_pasted, table_of
from services.casework.steps.local_review.chronology_rows import MOST_PASTED, DatedRow
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.chronologies import StandingRows
from services.domain.errors import AnswerRefused
from services.web.act_form import Again
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Question
from services.web.forms.rendering import show
from services.web.forms.text import is_blank
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.view_models.table_look import TableLook

FILE: Final = Question(
    name="file",
    asks="The table",
    helps="An Excel (.xlsx) or a CSV file. It is checked, read and not kept. No formula in it is "
    "worked out.",
    kind=Kind.DOCUMENT,
    required=True,
)
STANDING: Final = Question(
    name="standing",
    asks="What becomes of the rows that stand in the form already?",
    helps="What was sent before stays on record, whichever you choose.",
    kind=Kind.ONE_OF,
    required=True,
    words=tuple(StandingRows),
)


def table_page(
    request: Request,
    work: UnitOfWork,
    case: Case,
    asked: ActPage,
    shown: tuple[Again, TableLook | None, bool],
) -> Response:
    """Show the form with the file, or what was read of it; what stands in the form is asked of."""
    again, look, is_standing = shown
    record_form_viewing(work, case, asked.act)
    questions = (FILE,) if look is None else (STANDING,) if is_standing else ()
    return page(
        request,
        "pages/table_file.html",
        again.status,
        case=case,
        asked=asked,
        form=show(questions, {}, again.posted, again.problems),
        look=look,
        once=uuid4(),
    )


def rows_question(asked: ActPage) -> str:
    """Return the name of the question whose rows the table holds."""
    return next(one.name for one in asked.questions if one.kind is Kind.ROWS)


def stands_in(asked: ActPage, begun: Posted) -> bool:
    """Tell whether any row stands in the form, typed or pasted."""
    name = rows_question(asked)
    typed = (said for at, said in begun.answers.items() if at.startswith(f"{name}-"))
    return any(not is_blank(one) for said in (*typed, begun.all("pasted")) for one in said)


def taken_over(
    asked: ActPage, begun: Posted, rows: Sequence[DatedRow], standing: StandingRows | None
) -> Posted:
    """Return the form with the rows: beside what stands in it, or in its place.

    Raises AnswerRefused("standing") where a table stands in it that cannot be read itself.
    """
    name, kind = rows_question(asked), type(rows[0])
    if standing is StandingRows.REPLACED:
        others = {at: said for at, said in begun.answers.items() if not at.startswith(f"{name}-")}
        return Posted({**others, "pasted": (table_of(rows),)})
    try:
        before = [row for _number, row in rows_pasted(begun.one("pasted").strip(), kind)]
    except AnswerRefused:
        raise AnswerRefused(
            "standing",
            "The table that stands in the form cannot be read. Go back and put it right, or let "
            "the rows of the file take its place.",
        ) from None
    table = table_of((*before, *rows))
    if len(table) > MOST_PASTED:
        raise AnswerRefused("standing", "Together they hold more text than can be sent in one.")
    return Posted({**begun.answers, "pasted": (table,)})
