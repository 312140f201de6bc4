"""A letter that waits to be sent, put right in its own words before it goes (RR-49, GOV-16)."""

import re
from typing import Final

from pydantic import Field

from services.casework.act import Act, Entered, begin, latest_command, record_entry_as
from services.casework.commands import Command, DispatchChoice, LongText
from services.casework.effects.orders import order_worded
from services.casework.steps.dispatches.dispatch_choice import (
    chosen_dispatch,
    in_states,
    must_see_every_document,
)
from services.casework.steps.dispatches.dispatched import make_again
from services.database.cases import Case
from services.database.dispatches import Dispatch, occasions_of
from services.database.documents import version_of
from services.database.unit_of_work import UnitOfWork
from services.documents.wording import standard_words
from services.domain.dispatches import TO_CORRECT, DispatchState, Notice
from services.domain.documents import DocumentForm, DocumentKind, LetterWords
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage

_EMPTY_LINE: Final = re.compile(r"\n[ \t]*\n")


class CorrectLetter(Command):
    """The words of a letter or notice that waits to be sent, put right before it goes.

    What it tells of the case comes from the record, and is put right there. It is made again as a
    new version; read that before it is sent.
    """

    dispatch: DispatchChoice = Field(title="Which letter?")
    opening: LongText = Field(
        title="What does it say before what is on record?",
        description="With the salutation. An empty line begins a new paragraph.",
    )
    closing: LongText | None = Field(
        default=None,
        title="What does it say after it?",
        description="The name of the business manager follows by itself.",
    )


class CorrectedLetter(Command):
    """What is kept of it: the letter by what it is about, and the version that was put right."""

    notice: Notice = Field(title="Which letter?")
    letter: DocumentKind = Field(title="Which of its documents?")
    version: int = Field(title="Which version was put right?")
    opening: str = Field(title="What does it say before what is on record?")
    closing: str | None = Field(title="What does it say after it?")

    @property
    def words(self) -> LetterWords:
        """Return the paragraphs."""
        return _paragraphs(self.opening, self.closing)


def correct_letter(work: UnitOfWork, case_id: CaseId, command: CorrectLetter) -> Case:
    """Have a letter made again with these words; whoever was not sent it yet is sent the new one.

    What was sent stays as it was, and so does every version (RR-49).
    """
    case = begin(work, case_id, CORRECT_LETTER, command)
    chosen = chosen_dispatch(work, case, command.dispatch, set(TO_CORRECT))
    letter, version = _letter_of(chosen)
    must_see_every_document(work, case, chosen)
    if _paragraphs(command.opening, command.closing) == words_of(work, case, chosen):
        raise AnswerRefused("opening", "These are the words that it has. Change what is wrong.")
    kept = CorrectedLetter(
        notice=chosen.notice,
        letter=letter,
        version=version,
        opening=command.opening,
        closing=command.closing,
    )
    entered = Entered(subject=_subject(chosen), kept=kept)
    entry = record_entry_as(work, case, CORRECT_LETTER, command, entered)
    make_again(work, case, chosen, letter, order_worded(work, entry, letter, version))
    return case


CORRECT_LETTER = Act(
    name="correct_letter",
    command=CorrectLetter,
    which="dispatch",
    perform=correct_letter,
    permission=Permission.CORRECT_LETTERS,
    doing="put the words of a letter right",
    stages=frozenset(Stage),
    entry=EntryType.LETTER_CORRECTED,
    kept=CorrectedLetter,
    is_listed=False,
    section=Section.INTERNAL,
    holds_family_data=True,
)


def letters_waiting(work: UnitOfWork, case: Case) -> list[list[Dispatch]]:
    """Return the letters that may be put right now, each with all whom it waits to be sent to."""
    waiting = (one for one in in_states(work, case, TO_CORRECT) if letter_in(one) is not None)
    return list(occasions_of(waiting).values())


def letter_named(work: UnitOfWork, case: Case, of: str) -> str:
    """Return the id that names a waiting letter on forms, by that of any of its dispatches."""
    return name_of_letter(letters_waiting(work, case), of)


def letter_key(work: UnitOfWork, case: Case, of: str) -> str:
    """Return what a letter is known by, also once it has left; nothing if there is none such."""
    found = next((one for one in in_states(work, case, DispatchState) if _is_of(one, of)), None)
    return "" if found is None else _subject(found)


def name_of_letter(waiting: list[list[Dispatch]], of: str) -> str:
    """Return the id that names one of these letters; nothing if the dispatch is of none."""
    found = _letter_to(waiting, of)
    return "" if found is None else str(found[0].id)


def letter_on_record(work: UnitOfWork, case: Case, of: str) -> CorrectLetter | None:
    """Return the words of the letter of this dispatch as they stand, else of the first letter."""
    waiting = letters_waiting(work, case)
    found = _letter_to(waiting, of) or next(iter(waiting), None)
    if found is None:
        return None
    words = words_of(work, case, found[0])
    return CorrectLetter(
        dispatch=found[0].id,
        opening="\n\n".join(words.opening),
        closing="\n\n".join(words.closing) or None,
    )


def words_of(work: UnitOfWork, case: Case, dispatch: Dispatch) -> LetterWords:
    """Return the words that the letter has: those it was last given, else the standard text."""
    given = latest_command(
        work, case, EntryType.LETTER_CORRECTED, CorrectedLetter, _subject(dispatch)
    )
    if given is not None:
        return given.words
    letter, version = _letter_of(dispatch)
    made = version_of(work.session, case.id, kind=letter, form=DocumentForm.PDF, version=version)
    about = made.title if made else ""
    return standard_words(letter, work.partnership.name, about, case.policy)


def letter_in(dispatch: Dispatch) -> tuple[DocumentKind, int] | None:
    """Return which document of the dispatch is a letter, and its version, if one is."""
    letter = dispatch.notice.rule.letter
    named = (one["version"] for one in dispatch.documents if one["kind"] == letter)
    return next(((letter, version) for version in named if letter is not None), None)


def _letter_to(waiting: list[list[Dispatch]], of: str) -> list[Dispatch] | None:
    return next((one for one in waiting if any(_is_of(each, of) for each in one)), None)


def _is_of(dispatch: Dispatch, of: str) -> bool:
    """Tell whether the dispatch is so named, or brings the letter that is so known."""
    return of in {str(dispatch.id), _subject(dispatch)}


def _letter_of(dispatch: Dispatch) -> tuple[DocumentKind, int]:
    found = letter_in(dispatch)
    if found is None:
        raise AnswerRefused(
            "dispatch", "This goes as the partners approved it: nothing in it is put right here."
        )
    return found


def _subject(dispatch: Dispatch) -> str:
    return f"{dispatch.notice}:{dispatch.part}"


def _paragraphs(opening: str, closing: str | None) -> LetterWords:
    return LetterWords(opening=_split(opening), closing=_split(closing or ""))


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in _EMPTY_LINE.split(text))))
