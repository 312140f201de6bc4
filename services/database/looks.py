"""Who looked at a case for an agency that was asked something, and when."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from services.database.history import Viewing
from services.database.people import Membership
from services.domain.roles import Role


def looks_in(
    session: Session, case_id: UUID, roles: Collection[Role]
) -> list[tuple[UUID, datetime]]:
    """Return each look at the case of people in these roles: who and when, oldest first."""
    question = (
        select(Viewing.person_id, Viewing.at)
        .where(Viewing.case_id == case_id, col(Viewing.role).in_(roles))
        .order_by(col(Viewing.at), col(Viewing.id))
    )
    return list(session.exec(question).all())


def agencies_led_by(session: Session, people: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return for which agencies each of these people answers or has answered."""
    question = select(Membership.person_id, Membership.agency_id).where(
        Membership.role == Role.AGENCY_LEAD, col(Membership.person_id).in_(people)
    )
    found: dict[UUID, set[UUID]] = {}
    for person_id, agency_id in session.exec(question).all():
        if agency_id is not None:
            found.setdefault(person_id, set()).add(agency_id)
    return found
