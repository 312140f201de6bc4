"""Opening a case to read it: who may, and that they did."""

from uuid import UUID, uuid4

from services.casework.acting import said
from services.casework.review_opening import AppointReviewer
from services.database.actions import actions
from services.database.agency_requests import Asked, requests
from services.database.cases import Case, get_case, list_cases
from services.database.decisions import declaration
from services.database.history import Viewing
from services.database.unit_of_work import UnitOfWork
from services.domain.case import Stage
from services.domain.errors import NotFound, NotPermitted
from services.domain.history import Happened
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role

AFTER_DECLARING = frozenset({Role.LEAD_REVIEWER, Role.REVIEW_GROUP_MEMBER})


def open_case(
    work: UnitOfWork, case_id: CaseId, what: str, document_id: UUID | None = None
) -> Case:
    """Return a case to somebody who may read it now, and record what they looked at (G7)."""
    case = case_in_sight(work, case_id)
    if work.actor.role in AFTER_DECLARING and not has_declared(work, case):
        raise NotPermitted(
            "Declare any conflict of interest and sign the confidentiality agreement first."
        )
    record_viewing(work, case, what, document_id)
    return case


def case_in_sight(work: UnitOfWork, case_id: CaseId) -> Case:
    """Return a case that the person may know of; to anybody else there is no such case.

    An agency sees the cases it referred or was asked about, a lead reviewer those they are
    appointed to; a person with a conflict is told no more than that it is not theirs (LC-02).
    """
    case = get_case(work.session, case_id)
    if not _is_in_sight(work, case):
        raise NotFound("There is no such case.")
    declared = declaration(work.session, case.id, work.actor.person_id)
    if declared is not None and declared.has_conflict:
        raise NotPermitted("This case is not available to you.")
    return case


def cases_seen(work: UnitOfWork, *, stage: Stage | None = None, reference: str = "") -> list[Case]:
    """Return the cases that the person may know of, newest first."""
    found = list_cases(work.session, stage=stage, reference=reference)
    return [case for case in found if _is_in_sight(work, case)]


def has_declared(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the person has declared and agreed to keep the case confidential (LC-01)."""
    declared = declaration(work.session, case.id, work.actor.person_id)
    return declared is not None and declared.keeps_confidential


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


def _is_in_sight(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the person's role reaches this case at all (rules.md 4)."""
    if work.actor.role is Role.LEAD_REVIEWER:
        return _is_appointed(work, case)
    if work.actor.role is Role.AGENCY_LEAD:
        return _is_part_of(work, case)
    return work.actor.may(Permission.READ_CASE) or work.actor.may(Permission.READ_OWN_PART)


def _is_appointed(work: UnitOfWork, case: Case) -> bool:
    appointed = said(work, case, Happened.REVIEWER_APPOINTED, AppointReviewer)
    return appointed is not None and appointed.person == work.actor.person_id


def _is_part_of(work: UnitOfWork, case: Case) -> bool:
    agency_id = work.actor.agency_id
    asked = {one.agency_id for kind in Asked for one in requests(work.session, case.id, kind)} | {
        one.agency_id for one in actions(work.session, case.id)
    }
    return agency_id is not None and (agency_id in asked or agency_id == case.referred_by_agency_id)
