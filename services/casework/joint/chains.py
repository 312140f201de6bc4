"""In whose audit chains an act of a joint review stands besides our own, on which case there."""

from uuid import UUID

from services.casework.joint.membership import fellow_members
from services.database.audit import OtherChain
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork


def fellow_chains(work: UnitOfWork, case: Case) -> tuple[OtherChain, ...]:
    """Return the chains of the other partnerships that take part in the case's joint review."""
    found = fellow_members(work, case)
    return tuple(OtherChain(one.tenant_id, one.case_id) for one in found)


def chain_of(work: UnitOfWork, case: Case, partnership_id: UUID) -> OtherChain:
    """Return the chain of one partnership, without a case while it takes no part in the review."""
    found = (one for one in fellow_chains(work, case) if one.partnership_id == partnership_id)
    return next(found, OtherChain(partnership_id))
