"""Which Word files can be brought into which forms, and how each is read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from services.casework.steps.file_checks import UploadPlace
from services.casework.steps.local_review.draft_report import SUBMIT_DRAFT
from services.casework.steps.local_review.report_from_word import (
    PARTS,
    report_brought_in,
    report_forms_of,
)
from services.casework.steps.publication.changed_text import CHANGE_REPORT
from services.casework.steps.scoping.return_from_word import (
    BLANK_FORM,
    answers_brought_in,
    blank_forms_of,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.filled_forms import FilledForm
from services.web.act_pages.act_page import ActPage


@dataclass(frozen=True, slots=True, kw_only=True)
class WordReader:
    """How a file is read: what was made on the case first, then the file without a transaction.

    ``names`` are those of the questions that such a file answers. ``is_newer`` says that what the
    form opens with is an earlier version of what the file says, which takes its place.
    """

    label: str
    hint: str
    names: frozenset[str]
    forms_of: Callable[[UnitOfWork, Case, str], Any]  # whatever the other of the two takes
    read: Callable[[UploadPlace, Any, tuple[str, bytes]], FilledForm]
    is_newer: bool = False


_NOT_KEPT: Final = (
    "The file is checked, read and not kept; pictures, comments and footnotes in it are not read."
)
_OF_A_RETURN: Final = WordReader(
    label="The filled Word form",
    hint=f"The Word file of the blank form, with the answers typed into it. {_NOT_KEPT}",
    names=BLANK_FORM.names,
    forms_of=blank_forms_of,
    read=answers_brought_in,
)
_OF_A_REPORT: Final = WordReader(
    label="The report as a Word file",
    hint="Each part stands under the heading that the form gives it. The Word file of a version, "
    f"which is among the documents of the case, has them. {_NOT_KEPT}",
    names=frozenset(PARTS),
    forms_of=report_forms_of,
    read=report_brought_in,
    is_newer=True,  # the form opens with the draft that was submitted before
)
_OF_A_CHANGED_TEXT: Final = replace(
    _OF_A_REPORT,
    hint="What it says takes the place of the words that were signed, where you have not changed "
    f"them in the form already. {_OF_A_REPORT.hint}",
)
_READERS: Final = {SUBMIT_DRAFT.name: _OF_A_REPORT, CHANGE_REPORT.name: _OF_A_CHANGED_TEXT}


def reader_of(asked: ActPage) -> WordReader:
    """Return how a file for this form is read."""
    return _READERS.get(asked.act.name, _OF_A_RETURN)
