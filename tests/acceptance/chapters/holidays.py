"""The bank holidays of the whole platform change while clocks run: two operators, and a recount."""

import time
from typing import Final

from services.domain.emails import EmailTrigger
from services.domain.plain_dates import weekday_day_month_year
from services.domain.workflow import Step
from tests.acceptance.answers import Labelled
from tests.acceptance.browser import SEE_OTHER
from tests.acceptance.dates import day
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.expectations import Expected
from tests.acceptance.story import Story

FORBIDDEN: Final = 403
HERE: Final = "/operations/bank-holidays"
TITLE: Final = "A day of mourning"
SOURCE: Final = "Proclamation of 30 November 2026, gov.uk/bank-holidays"


def proclaim(story: Story, on: str) -> None:
    """One operator proposes that the day becomes a bank holiday; another lets it hold."""
    said = f"{weekday_day_month_year(day(on))} becomes a bank holiday: {TITLE}"
    _change(story, {"held_on": day(on)}, said)


def strike_out(story: Story, on: str) -> None:
    """The same two strike it out again."""
    said = f"{weekday_day_month_year(day(on))} is no bank holiday any more: {TITLE}"
    _change(story, {"struck_out": day(on)}, said)


def is_counted(story: Story, due: dict[str, str], told: EmailTrigger) -> None:
    """Wait until the open clocks are counted again; their owners are told, the first day stays."""
    until = time.monotonic() + story.connections.patience
    while any(story.running(clock) != [dates] for clock, dates in due.items()):
        if time.monotonic() > until:
            found = {clock: story.running(clock) for clock in due}
            raise JourneyStopped(f"The clocks were not counted again: {found}, expected {due}.")
        time.sleep(0.5)
    story.follows("The bank holidays have changed", Step.SUBMIT, Expected(emails=(told,)))


def is_read(story: Story, on: str, *, held: bool) -> None:
    """A partnership reads which days count and by which source, and changes none (2.2)."""
    words = (weekday_day_month_year(day(on)), TITLE, SOURCE)
    story.reads("manager", "/holidays", *words, *(() if held else ("Struck out",)))
    if (status := story.browser("manager").status_of(HERE)) != FORBIDDEN:
        story.differs(f"{HERE} answers the manager {status}, expected {FORBIDDEN}")


def _change(story: Story, days: dict[str, object], said: str) -> None:
    proposed = {**days, "title": TITLE, "source": SOURCE}
    answered = {"proposal": Labelled(said), "is_approved": True}
    for who, path, answers in (
        ("operations", HERE, proposed),
        ("second operations", f"{HERE}/answer", answered),
    ):
        done = story.browser(who).send(path, answers)
        if done.status != SEE_OTHER:
            raise JourneyStopped(f"{who} could not change a bank holiday: {done.page.errors}")
