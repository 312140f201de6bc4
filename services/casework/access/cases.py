"""Opening a case to read it: who may, and that they did."""

from collections.abc import Callable
from uuid import UUID, uuid4

from sqlmodel import col, select

from services.database.actions import Action
from services.database.agency_requests import AgencyRequest
from services.database.cases import Case, get_case, list_cases
from services.database.decisions import conflicts_of, declaration
from services.database.history import Entry, Viewing
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import DeclareFirst, NotFound, NotPermitted
from services.domain.identifiers import CaseId
from services.domain.roles import Permission, Role
from services.domain.viewings import Viewed
from services.domain.workflow import Stage

AFTER_DECLARING = frozenset({Role.LEAD_REVIEWER, Role.REVIEW_GROUP_MEMBER})


def open_case(
    work: UnitOfWork, case_id: CaseId, what: Viewed, document_id: UUID | None = None
) -> Case:
    """Return a case to somebody who may read it now, and record what they looked at (G7)."""
    case = case_to_read(work, case_id)
    record_viewing(work, case, what, document_id)
    return case


def case_to_read(work: UnitOfWork, case_id: CaseId) -> Case:
    """Return a case that the person may read and act on now: they have declared first (G7)."""
    case = get_case(work.session, case_id)
    must_be_open_to_actor(work, case)
    return case


def case_in_sight(work: UnitOfWork, case_id: CaseId) -> Case:
    """Return a case that the person may know of; to anybody else there is no such case.

    An agency sees the cases it referred or was asked about, a lead reviewer those they are
    appointed to, who speaks to the media those that come to publication; a person with a
    conflict is told no more than that it is not theirs (LC-02).
    """
    case = get_case(work.session, case_id)
    must_be_open_to_actor(work, case, before_declaring=True)
    return case


def must_be_open_to_actor(work: UnitOfWork, case: Case, *, before_declaring: bool = False) -> None:
    """Refuse a case that is out of the actor's reach, closed to them, or not yet opened by them.

    Raises NotFound out of reach, NotPermitted after a declared conflict, DeclareFirst before
    the declaration (LC-01, LC-02, G7).
    """
    if not _reached(work)(case):
        raise NotFound("There is no such case.")
    declared = declaration(work.session, case.id, work.actor.person_id)
    if declared is not None and declared.has_conflict:
        raise NotPermitted("You declared a conflict: this case is not available to you (LC-02).")
    if before_declaring or work.actor.role not in AFTER_DECLARING:
        return
    if declared is None or not declared.keeps_confidential:
        raise DeclareFirst(
            "Declare any conflict of interest and sign the confidentiality agreement first."
        )


def cases_seen(work: UnitOfWork, *, stage: Stage | None = None, reference: str = "") -> list[Case]:
    """Return the cases that the person may know of, newest first; none they have a conflict in."""
    found = list_cases(work.session, stage=stage, reference=reference)
    closed_to_them = conflicts_of(work.session, work.actor.person_id)
    reached = _reached(work)
    return [case for case in found if reached(case) and case.id not in closed_to_them]


def has_declared(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the person has declared and agreed to keep the case confidential (LC-01)."""
    declared = declaration(work.session, case.id, work.actor.person_id)
    return declared is not None and declared.keeps_confidential


def record_viewing(
    work: UnitOfWork, case: Case, what: Viewed, document_id: UUID | None = None, act: str = ""
) -> None:
    """Record who looked at what; there is no switch to turn this off."""
    work.session.add(
        Viewing(
            tenant_id=case.tenant_id,
            id=uuid4(),
            case_id=case.id,
            document_id=document_id,
            what=what,
            act=act,
            person_id=work.actor.person_id,
            role=work.actor.role,
            at=work.now,
        )
    )


def _reached(work: UnitOfWork) -> Callable[[Case], bool]:
    """Return whether a case is within reach of the person's role at all (rules.md 4)."""
    actor = work.actor
    if actor.role is Role.LEAD_REVIEWER:
        appointed = _appointed(work)
        return lambda case: appointed.get(case.id) == str(actor.person_id)
    if actor.role is Role.AGENCY_LEAD:
        part = _part_of(work, actor.agency_id)
        return lambda case: case.id in part or _referred(case, actor.agency_id)
    if actor.role is Role.COMMUNICATIONS_LEAD:
        return lambda case: case.stage is Stage.PUBLICATION or case.publish_on is not None
    may_read = actor.may(Permission.READ_CASE) or actor.may(Permission.READ_OWN_PART)
    return lambda _case: may_read


def _appointed(work: UnitOfWork) -> dict[UUID, str]:
    """Return the lead reviewer last appointed to each case of the partnership."""
    question = select(Entry).where(Entry.entry_type == EntryType.REVIEWER_APPOINTED)
    entries = work.session.exec(question.order_by(col(Entry.number)))
    return {entry.case_id: entry.command["person"] for entry in entries}


def _part_of(work: UnitOfWork, agency_id: UUID | None) -> set[UUID]:
    """Return the cases on which the agency was asked for something, or owns an action."""
    asked = select(AgencyRequest.case_id).where(AgencyRequest.agency_id == agency_id)
    owned = select(Action.case_id).where(Action.agency_id == agency_id)
    return {*work.session.exec(asked), *work.session.exec(owned)}


def _referred(case: Case, agency_id: UUID | None) -> bool:
    return agency_id is not None and case.referred_by_agency_id == agency_id
