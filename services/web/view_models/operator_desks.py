"""The desks at which operators act: what is asked, what may be chosen and what is done."""

from collections.abc import Callable, Iterable, Mapping
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
from services.casework.operations.mending_prefect import each_partnership, mend_prefect
from services.casework.operations.operator_commands import (
    AcknowledgeAlerts,
    ActOnEmails,
    ActOnRuns,
    MendPrefect,
)
from services.casework.operations.waiting import (
    WAITING,
    Page,
    Waiting,
    waiting_alerts,
    waiting_emails,
    waiting_runs,
)
from services.database.console import Among, RunsWanted
from services.domain.roles import Actor
from services.orchestration.prefect_flows import PrefectFlows
from services.web.app_state import Site
from services.web.forms.fields import Choice, Options
from services.web.path_ids import id_told
from services.web.view_models.operator_acts import of_alert, of_email, of_run
from services.web.view_models.runs_narrowing import RunsNarrowed, narrowed_by


@dataclass(frozen=True, slots=True)
class DeskSheet:
    """One page of what waits at a desk, what it was narrowed to, and what may be chosen."""

    narrowed: RunsNarrowed
    listed: Page[Waiting]
    choices: tuple[Choice, ...]

    @property
    def options(self) -> Options:
        """Return what may be chosen, as the form asks for it."""
        return {"items": self.choices}


@dataclass(frozen=True, slots=True)
class OperatorDesk:
    """One kind of act: its address, its words, what waits, how that is told, what is done."""

    path: str
    title: str
    nothing: str
    command: type[Command]
    waiting: Callable[[Site, Among, RunsWanted], Page[Waiting]]
    told: Callable[[Waiting], Choice]
    done: Callable[[Operator, Site, Any], None]

    def sheet(self, site: Site, asked: Mapping[str, str], chosen: Iterable[str] = ()) -> DeskSheet:
        """Return the page that the address asks for, with what was chosen from another one."""
        narrowed = narrowed_by(asked)
        listed = self.waiting(site, narrowed.among, narrowed.wanted)
        known = {str(one.id) for one in listed.items}
        told = {one: id_told(one) for one in chosen if one not in known}
        elsewhere = tuple(found for one, found in told.items() if found and str(found) == one)
        beside: tuple[Waiting, ...] = ()
        if elsewhere:
            beside = self.waiting(site, Among(named=elsewhere), RunsWanted()).items
        return DeskSheet(
            narrowed, listed, tuple(self.told(one) for one in (*listed.items, *beside))
        )

    def act(self, actor: Actor, site: Site, once: UUID, words: Command) -> None:
        """Do it, as the operator, once for the form."""
        self.done(Operator(actor, site.neighbours, once), site, words)


def _runs(site: Site, among: Among, wanted: RunsWanted) -> Page[Waiting]:
    """Return runs; those whose work waits, where nothing is said of what they are."""
    is_any = among.named is not None or wanted != RunsWanted()
    return waiting_runs(site.neighbours, among, wanted if is_any else WAITING)


def _on_runs(operator: Operator, site: Site, command: ActOnRuns) -> None:
    flows = PrefectFlows(site.prefect) if site.prefect is not None else None
    act_on_runs(operator, flows, command)


RUNS: Final = OperatorDesk(
    path="work",
    title="Act on machine work that waits",
    nothing="No machine work waits.",
    command=ActOnRuns,
    waiting=_runs,
    told=of_run,
    done=_on_runs,
)
EMAILS: Final = OperatorDesk(
    path="emails",
    title="Act on emails that wait for a person",
    nothing="No email waits for a person.",
    command=ActOnEmails,
    waiting=lambda site, among, _wanted: waiting_emails(site.neighbours, among),
    told=of_email,
    done=lambda operator, _site, command: act_on_emails(operator, command),
)
ALERTS: Final = OperatorDesk(
    path="alerts",
    title="Acknowledge alerts",
    nothing="No alert waits.",
    command=AcknowledgeAlerts,
    waiting=lambda site, among, _wanted: waiting_alerts(site.neighbours, among),
    told=of_alert,
    done=lambda operator, _site, command: acknowledge(operator, command),
)
FLOW_ENGINE: Final = OperatorDesk(
    path="flow-engine",
    title="Act on what carries cases in Prefect",
    nothing="There is no partnership.",
    command=MendPrefect,
    waiting=lambda site, among, _wanted: each_partnership(site.neighbours, among),
    told=lambda one: Choice(str(one.id), one.partnership),
    done=lambda operator, site, command: mend_prefect(operator, site.prefect, command),
)
DESKS: Final = (RUNS, EMAILS, ALERTS, FLOW_ENGINE)
