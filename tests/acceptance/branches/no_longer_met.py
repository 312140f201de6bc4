"""Scenario 4 with an LCSPR all the same: the harm was not serious, and there is more to learn."""

from dataclasses import replace
from typing import Final

from services.domain.criteria import NotificationCriterion
from services.domain.workflow import PanelAnswer
from tests.acceptance.answers import Answers
from tests.acceptance.branches import bounced, shared_steps
from tests.acceptance.chapters import panel, rapid_review
from tests.acceptance.expectations import Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import ORPINE
from tests.acceptance.story import Story

REASONS: Final = "The harm was not serious. How the alert was handled is still to be learnt from."
WHY: Final[Answers] = {
    "rationale": "Nobody saw the alert for a week, and that may happen again. This is an example.",
    "agencies_words": REASONS,
}
# The days are those of another branch with an LCSPR, up to the dispatch before publication.
REVIEWED: Final = replace(
    bounced.BOUNCED,
    incident=replace(bounced.BOUNCED.incident, family=ORPINE),
    lapsed=(NotificationCriterion.HARM,),
)


def drive(story: Story) -> ExpectedEnd:
    """The partners say which criterion is not met, and why there is an LCSPR (DEC-12).

    An agency that was asked reads the reasons once the Panel has the review, and not before
    (DEC-14); the terms of reference open with the key lines that were decided.
    """
    shared_steps.refer_and_notify(story, REVIEWED)
    shared_steps.send_forms(story, REVIEWED)
    shared_steps.prepare_and_meet(story, REVIEWED)
    _is_refused_without_why(story)
    shared_steps.propose(story, REVIEWED, **WHY)
    for words in ("The child has died or been seriously harmed", REASONS):
        story.shows("council", "sign-off/rapid-review", words)
    shared_steps.sign_and_submit(story, REVIEWED)
    story.shows("hospital", "", REASONS)
    story.on("Wed 29 Apr 2026 10:00")
    panel.answers(story, "Wed 29 Apr 2026", PanelAnswer.AGREES)
    story.shows("chair", "commissioning/terms", "What happened in part 1?")
    shared_steps.review_locally(story, bounced.REVIEW)
    story.on(bounced.PLANNED)
    bounced.approve_and_send(story)
    bounced.publish(story)
    shared_steps.act_on_learning(story, bounced.LEARNING)
    return bounced.EXPECTED_END


def _is_refused_without_why(story: Story) -> None:
    """Neither which criterion is not met nor why an LCSPR is left out (DEC-12)."""
    said = rapid_review.proposal(REVIEWED.outcome, met=True, on="", lapsed=REVIEWED.lapsed)
    which = Refusal(field="no_longer_met", says="which of them is no longer met")
    story.is_refused("chair", "propose_decision", {**said, "no_longer_met": ()}, which)
    why = Refusal(field="rationale", says="why there is an LCSPR all the same")
    story.is_refused("chair", "propose_decision", said, why)
