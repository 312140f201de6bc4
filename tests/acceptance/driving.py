"""How a branch is lived through on the running platform, from its first page to its last check."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

from deployments.local.databases import PREFECT
from deployments.local.environment import Platform
from deployments.local.given import Given
from deployments.local.home import Home
from deployments.local.part import all_shown
from deployments.local.run_record import RunningPlatform
from services.casework.provisioning import partnership_id_of
from services.domain.errors import CaseworkError
from services.orchestration.prefect_client import PrefectServer
from tests.acceptance import ending, secrecy
from tests.acceptance.branches.known import BRANCHES
from tests.acceptance.chaos import Chaos
from tests.acceptance.engine import Engine
from tests.acceptance.record import Record
from tests.acceptance.story import Around, Story
from tests.acceptance.trouble import JourneyStopped

DEMONSTRATION: Final = "demonstration"
LONG_PATIENCE: Final = 300.0


@dataclass(frozen=True, slots=True)
class Scene:
    """The running platform as a journey finds it."""

    platform: RunningPlatform
    prefect_database: str | None

    @staticmethod
    def found() -> "Scene":
        """Find the running platform of this checkout; it must be a demonstration."""
        platform = RunningPlatform.find()
        if platform.settings["KEYLINE_ENVIRONMENT"] != DEMONSTRATION:
            raise JourneyStopped("A journey is a demonstration: it never enters production.")
        given = {part.name for part in all_shown(platform.home) if part.state == "given"}
        own = not given & {"postgres", "prefect"}
        database = Platform(platform.home, Given({})).database_url(PREFECT) if own else None
        return Scene(platform, database)

    @property
    def home(self) -> Home:
        """Return the data folder of the platform."""
        return self.platform.home

    def around(self, code: str, say: Callable[[str], None]) -> Around:
        """Return what a journey in the partnership of this code speaks to."""
        settings = self.platform.settings
        server = PrefectServer(
            settings["PREFECT_API_URL"], settings.get("PREFECT_API_AUTH_STRING", ""), patience=20
        )
        return Around(
            address=self.platform.address,
            record=Record(settings["KEYLINE_DATABASE_URL"], partnership_id_of(code)),
            engine=Engine(server),
            say=say,
            mail_is_caught="KEYLINE_MAIL_IS_CAUGHT" in settings,
        )


@contextmanager
def alone(home: Home) -> Iterator[None]:
    """Let one journey at a time move the practice clocks of this platform."""
    with (home.folder / "journey.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise JourneyStopped("Another journey is under way on this platform.") from None
        yield


def drive(scene: Scene, name: str, say: Callable[[str], None], chaos: Chaos | None = None) -> Story:
    """Live through the branch; what stops it is a difference like any other."""
    branch = BRANCHES[name]
    around = scene.around(branch.place.code, say)
    if chaos is not None:
        around = replace(
            around,
            before_act=chaos.before_act,
            after_act=chaos.after_act,
            patience=LONG_PATIENCE,
        )
    story = Story(branch.place, around)
    story.secrets.update(branch.place.people.values())
    try:
        how_it_ends = branch.tell(story)
        for missed in chaos.is_over() if chaos else ():
            story.differs(f"kill -9 of {missed} never came")
        ending.check(story, how_it_ends)
        secrecy.check(story, scene.home, scene.prefect_database)
    except (CaseworkError, LookupError) as stopped:
        story.differs(f"{type(stopped).__name__}: {stopped}")
    finally:
        _put_the_clock_back(story)
        story.close()
    return story


def _put_the_clock_back(story: Story) -> None:
    try:
        story.back_to_now()
    except (CaseworkError, LookupError) as stopped:
        story.differs(f"the practice clock could not be put back: {stopped}")
