"""The police partner: an email, the decision with all it is about, a no with its reason."""

from tests.acceptance.branches import shared_steps, without_lcspr
from tests.in_chromium.stage import Stage


def go(stage: Stage) -> None:
    """Two partners have agreed; the police reads, disagrees, and is told what happens next."""
    story = stage.story
    review = without_lcspr.BRIEFED
    shared_steps.refer_and_notify(story, review)
    shared_steps.send_forms(story, review)
    shared_steps.prepare_and_meet(story, review)
    shared_steps.propose(story, review)
    for who in ("council", "icb"):
        story.does(who, "sign_rapid_review")
    police = stage.arrives("police")
    police.chooses("In which role do you want to act?", story.place.name)
    police.presses("Continue")
    police.follows("Sign")
    police.takes_picture("police-partner-decision")
    police.sees(
        "What do the partners decide?",
        "Criteria answered",
        "Rapid review record written",
        "2 of 3",
    )
    police.chooses("Your position", "Disagrees")
    police.answers("Reasons or comments", "The second criterion is met, and a review would help.")
    police.presses("Sign")
    police.sees("Your position is recorded", "3 of 3 have signed; 1 disagrees")
    police.sees("Review group chair: Resolve the disagreement between the partners")
    police.follows("Decisions")
    police.sees("Nothing is decided while a partner disagrees")
    police.takes_picture("police-partner-after")
