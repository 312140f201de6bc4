"""A letter's words as they stand in its Word file, which a person brought back (RR-49).

Nothing is recorded or made by it: the words go into the form of the act, to be read there first.
"""

from dataclasses import dataclass
from uuid import UUID

from pydantic import Field

from services.casework.access.documents import object_name
from services.casework.commands import Command, DispatchChoice
from services.casework.steps.dispatches.dispatch_choice import (
    chosen_dispatch,
    must_see_every_document,
)
from services.casework.steps.dispatches.letter_correction import (
    CorrectLetter,
    letter_in,
    letters_waiting,
    name_of_letter,
    words_of,
)
from services.casework.steps.file_checks import UploadPlace, checked_and_scanned
from services.database.cases import Case
from services.database.dispatches import Dispatch
from services.database.documents import version_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.dispatches import TO_CORRECT
from services.domain.documents import DocumentForm, LetterWords
from services.domain.errors import AnswerRefused
from services.domain.letter_words import words_brought_back
from services.storage import ObjectName
from services.storage.downloads import fetch
from services.storage.office_text import paragraphs_of


class BringLetterBack(Command):
    """Which letter's Word file it is; the file comes beside these words."""

    dispatch: DispatchChoice = Field(title="Which letter?")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFile:
    """The Word file of a letter as it was made: where it lies, and the words that it has."""

    dispatch: UUID
    name: ObjectName
    sha256: str
    version_id: str | None
    words: LetterWords
    must_be_scanned: bool


def word_files_waiting(work: UnitOfWork, case: Case) -> list[list[Dispatch]]:
    """Return the letters that wait and are made as Word files too, each with all its recipients."""
    return [one for one in letters_waiting(work, case) if _has_word_file(one[0])]


def word_file_named(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names such a letter on forms, by that of any of its dispatches."""
    return name_of_letter(word_files_waiting(work, case), of)


def word_file_of(work: UnitOfWork, case: Case, dispatch_id: UUID) -> WordFile:
    """Return the Word file of the letter that a form names, while it waits to be sent."""
    dispatch = chosen_dispatch(work, case, dispatch_id, set(TO_CORRECT))
    must_see_every_document(work, case, dispatch)
    found = letter_in(dispatch)
    letter, version = found or (None, 0)
    made = letter and version_of(
        work.session, case.id, kind=letter, form=DocumentForm.WORD, version=version
    )
    if not made:
        raise AnswerRefused("dispatch", "This has no Word file. Put its words right on the page.")
    return WordFile(
        dispatch=dispatch.id,
        name=object_name(made),
        sha256=made.sha256,
        version_id=made.version_id,
        words=words_of(work, case, dispatch),
        must_be_scanned=stored_policy(work.partnership.policy).hold_until_scanned,
    )


def words_in(place: UploadPlace, made: WordFile, file: tuple[str, bytes]) -> CorrectLetter:
    """Return the words of the file that was brought back, with no transaction open.

    It is checked and scanned as every upload is, read, and not kept. Raises AnswerRefused("file"),
    and FileIsHarmful where the scan found something.
    """
    checked, scan = checked_and_scanned(place.scanner, file)
    if checked.extension != "docx":
        raise AnswerRefused("file", "Choose the letter's Word file (.docx).")
    if not scan.lets_read(is_demanded=made.must_be_scanned):
        raise AnswerRefused("file", "The virus scanner does not answer now. Try again later.")
    with fetch(place.store, made.name, made.sha256, made.version_id) as kept:
        as_made = paragraphs_of(kept.read())
    words = words_brought_back(as_made, paragraphs_of(checked.content), made.words)
    return CorrectLetter(
        dispatch=made.dispatch,
        opening="\n\n".join(words.opening),
        closing="\n\n".join(words.closing) or None,
    )


def _has_word_file(dispatch: Dispatch) -> bool:
    found = letter_in(dispatch)
    return found is not None and DocumentForm.WORD in found[0].particulars.forms
