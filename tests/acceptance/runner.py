"""Runs a branch on the running platform, from its first page to its last check."""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from deployments.demo.partnerships import Place
from deployments.local.databases import PREFECT
from deployments.local.environment import Platform
from deployments.local.external_services import ExternalServices
from deployments.local.home import Home
from deployments.local.part import all_statuses
from deployments.local.run_record import RunningPlatform
from services.database.signed_context import ContextKey
from services.domain.errors import CaseworkError
from tests.acceptance import final_checks, leak_checks
from tests.acceptance.branches.registry import BRANCHES
from tests.acceptance.browser import Site
from tests.acceptance.chaos import Chaos
from tests.acceptance.database import DatabaseReader
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.kept_pages import KeptPages
from tests.acceptance.prefect_runs import PrefectReader
from tests.acceptance.story import Connections, Story

DEMONSTRATION: Final = "demonstration"
LONG_PATIENCE: Final = 300.0


@dataclass(frozen=True, slots=True)
class PlatformUnderTest:
    """The running platform, and the address of its Prefect database where that is its own.

    ``keeps`` keeps the pages that a journey sees, where somebody wants to look at them.
    """

    platform: RunningPlatform
    prefect_database: str | None
    keeps: KeptPages | None = None

    @staticmethod
    def find(keeps: KeptPages | None = None) -> "PlatformUnderTest":
        """Find the running platform of this checkout; it must be a demonstration."""
        platform = RunningPlatform.find()
        if platform.settings["KEYLINE_ENVIRONMENT"] != DEMONSTRATION:
            raise JourneyStopped("A journey is a demonstration: it never enters production.")
        given = {part.name for part in all_statuses(platform.home) if part.state == "given"}
        own = not given & {"postgres", "prefect"}
        database = (
            Platform(platform.home, ExternalServices({})).database_url(PREFECT) if own else None
        )
        return PlatformUnderTest(platform, database, keeps)

    @property
    def home(self) -> Home:
        """Return the data folder of the platform."""
        return self.platform.home

    def connections(self, place: Place, say: Callable[[str], None]) -> Connections:
        """Return what a journey of this partnership speaks to."""
        settings = self.platform.settings
        name, _, password = settings.get("PREFECT_API_AUTH_STRING", "").partition(":")
        return Connections(
            site=Site(settings["KEYLINE_BASE_URL"], self.platform.address, self.keeps),
            database=DatabaseReader(
                settings["KEYLINE_DATABASE_URL"],
                ContextKey(settings["KEYLINE_CONTEXT_KEY"]),
                place.partnership_id,
            ),
            prefect=PrefectReader(settings["PREFECT_API_URL"], (name, password) if name else None),
            say=say,
            mail_is_caught="KEYLINE_MAIL_IS_CAUGHT" in settings,
        )


@contextmanager
def exclusively(home: Home) -> Iterator[None]:
    """Refuse a second journey at the same time: both would set the practice clocks."""
    with (home.folder / "journey.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JourneyStopped("Another journey is under way on this platform.") from None
        yield


def run_branch(
    tested: PlatformUnderTest, name: str, say: Callable[[str], None], chaos: Chaos | None = None
) -> Story:
    """Run the branch; an error that stops it is a difference like any other."""
    branch = BRANCHES[name]
    stories = _stories(tested, branch.places, say, chaos)
    story = stories[0]
    try:
        ends = branch.drive(stories)
        for missed in chaos.is_over() if chaos else ():
            story.differs(f"kill -9 of {missed} never came")
        for ended, expected_end in ends:
            final_checks.check(ended, expected_end)
        leak_checks.check(story, tested.home, tested.prefect_database)
    except (CaseworkError, LookupError) as stopped:
        story.differs(f"{type(stopped).__name__}: {stopped}")
    finally:
        for one in stories:
            _put_the_clock_back(one)
            one.close()
    return story


def _stories(
    tested: PlatformUnderTest,
    places: Sequence[Place],
    say: Callable[[str], None],
    chaos: Chaos | None,
) -> list[Story]:
    """Return a story a partnership; together they tell one, in the same lines."""
    stories: list[Story] = []
    for place in places:
        connections = tested.connections(place, say)
        if chaos is not None:
            connections = replace(
                connections,
                before_act=chaos.before_act,
                after_act=chaos.after_act,
                patience=LONG_PATIENCE,
            )
        story = (
            replace(stories[0], place=place, connections=connections, _browsers={})
            if stories
            else Story(place, connections)
        )
        story.secrets.update(place.people.values())
        stories.append(story)
    return stories


def _put_the_clock_back(story: Story) -> None:
    try:
        story.back_to_now()
    except (CaseworkError, LookupError) as stopped:
        story.differs(f"the practice clock could not be put back: {stopped}")
