"""A notification that is withdrawn with the Panel, on a case whose policy follows its page."""

from dataclasses import replace

from services.casework.effects import policy_of
from services.casework.steps.notification.notification_withdrawn import record_withdrawal
from services.database.cases import get_case
from services.domain.clocks.policy_json import policy_to_json
from services.domain.roles import Role
from tests.death_factories import record_withdrawal as withdrawn
from tests.driven import Driven
from tests.policy_factories import FOLLOWS_PANEL
from tests.world import World


def follow_panel(case: Driven) -> None:
    """Let the case's policy follow the Panel's page, as one that it had from its beginning."""
    with case.world.act(Role.BUSINESS_MANAGER, "2025-12-15") as work:
        row = get_case(work.session, case.case_id, for_change=True)
        follows = replace(policy_of(row), withdrawals_since=FOLLOWS_PANEL.withdrawals_since)
        row.policy = policy_to_json(follows)
        work.session.add(row)


def withdrawn_again(world: World, drive: type[Driven] = Driven) -> Driven:
    """Notify, and record that the Panel confirmed the withdrawal."""
    case = drive(world).decide().notify()
    follow_panel(case)
    case.do(record_withdrawal, withdrawn(), Role.NOTIFIER, "2025-12-18 10:00")
    return case
