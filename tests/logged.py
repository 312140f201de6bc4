"""Cases that begin before a referral: by what was logged, or by a request for a review."""

from services.casework.commands import Command
from services.casework.steps.referral import leads
from services.casework.steps.review_request import review_request
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from tests import log_factories
from tests.declared import declare_everybody
from tests.world import World

WHEN = "2025-12-12 11:00"


def a_lead(
    world: World,
    command: Command | None = None,
    who: Role = Role.BUSINESS_MANAGER,
) -> CaseId:
    """Log a lead, on which everybody then declares."""
    with world.act(who, WHEN) as work:
        case_id = CaseId(leads.log_lead(work, command or log_factories.log_lead()).id)
    declare_everybody(world, case_id, WHEN)
    return case_id


def a_request(world: World, command: Command | None = None) -> CaseId:
    """Let an agency ask for a local review, on which everybody then declares."""
    asked = command or log_factories.request_review()
    with world.act(Role.AGENCY_LEAD, WHEN) as work:
        case_id = CaseId(review_request.request_review(work, asked).id)
    declare_everybody(world, case_id, WHEN)
    return case_id
