"""The rapid review is sent to a wrong mailbox, which is seen on a Friday at 16:50."""

from dataclasses import replace
from typing import Final

from services.domain.breaches import BreachRisk
from services.domain.emails import EmailTrigger
from services.domain.workflow import PanelAnswer
from tests.acceptance.answers import Labelled
from tests.acceptance.branches import shared_steps, without_lcspr
from tests.acceptance.chapters import panel
from tests.acceptance.dates import day, moment
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import BLUEBELL
from tests.acceptance.story import Story

ASTRAY: Final = replace(
    without_lcspr.BRIEFED, incident=replace(without_lcspr.BRIEFED.incident, family=BLUEBELL)
)
LIMIT: Final = "Monday 21 September 2026 at 4:50pm"
LEARNING: Final = shared_steps.Learning(
    agreed="Mon 5 Oct 2026 10:00",
    last_day="Fri 30 Oct 2026",
    done="Fri 30 Oct 2026 10:00",
    how="on the day",
    closed="Mon 9 Nov 2026 10:00",
    keep_until="Wed 9 Nov 2061",
)


def drive(story: Story) -> ExpectedEnd:
    """It was not sent to the Panel: K10 is open again, and 72 hours run over the weekend."""
    shared_steps.refer_and_notify(story, ASTRAY)
    shared_steps.send_forms(story, ASTRAY)
    shared_steps.prepare_and_meet(story, ASTRAY)
    shared_steps.decide_and_submit(story, ASTRAY)
    story.on("Fri 18 Sep 2026 17:30")
    _goes_astray(story)
    again = {"sent_on": day("Fri 18 Sep 2026")}
    met = Expected(meets={"K8": "late", "K10": "early"})
    story.does("manager", "send_by_hand", again, met)
    story.on("Mon 21 Sep 2026 10:00")
    _is_decided(story)
    story.on("Mon 28 Sep 2026 10:00")
    panel.answers(story, "Mon 28 Sep 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(story, LEARNING)
    return without_lcspr.EXPECTED_END


def _goes_astray(story: Story) -> None:
    """The manager says so in one act; manager, contact and the wrong mailbox are written to."""
    answers = {
        "dispatch": Labelled("The rapid review, to the Panel"),
        "aware_at": moment("Fri 18 Sep 2026 16:50"),
    }
    told = Expected(emails=(EmailTrigger.BREACH_REPORTED, EmailTrigger.ASKED_TO_DESTROY))
    story.does("manager", "report_wrong_recipient", answers, told)
    for words in ("Went to the wrong person: not sent", LIMIT, BLUEBELL.child):
        story.shows("manager", "", words)


def _is_decided(story: Story) -> None:
    """A risk that is not unlikely is reported, and the decision says when (UK GDPR, article 33)."""
    risk = {"risk": BreachRisk.RISK.value}
    unlikely = Refusal(field="reported_at", says="unless a risk to people is unlikely")
    story.is_refused("manager", "decide_on_breach", risk, unlikely)
    reported = risk | {"reported_at": moment("Mon 21 Sep 2026 09:30")}
    story.does("manager", "decide_on_breach", reported)
    story.shows("manager", "", "Reported to the Information Commissioner on Monday 21 September")
