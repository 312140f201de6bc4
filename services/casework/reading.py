"""Opening a case to read it: who may, and that they did."""

from uuid import UUID, uuid4

from services.casework.acting import said
from services.casework.review_opening import AppointReviewer
from services.database.actions import actions
from services.database.agency_requests import Asked, requests
from services.database.cases import Case, get_case
from services.database.decisions import declaration
from services.database.documents import Document, Standing, get_document
from services.database.history import Viewing
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotFound, NotPermitted, RuleBroken
from services.domain.history import Happened
from services.domain.identifiers import CaseId, DocumentId
from services.domain.roles import Permission, Role

AFTER_DECLARING = frozenset({Role.LEAD_REVIEWER, Role.REVIEW_GROUP_MEMBER})


def open_case(work: UnitOfWork, case_id: CaseId, what: str = "the case") -> Case:
    """Return the case to somebody who may read all of it, and record that they looked (G7)."""
    work.actor.must(Permission.READ_CASE)
    case = get_case(work.session, case_id)
    must_be_clear(work, case)
    record_viewing(work, case, what)
    return case


def open_own_part(work: UnitOfWork, case_id: CaseId, what: str = "their part") -> Case:
    """Return the case to an agency that was asked or referred; nobody else learns of it."""
    work.actor.must(Permission.READ_OWN_PART)
    case = get_case(work.session, case_id)
    if work.actor.role is Role.AGENCY_LEAD and not _is_part_of(work, case):
        raise NotFound("There is no such case.")
    record_viewing(work, case, what)
    return case


def open_document(work: UnitOfWork, case_id: CaseId, document_id: DocumentId) -> Document:
    """Return a document that may be read, and record that it was (rules.md 4)."""
    work.actor.must(Permission.KEEP_DOCUMENTS)
    case = get_case(work.session, case_id)
    must_be_clear(work, case)
    document = get_document(work.session, case_id, document_id)
    if document.standing is not Standing.KEPT:
        raise RuleBroken("This file has not passed its check, so it cannot be opened.")
    record_viewing(work, case, document.title, document.id)
    return document


def must_be_clear(work: UnitOfWork, case: Case) -> None:
    """Refuse a person with a conflict, and one who must declare first (LC-01, LC-02, G7)."""
    declared = declaration(work.session, case.id, work.actor.person_id)
    if declared is not None and declared.has_conflict:
        raise NotPermitted("This case is not available to you.")
    if work.actor.role is Role.LEAD_REVIEWER and not _is_appointed(work, case):
        raise NotFound("There is no such case.")
    if work.actor.role in AFTER_DECLARING and declared is None:
        raise NotPermitted(
            "Declare any conflict of interest and sign the confidentiality agreement first."
        )


def record_viewing(
    work: UnitOfWork, case: Case, what: str, document_id: UUID | None = None
) -> None:
    """Record who looked at what; there is no switch to turn this off."""
    work.session.add(
        Viewing(
            tenant_id=case.tenant_id,
            id=uuid4(),
            case_id=case.id,
            document_id=document_id,
            what=what,
            person_id=work.actor.person_id,
            role=work.actor.role,
            at=work.now,
        )
    )


def _is_appointed(work: UnitOfWork, case: Case) -> bool:
    appointed = said(work, case, Happened.REVIEWER_APPOINTED, AppointReviewer)
    return appointed is not None and appointed.person == work.actor.person_id


def _is_part_of(work: UnitOfWork, case: Case) -> bool:
    agency_id = work.actor.agency_id
    asked = {one.agency_id for kind in Asked for one in requests(work.session, case.id, kind)} | {
        one.agency_id for one in actions(work.session, case.id)
    }
    return agency_id is not None and (agency_id in asked or agency_id == case.referred_by_agency_id)
