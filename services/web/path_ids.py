"""Which case, paper or number an address names: only the one way of writing an id is taken."""

from typing import Annotated, Final
from uuid import UUID

from fastapi import Depends

from services.domain.errors import NotFound
from services.domain.identifiers import AgencyId, CaseId, DispatchId, DocumentId, PartnershipId

MOST_DIGITS: Final = 6


def id_told(text: str) -> UUID | None:
    """Return the id that was told, in whichever way of writing one, or None where it is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def id_in(text: str) -> UUID:
    """Return the id if it is written as we write ids; anything else is not found."""
    found = id_told(text)
    if found is None or str(found) != text:
        raise NotFound("There is no such thing.")
    return found


def number_told(text: str, most_digits: int = MOST_DIGITS) -> int | None:
    """Return the number that so many plain digits tell at most, or None where they tell none."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= most_digits
    return int(text) if is_number else None


def number_in(text: str) -> int:
    """Return the number of a version if it is written as we write one; else it is not found."""
    number = number_told(text)
    if number is None or str(number) != text:
        raise NotFound("There is no such version.")
    return number


def _case(case_id: str) -> CaseId:
    return CaseId(id_in(case_id))


def _document(document_id: str) -> DocumentId:
    return DocumentId(id_in(document_id))


def _dispatch(dispatch_id: str) -> DispatchId:
    return DispatchId(id_in(dispatch_id))


def _entry(entry_id: str) -> UUID:
    return id_in(entry_id)


def _agency(agency_id: str) -> AgencyId:
    return AgencyId(id_in(agency_id))


def _search(search_id: str) -> UUID:
    return id_in(search_id)


def _view(view_id: str) -> UUID:
    return id_in(view_id)


def _partnership(partnership_id: str) -> PartnershipId:
    return PartnershipId(id_in(partnership_id))


TheAgencyId = Annotated[AgencyId, Depends(_agency)]
TheCaseId = Annotated[CaseId, Depends(_case)]
TheDispatchId = Annotated[DispatchId, Depends(_dispatch)]
TheEntryId = Annotated[UUID, Depends(_entry)]
TheDocumentId = Annotated[DocumentId, Depends(_document)]
ThePartnershipId = Annotated[PartnershipId, Depends(_partnership)]
TheSearchId = Annotated[UUID, Depends(_search)]
TheViewId = Annotated[UUID, Depends(_view)]
