"""A draft of the report that was written as a Word file, under the headings of its parts.

The file of a version, made from the partnership's template or the standard one, is changed in any
program and brought back; so is one that was begun without it. Nothing is recorded by it: its parts
go into the form of the act, to be read there first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.casework.access.documents import object_name, papers_seen
from services.casework.steps.file_checks import UploadPlace, checked_and_scanned
from services.casework.steps.local_review.draft_said import (
    DraftSubmitted,
    SubmitDraft,
    text_said,
)
from services.casework.steps.local_review.report_versions import versions_read
from services.database.cases import Case
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.errors import AnswerRefused
from services.domain.filled_forms import FilledForm, TextBlock, is_too_much, same_words, texts_of
from services.domain.labels import paper_title
from services.domain.plain_text import without_rules
from services.domain.sectioned_texts import sections_in
from services.storage.downloads import fetch
from services.storage.office_text import blocks_of

_NO_TEXT: Final = frozenset({"anonymised", "detail_kept", "one_alone"})
PARTS: Final = tuple(name for name in SubmitDraft.model_fields if name not in _NO_TEXT)
"""What of the form stands in a report as text, by the names of its questions."""


@dataclass(frozen=True, slots=True)
class ReportForms:
    """The newest Word file of a version, if there is one, and the words of the report in it."""

    made: Document | None
    said: frozenset[str]
    must_be_scanned: bool


def report_forms_of(work: UnitOfWork, case: Case, _agency: str) -> ReportForms:
    """Return what the file that is brought in may have begun as, as far as the actor reads it."""
    seen = (one for one in papers_seen(work, case) if one.kind is DocumentKind.REPORT_VERSION)
    made = next((one for one in seen if one.form == DocumentForm.WORD), None)
    if made is not None:
        work.session.expunge(made)
    said = [text_said(one.command) for one in versions_read(work, case)]
    lines = (line for one in said for name in PARTS for line in getattr(one, name).splitlines())
    return ReportForms(
        made=made,
        said=frozenset(map(same_words, lines)),
        must_be_scanned=stored_policy(work.partnership.policy).hold_until_scanned,
    )


def report_brought_in(
    place: UploadPlace, forms: ReportForms, file: tuple[str, bytes]
) -> FilledForm:
    """Return the parts of a report that was written as a Word file, with no transaction open.

    The file is checked and scanned as every upload is, read, and not kept. Raises
    AnswerRefused("file") for a file in which no part of the report is found, FileIsHarmful where
    the scan found something.
    """
    checked, scan = checked_and_scanned(place.scanner, file)
    if checked.extension != "docx":
        raise AnswerRefused("file", "Choose the report as a Word file (.docx).")
    if not scan.lets_read(is_demanded=forms.must_be_scanned):
        raise AnswerRefused("file", "The virus scanner does not answer now. Try again later.")
    blocks = blocks_of(checked.content)
    if is_too_much(blocks):
        raise AnswerRefused("file", "This file holds more text than a report can. Shorten it.")
    filled = sections_in(blocks, _headings(), _ends(), _made(place, forms), forms.said)
    if not filled.found:
        first = next(_called("overview"))
        raise AnswerRefused(
            "file",
            "No part of the report is found in this file. Each stands under the heading that the "
            f"form gives it, such as “{first}”.",
        )
    if not any(filled.answers.values()):
        raise AnswerRefused("file", "Nothing is written under the headings of this file.")
    return filled


def _headings() -> dict[str, str]:
    return {same_words(title): name for name in PARTS for title in _called(name)}


def _ends() -> frozenset[str]:
    others = DraftSubmitted.model_fields.keys() - set(PARTS)
    return frozenset(same_words(title) for name in others for title in _called(name))


def _called(name: str) -> Iterator[str]:
    """Yield what the form and the paper call a part."""
    title = without_rules(DraftSubmitted.model_fields[name].title or "")
    yield title
    yield paper_title(("DraftSubmitted", "SubmitDraft"), name) or title


def _made(place: UploadPlace, forms: ReportForms) -> frozenset[str]:
    """Return all that the paper of the version says, its own words and those of the report."""
    if forms.made is None:
        return frozenset()
    made = forms.made
    with fetch(place.store, object_name(made), made.sha256, made.version_id) as kept:
        blocks: tuple[TextBlock, ...] = blocks_of(kept.read())
    return texts_of(blocks)
