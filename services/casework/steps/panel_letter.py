"""The Panel's letter itself: the file that was kept of it, or how its answer came otherwise."""

from typing import Annotated

from pydantic import Field

from services.casework.commands import KeptFileChoice, NeededWhen, ShortText
from services.casework.steps.kept_files import kept_files
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AnswerRefused

LetterFile = Annotated[
    KeptFileChoice | None,
    NeededWhen("if it came as a letter"),
    Field(
        title="Which file is its letter?",
        description="Add the letter under Documents first. It stays with the case as it came.",
    ),
]
CameHow = Annotated[
    ShortText | None,
    NeededWhen("if no file is chosen"),
    Field(
        title="How did it come, if not as a letter?",
        description="Such as by telephone: who rang, by post, and who took the call.",
    ),
]


def must_keep_letter(
    work: UnitOfWork, case: Case, letter_file: KeptFileChoice | None, came_how: str | None
) -> None:
    """Refuse an answer of which neither the letter is kept nor is said how it came."""
    if letter_file is None and came_how is None:
        raise AnswerRefused("letter_file", "Choose the file of its letter, or say how it came.")
    if letter_file is not None and letter_file not in {one.id for one in kept_files(work, case)}:
        raise AnswerRefused("letter_file", "Choose one of the files that were added to this case.")
