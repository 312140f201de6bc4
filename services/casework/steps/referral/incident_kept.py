"""What the case keeps of the incident and its children, from the referral or its correction."""

from collections.abc import Iterable

from services.casework.steps.referral.referred import ChildParticulars, Referral
from services.database.cases import Case, Child
from services.database.unit_of_work import UnitOfWork
from services.domain.incidents import Suspicion, owes_notification
from services.domain.subjects import Harm


def set_incident(case: Case, referral: Referral) -> None:
    """Set on the case what the rules ask of the incident: it follows from each child's own.

    A death in care belongs to the child who died: a looked-after brother starts no clock (NOT-05).
    """
    subjects = referral.subjects
    case.incident_on = referral.incident_on
    case.is_death = any(one.harm is Harm.DEATH for one in subjects)
    case.is_looked_after_death = any(one.is_looked_after_death for one in subjects)
    case.is_care_leaver_death = any(one.is_care_leaver_death for one in subjects)
    # The authority weighs a suspicion that was stated: no form takes it back (NOT-13).
    case.abuse_suspected |= referral.suspicion is not Suspicion.NEITHER
    case.has_child = any(one.is_child for one in subjects)
    case.duty_elsewhere = not owes_notification(referral.area, referral.residence)


def keep_children(
    work: UnitOfWork, case: Case, told: Iterable[ChildParticulars], *, version: int
) -> None:
    """Keep the children as this version tells of them; a request is told before any referral."""
    for place, child in enumerate(told, start=1):
        work.session.add(
            Child(
                tenant_id=case.tenant_id,
                case_id=case.id,
                version=version,
                place=place,
                name=child.name,
                born_on=child.born_on,
                particulars=child.model_dump(mode="json"),
            )
        )
    work.session.flush()
