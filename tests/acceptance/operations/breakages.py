"""Each part broken in turn while a case is referred: what the console says, what an operator does.

Each function breaks one thing, has a case referred, waits until the console says so, has the
operator act where there is anything to do, and mends what no operator mends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from deployments.local.home import Home
from tests.acceptance.operations import incidents
from tests.acceptance.operations.breaking import PrefectByHand, age, kill, stopped
from tests.acceptance.operations.comparison import settle
from tests.acceptance.operations.console import WHY, OperatorsConsole
from tests.acceptance.story import Story

PUT_OFF: Final = "Tried again later after StoreUnavailable"
SET_ASIDE: Final = "Set aside after StoreUnavailable"
NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Told:
    """What the console said, after how many seconds, how it called the partnership meanwhile."""

    said: str
    after: float
    health: str


@dataclass(frozen=True, slots=True)
class Broken:
    """What came of one thing broken: what was told, what the operator did, the case meanwhile."""

    told: Told
    did: str
    case: Story
    is_carried: bool = False


@dataclass(slots=True)
class Trial:
    """The platform that is broken, the operator on call, and the cases that are referred."""

    first: Story
    console: OperatorsConsole
    by_hand: PrefectByHand
    home: Home
    referred: int = 0

    def refer(self) -> Story:
        """Refer the next incident; the first one is the one that is never disturbed."""
        story = self.first.beside() if self.referred else self.first
        incidents.refer(story, self.referred)
        self.referred += 1
        return story

    def watch(self, words: str) -> Told:
        """Wait until the front page says these words."""
        return Told(words, self.console.until_front_says(words), self.console.health())

    def watch_run(self, case: Story, *words: str) -> Told:
        """Wait until the page of the case's run says all of these words."""
        after = self.console.until_run_says(case.case, *words)
        return Told(f"{' … '.join(words)}, on the page of the run", after, self.console.health())


def prefect_stopped(trial: Trial) -> Broken:
    """Prefect hangs: the referral is kept, and what is asked of Prefect is not done."""
    with stopped(trial.home, "prefect"):
        case = trial.refer()
        told = trial.watch("Prefect: it does not answer")
        came = trial.console.act_on(trial.first.case, "resume")
    return Broken(told, f"asked another run to go on: “{came}”", case)


def workers_stopped(trial: Trial) -> Broken:
    """The workers hang: the operator pauses the partnership, and lets it go on when they live."""
    with stopped(trial.home, "worker"):
        case = trial.refer()
        told = trial.watch("Prefect: no worker answers")
        trial.console.pause(is_paused=True)
        trial.console.until_front_says(f"Paused: its machine work waits. {WHY}")
    trial.console.pause(is_paused=False)
    return Broken(told, "paused the partnership, and let it go on once they lived", case)


def store_stopped(trial: Trial) -> Broken:
    """The object store hangs: the document is tried again later, or now where an operator asks."""
    with stopped(trial.home, "objects"):
        case = trial.refer()
        told = trial.watch("File storage: does not answer")
        trial.console.until_front_says(PUT_OFF)
    came = trial.console.act_on(case.case, "try_now")
    return Broken(told, f"had the document tried now: “{came}”", case)


def mail_stopped(trial: Trial) -> Broken:
    """The mail service hangs: the emails wait, and leave by themselves."""
    with stopped(trial.home, "mail"):
        case = trial.refer()
        told = trial.watch("Mail service: does not answer")
    return Broken(told, NOTHING, case)


def database_killed(trial: Trial) -> Broken:
    """PostgreSQL dies: whoever is at a page waits until it is back; nothing half done stands."""
    kill(trial.home, "postgres")
    after = trial.console.until(lambda: not trial.first.connections.site.is_ready(), "“not ready”")
    told = Told("not ready", after, "not said")
    return Broken(told, NOTHING, trial.refer())


def pool_paused(trial: Trial) -> Broken:
    """Somebody pauses the pool in Prefect; the operator lets it go on."""
    trial.by_hand.pause_pool()
    case = trial.refer()
    told = trial.watch("Prefect: the work pool is paused")
    return Broken(told, f"let it go on: “{trial.console.mend_prefect('pool_goes_on')}”", case)


def queue_paused(trial: Trial) -> Broken:
    """Somebody pauses the partnership's queue in Prefect; the operator lets it go on."""
    trial.by_hand.pause_queue(trial.first.place.partnership_id)
    case = trial.refer()
    told = trial.watch("its queue in Prefect is paused")
    return Broken(told, f"let it go on: “{trial.console.mend_prefect('queues_go_on')}”", case)


def deployment_deleted(trial: Trial) -> Broken:
    """Somebody deletes the deployment: the next case has it registered again by itself."""
    trial.by_hand.delete_deployment()
    told = trial.watch("Prefect: the flow is not registered")
    return Broken(told, NOTHING, trial.refer())


def run_cancelled(trial: Trial) -> Broken:
    """Somebody cancels the run in Prefect: its next attempt begins by itself."""
    case = trial.refer()
    settle(case)
    run = case.run()
    assert run is not None
    trial.by_hand.cancel(run.id)
    told = trial.watch_run(case, "An attempt before", "Cancelled")
    return Broken(told, NOTHING, case, is_carried=True)


def second_run_started(trial: Trial) -> Broken:
    """Somebody starts a second run of the case, and one of no case: both are ended, and told."""
    case = trial.refer()
    settle(case)
    trial.by_hand.start_run(str(case.case))
    trial.by_hand.start_run("no case")
    told = trial.watch_run(case, "Started by hand in Prefect", "Second run")
    trial.console.until_front_says("of no case of Keyline")
    return Broken(told, NOTHING, case, is_carried=True)


def work_set_aside(trial: Trial) -> Broken:
    """The store was away for 72 hours: the work is set aside, and an operator takes it up again."""
    with stopped(trial.home, "objects"):
        case = trial.refer()
        trial.console.until_front_says(PUT_OFF)
        age(case.connections.database, case.case)
        trial.console.act_on(case.case, "try_now")
        told = trial.watch(SET_ASIDE)
    came = trial.console.act_on(case.case, "take_up")
    return Broken(told, f"tried it once more in vain; later had it taken up: “{came}”", case)


BREAKAGES: Final[Mapping[str, Callable[[Trial], Broken]]] = {
    "Prefect's server hangs": prefect_stopped,
    "the workers hang": workers_stopped,
    "the object store hangs": store_stopped,
    "the mail service hangs": mail_stopped,
    "PostgreSQL killed (kill -9)": database_killed,
    "the pool paused in Prefect": pool_paused,
    "the partnership's queue paused in Prefect": queue_paused,
    "the deployment deleted in Prefect": deployment_deleted,
    "the run cancelled in Prefect": run_cancelled,
    "a second run started by hand in Prefect": second_run_started,
    "the store away for 72 hours": work_set_aside,
}
