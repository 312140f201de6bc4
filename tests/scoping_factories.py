"""Valid words for an agency's scoping return, and for an organisation that is asked on one case."""

from typing import Any
from uuid import UUID

from services.casework.steps.scoping.listed_addresses import AnswerListedAddress
from services.casework.steps.scoping.listed_organisations import ListOrganisation
from services.casework.steps.scoping.practices import ListPractices
from services.casework.steps.scoping.return_questions import SubmitReturn
from services.casework.steps.scoping.returns_on_record import (
    ConfirmReturn,
    CorrectReturn,
    EnterReturn,
)
from tests.words import SAID, words_of

PRACTICE = "Elm Practice, Tidewick"
ROBIN = {"name": "Robin Example", "involved": True, "since": "2019", "services": "Health visiting"}
NEEDED_OF_WORDS = (
    *("point_of_contact", "current", "practitioner_roles", "key_events"),
    *("risk", "learning", "records_held"),
)
NEEDED = (*NEEDED_OF_WORDS, "author", "representative")


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


def enter_return(agency: UUID, **but: Any) -> EnterReturn:
    """Return what the business unit enters of an agency that answered by telephone."""
    words = dict.fromkeys(NEEDED_OF_WORDS, SAID) | {"family": (ROBIN,)}
    how = {"agency": agency, "source": "telephone", "caller": "Sam Field, practice manager"}
    return words_of(EnterReturn, but, **words, **how, received_at="2025-12-16 10:00")


def confirm_return(**but: Any) -> ConfirmReturn:
    """Return the same words as the agency confirms them, with what only it can say."""
    return words_of(ConfirmReturn, submit_return().model_dump() | but)


def list_organisation(**but: Any) -> ListOrganisation:
    """Return a GP practice that no list of the partnership has."""
    usual = {"kind": "gp_practice", "name": PRACTICE, "email": "desk@elm-practice.example"}
    return words_of(ListOrganisation, usual | but)


def answer_listed_address(agency: UUID, **but: Any) -> AnswerListedAddress:
    """Return that its address is right."""
    return words_of(AnswerListedAddress, but, agency=agency, is_confirmed=True)


def list_practices(lead: UUID, **but: Any) -> ListPractices:
    """Return two practices that are asked through the lead."""
    named = tuple({"name": one} for one in ("Ash Surgery, Tidewick", "Birch Surgery, Tidewick"))
    return words_of(ListPractices, but, lead=lead, practices=named)
