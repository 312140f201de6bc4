"""`python -m tests.in_chromium JOURNEY MODE`: people go one of the journeys in Chromium.

It runs on the platform that `./keyline up` recorded as running. Acts before and after it are sent
as forms; what the journey is about is done by people at windows, by what is visible there.
"""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Error as ChromiumError
from playwright.sync_api import sync_playwright

from deployments.checks.figures import tell
from services.domain.errors import CaseworkError, Unavailable
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.runner import PlatformUnderTest, exclusively
from tests.acceptance.story import Story
from tests.in_chromium.registry import JOURNEYS, Journey
from tests.in_chromium.stage import Stage, stage
from tests.in_chromium.visitor import MODES, Seen
from tests.looks.looker import CHROMIUM, looker

PICTURES = "--pictures"
LIST = "--list"


def main(words: Sequence[str]) -> None:
    """Go the journey, tell what it took, and end with 1 where axe finds something."""
    if words[:1] == [LIST]:
        print("\n".join(f"{name}:{mode}" for name in JOURNEYS for mode in MODES))
        return
    name, mode, *more = words
    pictures = Path(more[1]) if more[:1] == [PICTURES] else None
    journey = JOURNEYS[name]
    tested = PlatformUnderTest.find()
    with exclusively(tested.home), _chromium() as chromium:
        # What acts leave is checked by the journeys of posts; here it is what people meet.
        stories = tuple(
            Story(place, tested.connections(place, lambda _told: None)) for place in journey.places
        )
        try:
            with stage(stories, chromium, MODES[mode], pictures) as where:
                _go(journey, where)
        finally:
            for story in stories:
                story.back_to_now()
                story.close()
    found = list(_found_by_axe(where.seen, MODES[mode].width))
    for one in found:
        tell(one)
    _tell(name, where, len(found))
    if found:
        sys.exit(1)


@contextmanager
def _chromium() -> Iterator[Chromium]:
    program = shutil.which(CHROMIUM)
    if program is None:
        raise Unavailable("This needs Chromium (apt-get install chromium).")
    with sync_playwright() as tool:
        running = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running
        running.close()


def _go(journey: Journey, where: Stage) -> None:
    """Go the journey, and say what people did; where it stops, what they saw last."""
    try:
        journey.go(where)
    except (JourneyStopped, ChromiumError):
        print(*where.last_words(), sep="\n")
        raise
    finally:
        print("\n".join(f"    {line}" for line in where.seen.told))


def _tell(name: str, where: Stage, faults: int) -> None:
    seen = where.seen
    times = sorted(took for _, took in seen.times)
    slowest, took = max(seen.times, key=lambda each: each[1])
    tell(
        f"{name}, {where.mode.name}: {len(seen.times)} pages, {seen.clicks} clicks; "
        f"a page took {median(times):.0f} ms in the median, the slowest {took:.0f} ms "
        f"({slowest}); {faults} faults by axe at {where.mode.width}"
    )


def _found_by_axe(seen: Seen, width: int) -> Iterator[str]:
    """Yield what axe finds on each different page at the width of the window."""
    pages = {sha256(html.encode()).digest(): (place, html) for place, html in seen.pages}
    with looker() as eye:
        for place, html in pages.values():
            yield from (f"{place}: {one}" for one in eye.look(html, (width,)))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CaseworkError as refused:
        sys.exit(f"in chromium: {refused}")
