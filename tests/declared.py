"""People who have declared on a case, so that a test of another thing may begin."""

from services.database.decisions import Declaration, declarations_on
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from tests.world import World


def declare_everybody(
    world: World, case_id: CaseId, when: str, by: Role = Role.BUSINESS_MANAGER
) -> None:
    """Have everybody of the partnership declare on the case, but for the lead reviewers."""
    with world.act(by, when) as work:
        for person_id in world.ours.people() - set(declarations_on(work.session, case_id)):
            work.session.add(
                Declaration(
                    tenant_id=world.ours.partnership_id,
                    case_id=case_id,
                    person_id=person_id,
                    has_conflict=False,
                    closes=False,
                    keeps_confidential=True,
                    agreement=1,
                    at=work.now,
                )
            )
