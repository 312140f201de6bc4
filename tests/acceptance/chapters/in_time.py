"""What Keyline does by itself in one of its rounds, which a page shows once it is done."""

import time

from tests.acceptance.case_pages import told_at
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.story import Story


def comes_to_show(story: Story, who: str, words: str) -> None:
    """Wait until the page of the case says these words to the person."""
    until = time.monotonic() + story.connections.patience
    while words not in told_at(story.browser(who), f"/cases/{story.case}"):
        if time.monotonic() > until:
            raise JourneyStopped(f"The case never says to the {who}: {words}.")
        time.sleep(0.5)
