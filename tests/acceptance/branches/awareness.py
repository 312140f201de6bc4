"""Scenarios P1 and P2: a death on a Friday night, and an awareness corrected into a breach."""

from typing import Final

from services.domain.emails import EmailTrigger
from services.domain.workflow import Outcome, PanelAnswer, Step
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import notify, panel
from tests.acceptance.dates import moment
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import LAVENDER
from tests.acceptance.story import Story

EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={**DOCUMENTS_OF_A_RAPID_REVIEW, **DOCUMENTS_OF_LEARNING},
)
TOLD: Final = "Fri 6 Mar 2026 23:10"
FRIDAY_NIGHT: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=LAVENDER,
        happened_on="Thu 5 Mar 2026",
        received_at="Mon 9 Mar 2026 08:30",
        harm="death",
        told_at=TOLD,
    ),
    aware_at="Fri 6 Mar 2026 22:50",
    referred="Mon 9 Mar 2026 09:00",
    notified="Fri 13 Mar 2026 10:00",
    returned="Mon 16 Mar 2026 10:00",
    meets="Thu 19 Mar 2026 14:00",
    signed="Mon 23 Mar 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K1": "Fri 13 Mar 2026",
        "K4": "Mon 16 Mar 2026",
        "K5": "Wed 11 Mar 2026",
        "K6": "Tue 17 Mar 2026",
        "K7": "Wed 18 Mar 2026 to Thu 26 Mar 2026",
        "K8": "Mon 23 Mar 2026",
        "K9": "Thu 26 Mar 2026",
        "K10": "Tue 7 Apr 2026",
    },
    how={"K1": "late", "K2": "late", "K8": "on the day"},
    minutes="tabled",
)


def friday_night(story: Story) -> ExpectedEnd:
    """A clock runs before Monday; what the authority said is corrected on the last day."""
    review = FRIDAY_NIGHT
    story.on(review.referred)
    expected = Expected(
        starts=review.starts("K1", "K5", "K7"), emails=(EmailTrigger.DECLARATION_NEEDED,)
    )
    notify.refer(story, review.incident, expected)
    notify.record_awareness(story, review.aware_at, Expected())
    notify.give_views(story)
    story.on("Tue 10 Mar 2026 10:00")
    shared_steps.send_forms(story, review)
    story.on(review.notified)
    _correct(story)
    _notify_late(story, review)
    shared_steps.prepare_and_meet(story, review)
    shared_steps.decide_and_submit(story, review)
    story.on("Mon 13 Apr 2026 10:00")
    panel.answers(story, "Mon 13 Apr 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 20 Apr 2026 10:00",
            last_day="Fri 15 May 2026",
            done="Thu 14 May 2026 10:00",
            how="early",
            closed="Mon 18 May 2026 10:00",
            keep_until="Wed 18 May 2061",
        ),
    )
    return EXPECTED_END


def _correct(story: Story) -> None:
    """The emergency duty team had been told on Thursday: the last day was yesterday."""
    notify.correct_awareness(
        story,
        "Thu 5 Mar 2026 21:15",
        Expected(starts={"K1": "Thu 12 Mar 2026"}, emails=(EmailTrigger.DAY_CAME_NEARER,)),
    )
    story.shows("manager", "timeline", "Local authority's awareness corrected")


def _notify_late(story: Story, review: shared_steps.RapidReview) -> None:
    """A late notification counts, and says why it was late (NOT-03)."""
    notify.decide(story, notify=True)
    sent = {"sent_at": moment(review.notified)}
    story.is_refused(
        "notifier",
        "record_notification",
        sent | {"late_reason": ""},
        Refusal(field="late_reason", says="why it was late"),
    )
    expected = notify.notified(review.starts("K4", "K10"), review.met("K1", "K2"))
    why = "The out-of-hours team's log was read on Friday. This is an example."
    story.does("notifier", "record_notification", sent | {"late_reason": why}, expected)
