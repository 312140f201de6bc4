"""How a workbook comes in: the questions of the page, the file read, and the page shown again."""

from typing import Any
from uuid import uuid4

from fastapi import Request, Response

from services.casework.steps.local_review.chronology_file import SentTable
from services.casework.taking_over.as_of_then import case_named
from services.casework.workbook_file import sheets_of_file
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import AnswerRefused, NotFound
from services.web.app_state import site_of
from services.web.bringing_in.asked import ASKED, OF_THE_PAGE
from services.web.bringing_in.carried import book_in
from services.web.bringing_in.cells import Book
from services.web.bringing_in.outcomes import Tried
from services.web.dependencies import Transactions
from services.web.forms.parsing import Problem, read
from services.web.forms.rendering import show
from services.web.posted_form import Posted
from services.web.rendering import page


def book_sent(request: Request, transaction: Transactions, posted: Posted) -> Book:
    """Return what the workbook says that was sent, or that the page carried from a look at it.

    Raises AnswerRefused with what is wrong, FileIsHarmful where the scan found something.
    """
    if posted.one("sheets"):
        return book_in(posted.one("sheets"))
    answers = read(ASKED, posted, {})
    for problem in answers.problems:
        raise AnswerRefused(problem.field, problem.message)
    with transaction() as work:
        must_be_scanned = stored_policy(work.partnership.policy).hold_until_scanned
    file: Any = answers.values["file"]
    sent = SentTable(file.name, file.content.read(), must_be_scanned)
    return sheets_of_file(site_of(request).neighbours, sent)


def case_meant(work: UnitOfWork, posted: Posted) -> Case | None:
    """Return the case that is named, if one is; whoever has a conflict goes no further.

    Raises AnswerRefused beside the question.
    """
    if posted.only("agrees") != "yes":
        raise AnswerRefused("agrees", "Somebody without a conflict of interest brings it in.")
    reference = posted.only("reference").strip()
    if not reference:
        return None
    try:
        return case_named(work, reference)
    except NotFound:
        raise AnswerRefused(
            "reference",
            "No case of this reference is open to you. Check it, and declare on the case first.",
        ) from None


def shown(
    request: Request,
    posted: Posted,
    problem: AnswerRefused | None = None,
    look: tuple[Tried, str] | None = None,
) -> Response:
    """Show the form, what stands in its way, or what the workbook would make."""
    problems = [Problem(problem.field, str(problem))] if problem is not None else []
    tried, sheets = look if look is not None else (None, "")
    status = 422 if problems or (tried is not None and tried.problems) else 200
    return page(
        request,
        "pages/bring_in.html",
        status,
        form=show(OF_THE_PAGE if tried else ASKED, {}, posted, problems),
        tried=tried,
        sheets=sheets,
        posted=posted,
        once=uuid4(),
    )
