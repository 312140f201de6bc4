"""On whom something that is to be done waits."""

from collections.abc import Mapping
from uuid import UUID

from services.database.assignments import Assignment
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.domain.parties import party_name


def whom(work: UnitOfWork, one: Assignment, named: Mapping[UUID, str]) -> str:
    """Return on whom it waits: an agency by name, a partner by its seat, else a role."""
    if one.agency_id is not None:
        return named.get(one.agency_id, "an agency")
    if one.seat is None:
        return label(one.role)
    seat = party_name(one.seat, one.authority, work.partnership.authorities)
    return seat if one.authority else f"{seat} partner"
