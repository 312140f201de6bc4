"""Cases that begin before a referral: what was logged, by whom."""

from services.casework.steps import leads
from services.casework.steps.leads import LogLead
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from tests import log_factories
from tests.declared import declare_everybody
from tests.world import World


def a_lead(
    world: World,
    command: LogLead | None = None,
    who: Role = Role.BUSINESS_MANAGER,
    when: str = "2025-12-12 11:00",
) -> CaseId:
    """Log a lead, on which everybody then declares."""
    with world.act(who, when) as work:
        case_id = CaseId(leads.log_lead(work, command or log_factories.log_lead()).id)
    declare_everybody(world, case_id, when)
    return case_id
