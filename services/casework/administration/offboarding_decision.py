"""Who decided that a partnership leaves: two of its people, on its own pages."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from services.casework.engine.transactions import TransactionContext, acting
from services.casework.retention.records import schedule_now
from services.database.people import memberships_on
from services.database.retention import get_proposal
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import NotPermitted, RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.roles import Actor, Permission
from services.identity.actors import actor_for

NOT_DECIDED: Final = (
    "Nobody has decided that the partnership leaves. One person of it proposes that under "
    "Retention, and another adopts it."
)
NO_ROLE: Final = (
    "Who decided that the partnership leaves holds no role any more in which they may: two people "
    "decide it again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offboarding:
    """Who proposed and who adopted that the partnership leaves, and who carries it out."""

    schedule: UUID
    proposed_by: Actor
    approved_by: Actor
    carried_by: Actor

    @property
    def partnership_id(self) -> PartnershipId:
        """Return which partnership leaves."""
        return self.proposed_by.partnership_id


def decided_offboarding(
    context: TransactionContext, partnership_id: PartnershipId, carried_by: Actor
) -> Offboarding:
    """Return who decided that the partnership leaves.

    Raises RuleBroken where nobody has, or where one of the two may not any more.
    """
    carried_by.must(Permission.ADMINISTER_PLATFORM)
    with acting(context, partnership_id) as work:
        schedule = schedule_now(work)
        if schedule.under is None or not schedule.years.keeps_nothing:
            raise RuleBroken(NOT_DECIDED)
        proposal, answer = get_proposal(work.session, schedule.under)
        decider = answer.answered_by if answer is not None else None
        may_propose = (Permission.PROPOSE_RETENTION, Permission.EXPORT_PARTNERSHIP)
        found = Offboarding(
            schedule=schedule.under,
            proposed_by=_in_a_role(work, proposal.proposed_by, *may_propose),
            approved_by=_in_a_role(work, decider, Permission.DECIDE_RETENTION),
            carried_by=carried_by,
        )
    if carried_by.person_id in {found.proposed_by.person_id, found.approved_by.person_id}:
        raise NotPermitted(
            "Another person carries it out than decided that the partnership leaves."
        )
    return found


def _in_a_role(work: UnitOfWork, person_id: UUID | None, *permissions: Permission) -> Actor:
    for held, _ in memberships_on(work.session, work.today):
        actor = actor_for(held, work.today)
        if actor.person_id == person_id and all(map(actor.may, permissions)):
            return actor
    raise RuleBroken(NO_ROLE)
