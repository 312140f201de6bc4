"""What was logged, or said in a request for a review, as the form of a referral opens with it."""

from typing import Any

from services.casework.act import latest_command
from services.casework.steps.referral.lead_said import LogLead
from services.casework.steps.referral.referral import ReferOn
from services.casework.steps.referral.referred import (
    ChildParticulars,
    ReferredChild,
    RequestedChild,
)
from services.casework.steps.referral.requested import RequestReview
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.subjects import Harm


def logged_as_referral(work: UnitOfWork, case: Case) -> ReferOn | None:
    """Return what was said before of the incident, where the actor reads it; the rest is blank."""
    asked = latest_command(work, case, EntryType.REVIEW_REQUESTED, RequestReview)
    if asked is not None:
        return ReferOn.model_construct(**_requested(asked))
    lead = latest_command(work, case, EntryType.LEAD_LOGGED, LogLead)
    return None if lead is None else ReferOn.model_construct(**_logged(case, lead))


def _requested(asked: RequestReview) -> dict[str, Any]:
    """Return the answers that a request and a referral have in common."""
    same = (ReferOn.model_fields.keys() & RequestReview.model_fields.keys()) - {"received_at"}
    told = {name: getattr(asked, name) for name in same} | {"suspicion_reasons": asked.happened}
    return told | {"children": tuple(map(_as_referred, asked.children))}


def _as_referred(child: RequestedChild) -> ReferredChild:
    """Return the child for the referral's form: who died is said, what else happened is asked."""
    known = {name: getattr(child, name) for name in ChildParticulars.model_fields}
    return ReferredChild.model_construct(**known | ({"harm": Harm.DEATH} if child.died else {}))


def _logged(case: Case, lead: LogLead) -> dict[str, Any]:
    """Return what a lead says of the incident and of the child, if it names one."""
    known: dict[str, Any] = {"name": lead.child or "", "born_on": lead.born_on}
    if lead.died:
        known["harm"] = Harm.DEATH
    child = ReferredChild.model_construct(**known, statuses=lead.statuses)
    is_known = lead.child or lead.born_on or lead.died or lead.statuses
    return {
        "children": (child,) if is_known else (),
        "suspicion": lead.suspicion,
        "suspicion_reasons": lead.said,
        "aware_at": None if case.closed_at else case.aware_at,
    }
