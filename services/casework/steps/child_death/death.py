"""Which children of a case died: each has a child death review of their own (PAR-05)."""

from services.casework.steps.referral.referred import RequestedChild, as_child
from services.database.cases import Case, Child, children
from services.database.unit_of_work import UnitOfWork
from services.domain.subjects import ADULT_REVIEWS_FROM, Harm, Subject


def children_who_died(work: UnitOfWork, case: Case) -> list[Child]:
    """Return the children who died, as the newest referral, or the request, tells of them.

    Nobody who was of age is among them.
    """
    if not case.is_death:
        return []
    return [one for one in children(work.session, case.id) if _died(case, one)]


def died_at_16_or_17(work: UnitOfWork, case: Case) -> bool:
    """Tell whether a child of the case died at an age at which two reviews may be due (PAR-02)."""
    subjects = (_who_died(case, one) for one in children_who_died(work, case))
    return any(one is not None and (one.years or 0) >= ADULT_REVIEWS_FROM for one in subjects)


def _died(case: Case, child: Child) -> bool:
    subject = _who_died(case, child)
    return subject is not None and subject.is_child


def _who_died(case: Case, child: Child) -> Subject | None:
    told = as_child(child.particulars)
    died = told.died if isinstance(told, RequestedChild) else told.harm is Harm.DEATH
    if not died or case.incident_on is None:
        return None
    return Subject(
        incident_on=case.incident_on,
        harm=Harm.DEATH,
        statuses=frozenset(told.statuses),
        born_on=told.born_on,
        expected_on=told.expected_on,
        age=told.age,
    )
