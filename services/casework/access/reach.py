"""Which cases are within reach of a role at all, before what each person has declared (rules.md 4).

An agency reaches the cases it referred or was asked about, each of its people also those whose
meeting they are named to attend, who has no account the one to which they were let in, a reviewer
those they are appointed to, a communications lead those whose report is drafted, or that come to
publication (PUB-20). A practitioner opens there no page but that of the learning event: their role
allows none.
"""

from collections.abc import Callable
from uuid import UUID

from sqlmodel import select

from services.casework.access.learning import takes_part
from services.database.actions import Action
from services.database.agency_requests import AgencyRequest
from services.database.attendance import cases_attended
from services.database.cases import Case
from services.database.guests import guest_of
from services.database.reviewers import cases_reviewed_by
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission, Role
from services.domain.workflow import Stage


def reached_by(work: UnitOfWork) -> Callable[[Case], bool]:
    """Return what tells whether a case is within reach of the person's role at all (rules.md 4)."""
    actor = work.actor
    if actor.role is Role.LEAD_REVIEWER:
        reviewed = cases_reviewed_by(work.session, actor.person_id)
        return lambda case: case.id in reviewed
    if actor.role is Role.AGENCY_LEAD:
        part = _part_of(work, actor.agency_id)
        attended = cases_attended(work.session, actor.person_id)
        return lambda case: case.id in part | attended or _referred(case, actor.agency_id)
    if actor.role is Role.PRACTITIONER:
        invited = guest_of(work.session, actor.person_id)
        return lambda case: (
            invited is not None and case.id == invited.case_id and takes_part(work, case, invited)
        )
    if actor.role is Role.GUEST:
        guest = guest_of(work.session, actor.person_id)
        is_let_in = guest is not None and guest.is_let_in(work.today)
        return lambda case: is_let_in and guest is not None and case.id == guest.case_id
    if actor.role is Role.COMMUNICATIONS_LEAD:
        return _comes_to_publication
    may_read = actor.may(Permission.READ_CASE) or actor.may(Permission.READ_OWN_PART)
    return lambda _case: may_read


def _part_of(work: UnitOfWork, agency_id: UUID | None) -> set[UUID]:
    """Return the cases on which the agency was asked for something, or owns an action."""
    asked = select(AgencyRequest.case_id).where(AgencyRequest.agency_id == agency_id)
    owned = select(Action.case_id).where(Action.agency_id == agency_id)
    return {*work.session.exec(asked), *work.session.exec(owned)}


def _comes_to_publication(case: Case) -> bool:
    """Tell whether publication is planned, or may be: a version of the report is there (PUB-20)."""
    is_drafted = case.stage is Stage.LOCAL_REVIEW and case.report_version > 0
    return is_drafted or case.stage is Stage.PUBLICATION or case.publish_on is not None


def _referred(case: Case, agency_id: UUID | None) -> bool:
    return agency_id is not None and case.referred_by_agency_id == agency_id
