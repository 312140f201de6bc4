"""A form that went out as a Word file and comes back: checked, scanned, read, and not kept.

Nothing is recorded by it: its answers go into the form of the act, to be checked there first.
"""

from typing import Final

from services.casework.steps.file_checks import UploadPlace, checked_and_scanned
from services.domain.errors import AnswerRefused
from services.domain.filled_forms import MOST_CHARACTERS
from services.domain.word_forms import (
    FormBroughtBack,
    FormIdentity,
    WordForm,
    brought_back,
    identity_in,
)
from services.domain.word_headings import under_headings
from services.storage.checking import Checked
from services.storage.office_controls import controls_of
from services.storage.office_text import paragraphs_of

_NO_FORM: Final = (
    "This file does not say of which form and case it is, or its last line was changed. Take the "
    "Word form from this page again, and copy the answers into it."
)


def form_brought_back(
    place: UploadPlace, form: WordForm, file: tuple[str, bytes], *, must_be_scanned: bool
) -> FormBroughtBack:
    """Return the answers of a filled form, with no transaction open.

    ``form`` is how it would go out now. Raises AnswerRefused("file") for a file that is no such
    form or of another case, FileIsHarmful where the scan found something. No refusal repeats what
    stands in the file.
    """
    checked, scan = checked_and_scanned(place.scanner, file)
    if checked.extension != "docx":
        raise AnswerRefused("file", "Choose the filled Word form (.docx).")
    if not scan.lets_read(is_demanded=must_be_scanned):
        raise AnswerRefused("file", "The virus scanner does not answer now. Try again later.")
    return _read(checked, form)


def _read(checked: Checked, form: WordForm) -> FormBroughtBack:
    lines = paragraphs_of(checked.content)
    if sum(map(len, lines)) > MOST_CHARACTERS:
        raise AnswerRefused("file", "This file holds more text than the form can. Shorten it.")
    identity = _must_be_of(form.identity, identity_in(lines))
    found = brought_back(identity, controls_of(checked.content))
    if not found.answers:
        found = brought_back(identity, under_headings(lines, form))
    if not found.answers:
        raise AnswerRefused("file", "No question of this form is found in the file.")
    return found


def _must_be_of(here: FormIdentity, found: FormIdentity | None) -> FormIdentity:
    """Refuse a file of another form or case; one of an older version is read as far as it goes."""
    if found is None:
        raise AnswerRefused("file", _NO_FORM)
    if found.act != here.act:
        raise AnswerRefused("file", "This file is of another form. Choose the one of this page.")
    if found.case != here.case:
        raise AnswerRefused("file", "This form was made for another case.")
    return found
