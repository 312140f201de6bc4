"""The journey of operators on call: each part broken in turn, and what a case lost by it.

A case is referred undisturbed first. Each case that is referred while something is broken must
come to hold the same; the console must not call its partnership well before it is carried; and
the first case must hold the same at the end.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from rich.table import Table
from rich.text import Text

from deployments.demo.partnerships import NORTHMOOR
from services.domain.errors import CaseworkError
from tests.acceptance import leak_checks, table
from tests.acceptance.operations.breakages import BREAKAGES, Broken, Trial
from tests.acceptance.operations.breaking import PrefectByHand
from tests.acceptance.operations.comparison import held_by, lost, settle
from tests.acceptance.operations.console import WELL, OperatorsConsole
from tests.acceptance.operations.incidents import WHEN
from tests.acceptance.runner import PlatformUnderTest
from tests.acceptance.story import Story

NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the table: what was broken, what was told and done, what the case lost."""

    broke: str
    said: str
    did: str
    lost: str


@dataclass(slots=True)
class Operations:
    """The journey so far."""

    trial: Trial
    expected: Counter[str] = field(default_factory=Counter)
    outcomes: list[Outcome] = field(default_factory=list)

    def run(self) -> None:
        """Break each part in turn, and compare what became of the case referred meanwhile."""
        first = self.trial.first
        first.on(WHEN)
        self.trial.refer()
        settle(first)
        self.expected = held_by(first)
        for broke, breaks in BREAKAGES.items():
            self._break(broke, breaks)
        self._until_well("the end")
        if gone := lost(self.expected, held_by(first)):
            first.differs(f"the case that was referred before anything was broken lost: {gone}")

    def _break(self, broke: str, breaks: Callable[[Trial], Broken]) -> None:
        """Break one thing; an error that stops it is a difference, and the next is broken too."""
        try:
            self._until_well(broke)
            broken = breaks(self.trial)
            settle(broken.case)
            self._tell(broke, broken)
        except (CaseworkError, LookupError) as stopped:
            self.trial.first.differs(f"{broke}: {stopped}")

    def _until_well(self, before: str) -> None:
        """Wait until the console calls the partnership well: so each thing is broken alone."""
        console = self.trial.console
        told = f"that {console.partnership} is well, before: {before}"
        console.until(lambda: console.health() == WELL, told)

    def _tell(self, broke: str, broken: Broken) -> None:
        told, story = broken.told, self.trial.first
        if told.health == WELL and not broken.is_carried:
            story.differs(f"{broke}: the console called the partnership well meanwhile")
        gone = lost(self.expected, held_by(broken.case))
        if gone:
            story.differs(f"{broke}: beside an undisturbed case this one lost: {gone}")
        said = f"“{told.said}” after {told.after:.0f} s; health: {told.health}"
        self.outcomes.append(Outcome(broke, said, broken.did, gone or NOTHING))
        story.connections.say(f"{broke}: {said}; operator: {broken.did}; lost: {gone or NOTHING}")


def run_operations(tested: PlatformUnderTest, say: Callable[[str], None]) -> tuple[list[str], int]:
    """Run the journey; return each difference from what is expected, and how many were broken.

    An error that stops it is a difference like any other.
    """
    story = Story(NORTHMOOR, tested.connections(NORTHMOOR, say))
    story.secrets.update(NORTHMOOR.people.values())
    prefect = story.connections.prefect
    console = OperatorsConsole(story.browser("operations"), NORTHMOOR.name)
    by_hand = PrefectByHand(prefect.api_url, prefect.auth)
    operations = Operations(Trial(story, console, by_hand, tested.home))
    try:
        operations.run()
        leak_checks.check(story, tested.home, tested.prefect_database)
    except (CaseworkError, LookupError) as stopped:
        story.differs(f"{type(stopped).__name__}: {stopped}")
    finally:
        table.console().print(_table(operations.outcomes))
        story.back_to_now()
        story.close()
    return story.differences, len(operations.outcomes)


def _table(outcomes: list[Outcome]) -> Table:
    shown = Table(title="Each part broken in turn", title_justify="left", show_lines=True)
    for heading in ("Broken", "The console said", "The operator did", "The case lost"):
        shown.add_column(heading, overflow="fold")
    for one in outcomes:
        shown.add_row(*map(Text, (one.broke, one.said, one.did, one.lost)))
    return shown
