"""Which of a case's documents a person may open: all of them, or those about their own part."""

from collections.abc import Set
from typing import Final
from uuid import UUID

from services.casework.access.download_names import download_name
from services.casework.access.learning import kinds_for_invited, papers_at_event
from services.casework.access.meeting import files_for_attendee, kinds_for_attendee
from services.database.cases import Case, get_case
from services.database.documents import Document, DocumentState, documents, get_document
from services.database.partnerships import agency_names
from services.database.stored_files import StoredRow
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId, DocumentId, PartnershipId
from services.domain.roles import Permission, Role
from services.storage import ObjectName

OF_COMMUNICATIONS: Final = frozenset(
    {
        DocumentKind.PUBLICATION_STRATEGY,
        DocumentKind.PRESS_STATEMENT,
        DocumentKind.STAFF_CONFIRMATIONS,
        DocumentKind.PUBLISHED_REPORT,
        DocumentKind.IMPROVEMENT_INFORMATION,
        DocumentKind.IMPROVEMENTS_IN_PLACE,
    }
)

OF_FAMILY_LOG: Final = frozenset(
    {DocumentKind.FAMILY_LETTER, DocumentKind.FAMILY_LEAFLET, DocumentKind.GENOGRAM}
)
"""Papers of the family's part in a local review: who notified the case has no part in it."""


def papers_seen(work: UnitOfWork, case: Case) -> list[Document]:
    """Return the documents that the person may know of, newest first."""
    attended = _attended(work, case)
    return [one for one in documents(work.session, case.id) if _is_for(work, one, attended)]


def paper(work: UnitOfWork, case_id: CaseId, document_id: DocumentId) -> Document:
    """Return one document to somebody who may open it; for everybody else there is none."""
    found = get_document(work.session, case_id, document_id)
    attended = _attended(work, get_case(work.session, case_id))
    if found.standing is not DocumentState.KEPT or not _is_for(work, found, attended):
        raise NotFound("There is no such document on this case.")
    return found


def object_name(stored: StoredRow) -> ObjectName:
    """Return which stored object the row names: the owner is the row's, never the reader's."""
    return ObjectName(PartnershipId(stored.tenant_id), stored.key)


def saved_as(work: UnitOfWork, document: Document, reference: str) -> str:
    """Return the name under which the document of a case of ours is saved."""
    names = {str(one): name for one, name in agency_names(work.session).items()}
    return download_name(document, reference, names.get(document.subject, ""))


def _attended(work: UnitOfWork, case: Case) -> Set[DocumentKind | UUID]:
    """Return the kinds, and the files by their ids, that the actor reads as somebody invited.

    That is to the meeting, in their own person, or to the learning event: for their agency, or as a
    practitioner, who reads nothing else. Whoever reads all is not asked.
    """
    if work.actor.may(Permission.KEEP_DOCUMENTS):
        return frozenset()
    if work.actor.role is Role.PRACTITIONER:
        return papers_at_event(work, case)
    own = kinds_for_attendee(work, case) | kinds_for_invited(work, case)
    return own | files_for_attendee(work, case)


def _is_for(work: UnitOfWork, document: Document, attended: Set[DocumentKind | UUID]) -> bool:
    """Tell whether the paper is the actor's: an agency's are those made for or by it (RR-41)."""
    if work.actor.role is Role.NOTIFIER and document.kind in OF_FAMILY_LOG:
        return False
    if work.actor.role is Role.PRACTITIONER:
        return document.id in attended
    if work.actor.may(Permission.KEEP_DOCUMENTS) or {document.kind, document.id} & attended:
        return True
    if work.actor.role is Role.COMMUNICATIONS_LEAD:
        return document.kind in OF_COMMUNICATIONS
    if document.kind is DocumentKind.REFERRAL and not _referred_by_own(work, document):
        return False
    return _is_of_own_agency(work, document)


def _is_of_own_agency(work: UnitOfWork, document: Document) -> bool:
    """Tell whether it is made for or by the actor's agency, or is the briefing for every one.

    Each agency gives that to its staff: it names nobody (EMB-07).
    """
    if work.actor.agency_id is None:
        return False
    is_briefing = document.kind is DocumentKind.PRACTICE_BRIEFING
    return is_briefing or document.subject == str(work.actor.agency_id)


def _referred_by_own(work: UnitOfWork, document: Document) -> bool:
    """Tell whether the actor's agency referred the case; one named in error reads it no longer."""
    case = get_case(work.session, CaseId(document.case_id))
    return case.referred_by_agency_id == work.actor.agency_id
