"""Valid words for an agency's scoping return: of one that was involved, and of one that was not."""

from typing import Any

from services.casework.steps.scoping.return_questions import SubmitReturn
from services.casework.steps.scoping.returns_on_record import CorrectReturn
from tests.words import SAID, words_of

ROBIN = {"name": "Robin Example", "involved": True, "since": "2019", "services": "Health visiting"}
NEEDED = (
    *("author", "point_of_contact", "current", "practitioner_roles", "key_events"),
    *("risk", "learning", "records_held", "representative"),
)


def submit_return(**but: Any) -> SubmitReturn:
    """Return what an agency says that was involved and has secured its records."""
    usual = dict.fromkeys(NEEDED, SAID) | {"family": (ROBIN,), "records_secured": True}
    return words_of(SubmitReturn, but, **usual)


def no_involvement(**but: Any) -> SubmitReturn:
    """Return the two answers of an agency that knew nobody of the family and holds no record."""
    return words_of(SubmitReturn, but, involved=False, holds_records=False)


def correct_return(**but: Any) -> CorrectReturn:
    """Return the same agency's newer return, in which the key events are others."""
    new = {"key_events": "Found since.", "reason": "A second service was found."}
    return words_of(CorrectReturn, submit_return().model_dump() | new | but)
