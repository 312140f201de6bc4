"""The three desks at which operators act: what is asked, what may be chosen and what is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from services.casework.commands import Command
from services.casework.operations.acting import (
    Operator,
    acknowledge,
    act_on_emails,
    act_on_runs,
)
from services.casework.operations.operator_commands import (
    AcknowledgeAlerts,
    ActOnEmails,
    ActOnRuns,
)
from services.domain.roles import Actor
from services.orchestration.prefect_flows import PrefectFlows
from services.web.app_state import Site
from services.web.forms.fields import Options
from services.web.view_models.operator_acts import (
    alerts_to_choose,
    emails_to_choose,
    runs_to_choose,
)


@dataclass(frozen=True, slots=True)
class OperatorDesk:
    """One kind of act: its address, its title, its words, what may be chosen and what is done."""

    path: str
    title: str
    nothing: str
    command: type[Command]
    choices: Callable[[Site], Options]
    done: Callable[[Operator, Site, Any], None]

    def act(self, actor: Actor, site: Site, once: UUID, words: Command) -> None:
        """Do it, as the operator, once for the form."""
        self.done(Operator(actor, site.neighbours, once), site, words)


def _on_runs(operator: Operator, site: Site, command: ActOnRuns) -> None:
    flows = PrefectFlows(site.prefect) if site.prefect is not None else None
    act_on_runs(operator, flows, command)


RUNS: Final = OperatorDesk(
    path="work",
    title="Act on machine work that waits",
    nothing="No machine work waits.",
    command=ActOnRuns,
    choices=runs_to_choose,
    done=_on_runs,
)
EMAILS: Final = OperatorDesk(
    path="emails",
    title="Act on emails that wait for a person",
    nothing="No email waits for a person.",
    command=ActOnEmails,
    choices=emails_to_choose,
    done=lambda operator, _site, command: act_on_emails(operator, command),
)
ALERTS: Final = OperatorDesk(
    path="alerts",
    title="Acknowledge alerts",
    nothing="No alert waits.",
    command=AcknowledgeAlerts,
    choices=alerts_to_choose,
    done=lambda operator, _site, command: acknowledge(operator, command),
)
DESKS: Final = (RUNS, EMAILS, ALERTS)
