"""What a case holds once the machine is done with it, and what it lost beside another one."""

import time
from collections import Counter
from typing import Final

from tests.acceptance.errors import JourneyStopped
from tests.acceptance.story import Story

PATIENCE: Final = 300.0


def settle(story: Story) -> None:
    """Wait until the machine has done all that the case ordered, and its emails are sent."""
    until = time.monotonic() + PATIENCE
    while pending := story.pending():
        if time.monotonic() > until:
            raise JourneyStopped(f"Not done within {PATIENCE:.0f} s: {', '.join(pending)}.")
        time.sleep(0.5)


def held_by(story: Story) -> Counter[str]:
    """Return what the case holds, by what it is and how often: no id, no moment, no hash.

    Its clocks with their dates, its documents, its emails with how often each was caught, and how
    many rows it has in every table that people write to.
    """
    database, case = story.connections.database, story.case
    emails = database.emails(case)
    caught = database.caught([one.message_id for one in emails])
    found = Counter(f"clock {one.clock} {one.dates} {one.how_met}" for one in database.clocks(case))
    found.update(f"{one.kind} {one.form} {one.version}" for one in database.documents(case))
    found.update(
        f"email {one.event} to {one.recipient} {one.delivery}, caught {caught.get(one.message_id)}"
        for one in emails
    )
    return found + Counter(database.counts(case))


def lost(expected: Counter[str], found: Counter[str]) -> str:
    """Say what is missing beside what is expected, and what is there twice; else nothing."""
    missing = [f"{one} x{many}" for one, many in (expected - found).items()]
    beyond = [f"not expected: {one} x{many}" for one, many in (found - expected).items()]
    return "; ".join(missing + beyond)
