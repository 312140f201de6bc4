"""Worked case P3: a bank holiday is proclaimed while clocks run, and one is struck out again."""

from dataclasses import replace
from typing import Final

from services.domain.emails import EmailTrigger
from services.domain.workflow import Outcome, PanelAnswer
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.chapters import holidays, notify, panel
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import CORNFLOWER, MEADOWSWEET
from tests.acceptance.story import Story

MOURNING: Final = "Mon 7 Dec 2026"
P3: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=CORNFLOWER, happened_on="Fri 20 Nov 2026", received_at="Mon 23 Nov 2026 09:30"
    ),
    aware_at="Mon 23 Nov 2026 09:00",
    referred="Mon 23 Nov 2026 10:00",
    notified="Wed 25 Nov 2026 10:00",
    returned="Wed 2 Dec 2026 10:00",
    meets="Tue 8 Dec 2026 14:00",
    signed="Thu 10 Dec 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K1": "Mon 30 Nov 2026",
        "K4": "Thu 26 Nov 2026",
        "K5": "Wed 25 Nov 2026",
        "K6": "Wed 2 Dec 2026",
        "K7": "Wed 2 Dec 2026 to Thu 10 Dec 2026",
        "K8": "Thu 10 Dec 2026",
        "K9": "Tue 15 Dec 2026",
        "K10": "Wed 16 Dec 2026",
    },
    how={"K5": "on the day", "K6": "on the day", "K8": "on the day"},
)
STRUCK_OUT: Final = replace(P3, incident=replace(P3.incident, family=MEADOWSWEET))
WITH_IT: Final = {"K7": "Wed 2 Dec 2026 to Fri 11 Dec 2026", "K10": "Thu 17 Dec 2026"}
WITHOUT_IT: Final = P3.starts("K7", "K10")
LEARNING: Final = shared_steps.Learning(
    agreed="Mon 11 Jan 2027 10:00",
    last_day="Fri 29 Jan 2027",
    done="Fri 29 Jan 2027 10:00",
    how="on the day",
    closed="Mon 8 Feb 2027 10:00",
    keep_until="Wed 8 Feb 2062",
)


def proclaimed(story: Story) -> ExpectedEnd:
    """A day is proclaimed in mid-clock: the last days move, the first ones stay in sight."""
    _begin(story, P3)
    shared_steps.prepare_and_meet(story, P3, lambda: _proclaim(story))
    _end(story, P3)
    holidays.strike_out(story, MOURNING)  # it holds for the whole platform: later journeys too
    return without_lcspr.EXPECTED_END


def struck_out(story: Story) -> ExpectedEnd:
    """The proclaimed day is struck out in mid-clock: last days come nearer, and owners hear."""
    _begin(story, STRUCK_OUT)
    shared_steps.prepare_and_meet(story, STRUCK_OUT, lambda: _strike_out(story))
    _end(story, STRUCK_OUT)
    return without_lcspr.EXPECTED_END


def _begin(story: Story, review: shared_steps.RapidReview) -> None:
    shared_steps.refer_and_notify(story, review)
    shared_steps.send_forms(story, review)


def _proclaim(story: Story) -> None:
    story.on("Mon 30 Nov 2026 10:00")
    holidays.proclaim(story, MOURNING)
    holidays.is_counted(story, WITH_IT, EmailTrigger.DAY_MOVED_LATER)
    holidays.is_read(story, MOURNING, held=True)
    for words in ("First set for Wednesday 16 December 2026", holidays.SOURCE):
        story.shows("manager", "", words)


def _strike_out(story: Story) -> None:
    _proclaim(story)
    story.on("Wed 2 Dec 2026 09:00")
    holidays.strike_out(story, MOURNING)
    holidays.is_counted(story, WITHOUT_IT, EmailTrigger.DAY_CAME_NEARER)
    holidays.is_read(story, MOURNING, held=False)


def _end(story: Story, review: shared_steps.RapidReview) -> None:
    shared_steps.decide_and_submit(story, review)
    story.on("Mon 21 Dec 2026 10:00")
    panel.answers(story, "Mon 21 Dec 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
