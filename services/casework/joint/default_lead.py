"""Who leads a joint review unless agreed otherwise: what the two rules say (RR-28).

The framework names the area of usual residence, the Panel's later answers that of the incident.
From which day the default moved is no law: the partnership's policy fixes it, and pages say so.
"""

from uuid import UUID

from services.casework.effects import policy_of
from services.database.cases import Case
from services.domain.clocks.versions import LeadArea
from services.domain.errors import AnswerRefused
from services.domain.identifiers import PartnershipId
from services.domain.joint_reviews import area_by_rule, preselected_lead
from services.domain.labels import label
from services.domain.plain_dates import day_month_year
from services.domain.working_days import london_date


def default_told(case: Case) -> str:
    """Tell both rules with their sources, and which of the two the policy takes for this case."""
    policy = policy_of(case)
    moved = day_month_year(policy.lead_area_moved)
    return (
        "Framework: the area where the child usually lives normally leads (RR-28). The Panel's "
        "later answers: the area where the incident took place. For this incident your policy "
        f"takes the area {label(_area_of(case))}: it holds that the default moved on {moved}, "
        "which is our reading and not law. Where the two areas differ nothing is preselected: both "
        "sides agree who leads, with reasons."
    )


def chosen_lead(
    case: Case, lead: UUID | None, areas: tuple[UUID, UUID], names: tuple[str, str]
) -> UUID:
    """Return who leads: as chosen, else the partnership that both rules name.

    ``areas`` are those of usual residence and of the incident, ``names`` what they are called.
    Raises AnswerRefused beside the lead where nobody was chosen and the two areas differ.
    """
    if lead is not None:
        return lead
    both = preselected_lead(*map(PartnershipId, areas))
    if both is not None:
        return both
    area = _area_of(case)
    name = names[0] if area is LeadArea.USUAL_RESIDENCE else names[1]
    raise AnswerRefused(
        "lead",
        "Choose who leads: the two areas differ. Your policy takes the area "
        f"{label(area)}, {name}; that is our reading, so nothing is preselected.",
    )


def _area_of(case: Case) -> LeadArea:
    """Return which area the rule of the incident's day names; of the referral's, if unknown."""
    return area_by_rule(case.incident_on or london_date(case.referred_at), policy_of(case))
