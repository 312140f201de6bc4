"""What of Prefect's own pages operators may open, ask and change: closed lists.

Prefect's pages ask for their lists by POST (`.../filter`, `.../count`), so each question stands
here by its method and its path. What stands in no list is refused to everybody: above all what
starts, edits or deletes a flow, a run, a block or a variable, and what reads the server's settings
or what might hold a secret. The one thing that may be changed is whether our pool or a queue of it
is paused: the desks of Keyline let them go on, and pause neither (decision 0068).
"""

import re
from dataclasses import dataclass
from typing import Final

from services.casework.engine.transactions import TransactionContext, translated
from services.database import audit, sessions
from services.database.audit import NewLink
from services.domain.audit import AdministrativeEvent, AuditKind
from services.domain.errors import NotFound, NotPermitted
from services.domain.roles import Actor, Permission
from services.orchestration.deployment_registry import POOL

# One part of an address: an id, a name of ours or of Prefect's. Nothing in it leads elsewhere.
_PART: Final = r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*"
_ID: Final = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_PAGES: Final = """
v2
v2/dashboard
v2/deployments
v2/deployments/deployment/{}
v2/events
v2/events/event/{}/{}
v2/flows
v2/flows/flow/{}
v2/runs
v2/runs/flow-run/{}
v2/runs/task-run/{}
v2/work-pools
v2/work-pools/work-pool/{}
v2/work-pools/work-pool/{}/queue/{}
"""
_FILES: Final = """
v2/assets/{}
v2/fonts/{}
v2/ico/{}
v2/cancelled.svg
v2/completed.svg
v2/crashed.svg
v2/failed.svg
v2/pending.svg
v2/running.svg
v2/scheduled.svg
"""
_GET: Final = """
admin/version
deployments/{}
events/filter/next
flow_runs/{}
flow_runs/{}/graph-v2
flow_runs/{}/logs/download
flows/{}
health
observed-states
ui/task_runs/{}
version
work_pools/{}
work_pools/{}/queues/{}
work_queues/{}
"""
_POST: Final = """
artifacts/filter
artifacts/latest/count
artifacts/latest/filter
deployments/count
deployments/filter
deployments/paginate
events/count-by/{}
events/filter
flow_runs/count
flow_runs/filter
flow_runs/lateness
flow_runs/paginate
flows/count
flows/filter
flows/paginate
logs/filter
task_runs/count
task_runs/filter
task_runs/history
task_runs/paginate
ui/flow_runs/count-task-runs
ui/flow_runs/history
ui/flows/count-deployments
ui/flows/next-runs
work_pools/count
work_pools/filter
work_pools/{}/queues/filter
work_pools/{}/workers/filter
work_queues/filter
"""
# As the pages write them, to the letter: nothing else can stand beside the word.
_PAUSES: Final = {
    b'{"is_paused":true}': AdministrativeEvent.PREFECT_PAUSED,
    b'{"is_paused":false}': AdministrativeEvent.PREFECT_RESUMED,
}
_PAUSED: Final = re.compile(rf"work_pools/({POOL})|work_pools/{POOL}/queues/(default|tenant-{_ID})")
_REFUSED: Final = (
    "Keyline passes this on to nobody. Runs, work and emails are acted on at the operators' desks, "
    "which keep the reason; in Prefect only the pool and its queues are paused and let go on."
)


def _any_of(lines: str) -> "re.Pattern[str]":
    """Return what matches each of these addresses whole, with one part for each `{}`."""
    return re.compile("|".join(re.escape(one).replace(r"\{\}", _PART) for one in lines.split()))


_SCREENS, _SCREEN_FILES = _any_of(_PAGES), _any_of(_FILES)
_READ: Final = {"GET": _any_of(_GET), "POST": _any_of(_POST)}


@dataclass(frozen=True, slots=True)
class PrefectQuestion:
    """What one of Prefect's pages asks its server: the path is the one below its API."""

    method: str
    path: str
    body: bytes = b""

    @property
    def only_reads(self) -> bool:
        """Tell whether it is one of the questions that change nothing."""
        known = _READ.get(self.method)
        return known is not None and known.fullmatch(self.path) is not None


def open_prefect_page(actor: Actor, context: TransactionContext, path: str) -> None:
    """Let an operator open a page of Prefect's, or a file of its pages; other paths are NotFound.

    Each page that is opened stands in the audit with its id. What it asks for afterwards does not:
    it asks by itself, every few seconds.
    """
    actor.must(Permission.WATCH_FLOWS)
    if _SCREEN_FILES.fullmatch(path):
        return
    if not _SCREENS.fullmatch(path.removesuffix("/")):
        raise NotFound("Prefect has no such page, or Keyline does not pass it on.")
    told = {"page": re.sub(rf"/[^/]*{_ID}.*|/work-pool/.*|/event/.*", "", path)}
    if found := re.search(_ID, path):
        told |= {"object": found[0]}
    _note(actor, context, AdministrativeEvent.PREFECT_OPENED, told)


def let_prefect_be_asked(
    actor: Actor, context: TransactionContext, question: PrefectQuestion
) -> None:
    """Let a question of Prefect's pages through, or refuse it (NotPermitted).

    A change is on record before Prefect is asked, so that none is made without a name to it; what
    Prefect then says of it is Prefect's.
    """
    actor.must(Permission.WATCH_FLOWS)
    if question.only_reads:
        return
    actor.must(Permission.OPERATE_FLOWS)
    named, event = _PAUSED.fullmatch(question.path), _PAUSES.get(question.body)
    if question.method != "PATCH" or named is None or event is None:
        raise NotPermitted(_REFUSED)
    _note(actor, context, event, {"name": named[1] or named[2]})


def _note(
    actor: Actor, context: TransactionContext, event: AdministrativeEvent, told: dict[str, str]
) -> None:
    body = {"kind": AuditKind.ADMINISTRATION.value, "what": event.value, "role": actor.role.value}
    with translated(), sessions.of_installation(context.engine, actor.person_id) as session:
        audit.append(session, [NewLink(body | told)])
