"""Which children of a case died: each has a child death review of their own (PAR-05)."""

from services.casework.steps.referral.referred import RequestedChild, as_child
from services.database.cases import Case, Child, children
from services.database.unit_of_work import UnitOfWork
from services.domain.subjects import Harm, Subject


def children_who_died(work: UnitOfWork, case: Case) -> list[Child]:
    """Return the children who died, as the newest referral, or the request, tells of them.

    Nobody who was of age is among them.
    """
    if not case.is_death:
        return []
    return [one for one in children(work.session, case.id) if _died(case, one)]


def _died(case: Case, child: Child) -> bool:
    told = as_child(child.particulars)
    died = told.died if isinstance(told, RequestedChild) else told.harm is Harm.DEATH
    if not died or case.incident_on is None:
        return False
    return Subject(
        incident_on=case.incident_on,
        harm=Harm.DEATH,
        statuses=frozenset(told.statuses),
        born_on=told.born_on,
        expected_on=told.expected_on,
        age=told.age,
    ).is_child
