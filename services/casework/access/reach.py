"""Which cases are within reach of a role at all, before what each person has declared (rules.md 4).

An agency reaches the cases it referred or was asked about, each of its people also those whose
meeting they are named to attend, who has no account the one to which they were let in, a reviewer
those they are appointed to, a communications lead those whose report is drafted, or that come to
publication (PUB-20). A practitioner opens there no page but that of the learning event: their role
allows none. A system of an agency reaches what the agency does, one of the partnership every case.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, false, or_, true
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select

from services.casework.access.learning import takes_part
from services.database.actions import Action
from services.database.agency_requests import AgencyRequest
from services.database.attendance import cases_attended
from services.database.cases import Case, cases_of
from services.database.guests import guest_of
from services.database.reviewers import cases_reviewed_by
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Permission, Role
from services.domain.workflow import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What tells a case within reach from another: of one case in hand, or asked of the database.

    A case is within reach if any of these takes it: every case, those of the ids, those that the
    agency referred, and those that come to publication.
    """

    every: bool = False
    ids: frozenset[UUID] = frozenset()
    referred_by: UUID | None = None
    publication: bool = False

    def __call__(self, case: Case) -> bool:
        """Tell whether the case is within reach."""
        return (
            self.every
            or case.id in self.ids
            or (self.referred_by is not None and case.referred_by_agency_id == self.referred_by)
            or (self.publication and _comes_to_publication(case))
        )

    @property
    def asked(self) -> ColumnElement[bool]:
        """Return the same as a condition on the rows of the cases."""
        if self.every:
            return true()
        taken: list[ColumnElement[bool]] = [col(Case.id).in_(self.ids)] if self.ids else []
        if self.referred_by is not None:
            taken.append(col(Case.referred_by_agency_id) == self.referred_by)
        if self.publication:
            taken.append(_coming_to_publication())
        return or_(false(), *taken)


def reached_by(work: UnitOfWork) -> Reach:
    """Return what tells whether a case is within reach of the person's role at all (rules.md 4)."""
    actor = work.actor
    if actor.role is Role.LEAD_REVIEWER:
        return Reach(ids=frozenset(cases_reviewed_by(work.session, actor.person_id)))
    if actor.role is Role.AGENCY_LEAD or (actor.is_system and actor.agency_id is not None):
        part = _part_of(work, actor.agency_id)
        attended = cases_attended(work.session, actor.person_id)
        return Reach(ids=frozenset(part | attended), referred_by=actor.agency_id)
    if actor.role is Role.PRACTITIONER:
        return Reach(ids=_case_of_event(work))
    if actor.role is Role.GUEST:
        guest = guest_of(work.session, actor.person_id)
        is_let_in = guest is not None and guest.is_let_in(work.today)
        return Reach(ids=frozenset({guest.case_id} if guest is not None and is_let_in else ()))
    if actor.role is Role.COMMUNICATIONS_LEAD:
        return Reach(publication=True)
    return Reach(every=actor.may(Permission.READ_CASE) or actor.may(Permission.READ_OWN_PART))


def _case_of_event(work: UnitOfWork) -> frozenset[UUID]:
    """Return the case to whose learning event the practitioner may come in now, if any."""
    invited = guest_of(work.session, work.actor.person_id)
    if invited is None:
        return frozenset()
    case = cases_of(work.session, {invited.case_id}).get(invited.case_id)
    comes_in = case is not None and takes_part(work, case, invited)
    return frozenset({invited.case_id} if comes_in else ())


def _part_of(work: UnitOfWork, agency_id: UUID | None) -> set[UUID]:
    """Return the cases on which the agency was asked for something, or owns an action."""
    asked = select(AgencyRequest.case_id).where(AgencyRequest.agency_id == agency_id)
    owned = select(Action.case_id).where(Action.agency_id == agency_id)
    return {*work.session.exec(asked), *work.session.exec(owned)}


def _comes_to_publication(case: Case) -> bool:
    """Tell whether publication is planned, or may be: a version of the report is there (PUB-20)."""
    is_drafted = case.stage is Stage.LOCAL_REVIEW and case.report_version > 0
    return is_drafted or case.stage is Stage.PUBLICATION or case.publish_on is not None


def _coming_to_publication() -> ColumnElement[bool]:
    """Return the same as a condition on the rows."""
    stage = col(Case.stage)
    is_drafted = and_(stage == Stage.LOCAL_REVIEW, col(Case.report_version) > 0)
    return or_(is_drafted, stage == Stage.PUBLICATION, col(Case.publish_on).is_not(None))
