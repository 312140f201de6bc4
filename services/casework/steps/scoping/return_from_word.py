"""An agency's answers as they stand in the Word file of its blank form, which it filled in (Doc 2).

Nothing is recorded by it: the answers go into the form of the act, to be read there first.
"""

from dataclasses import dataclass
from typing import Final

from services.casework.access.documents import object_name, papers_seen
from services.casework.form_parts import blank_form
from services.casework.steps.file_checks import UploadPlace, checked_and_scanned
from services.casework.steps.scoping.return_questions import SubmitReturn
from services.database.cases import Case
from services.database.documents import Document, DocumentState
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.errors import AnswerRefused
from services.domain.filled_forms import (
    FilledForm,
    TextBlock,
    answers_in,
    has_answers,
    is_too_much,
    same_words,
    texts_of,
    told_in_head,
)
from services.storage import ObjectName, Store
from services.storage.downloads import fetch
from services.storage.office_text import blocks_of

BLANK_FORM: Final = blank_form(SubmitReturn)


@dataclass(frozen=True, slots=True)
class _Made:
    """Where one version of a blank form lies."""

    name: ObjectName
    sha256: str
    version_id: str | None


@dataclass(frozen=True, slots=True)
class BlankForms:
    """The blank Word forms that were made for one agency of a case, the newest first."""

    reference: str
    made: tuple[_Made, ...]
    must_be_scanned: bool


def blank_forms_of(work: UnitOfWork, case: Case, agency: str) -> BlankForms:
    """Return what was made for the agency, by its id, as far as the actor may open it."""
    made = [one for one in papers_seen(work, case) if _is_blank_form(one, agency)]
    if not made:
        raise AnswerRefused(
            "file",
            "There is no blank Word form of this agency to compare it with. Type the answers in.",
        )
    return BlankForms(
        reference=case.reference,
        made=tuple(_Made(object_name(one), one.sha256, one.version_id) for one in made),
        must_be_scanned=stored_policy(work.partnership.policy).hold_until_scanned,
    )


def answers_brought_in(
    place: UploadPlace, forms: BlankForms, file: tuple[str, bytes]
) -> FilledForm:
    """Return the answers of a form that was filled in, with no transaction open.

    The file is checked and scanned as every upload is, read, and not kept. Raises
    AnswerRefused("file") for a file that is no such form, or was issued for another case or agency,
    and FileIsHarmful where the scan found something. No refusal repeats what stands in the file.
    """
    checked, scan = checked_and_scanned(place.scanner, file)
    if checked.extension != "docx":
        raise AnswerRefused("file", "Choose the filled Word form (.docx).")
    if not scan.lets_read(is_demanded=forms.must_be_scanned):
        raise AnswerRefused("file", "The virus scanner does not answer now. Try again later.")
    blocks = blocks_of(checked.content)
    if is_too_much(blocks):
        raise AnswerRefused(
            "file",
            "This file holds more text than a scoping form can. Shorten it, or type in what "
            "answers the questions.",
        )
    blank = [_blocks_of_made(place.store, one) for one in forms.made]
    made = frozenset[str]().union(*map(texts_of, blank))
    filled = answers_in(blocks, BLANK_FORM, made)
    if not filled.found:
        raise AnswerRefused("file", "This is no scoping form: no question of the form is in it.")
    _must_be_issued_for(forms.reference, blocks, blank)
    if not has_answers(filled, made):
        raise AnswerRefused("file", "The form in this file is blank. Choose the one filled in.")
    return filled


def _must_be_issued_for(
    reference: str, blocks: tuple[TextBlock, ...], blank: list[tuple[TextBlock, ...]]
) -> None:
    """Refuse a form of another case or agency, by what its head says as it said when made."""
    case, agency = told_in_head(blocks, "Case reference"), told_in_head(blocks, "To")
    if not case or not agency:
        raise AnswerRefused(
            "file",
            "The head of this form does not say for which case and agency it was made. Copy the "
            "answers into the Word form of this case, or type them in.",
        )
    if same_words(case) != same_words(reference):
        raise AnswerRefused("file", "This form was made for another case.")
    if same_words(agency) not in {same_words(told_in_head(one, "To")) for one in blank}:
        raise AnswerRefused("file", "This form was made for another agency.")


def _blocks_of_made(store: Store, made: _Made) -> tuple[TextBlock, ...]:
    with fetch(store, made.name, made.sha256, made.version_id) as kept:
        return blocks_of(kept.read())


def _is_blank_form(document: Document, agency: str) -> bool:
    return (
        document.kind is DocumentKind.SCOPING_FORM
        and document.form == DocumentForm.WORD.value
        and document.subject == agency
        and document.standing is DocumentState.KEPT
    )
