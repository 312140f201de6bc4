"""The operator on call: the file storage hangs, is seen, and what waited is tried again."""

from deployments.local.home import Home
from tests.acceptance.operations import incidents
from tests.acceptance.operations.breakages import PUT_OFF
from tests.acceptance.operations.breaking import stopped
from tests.in_chromium.stage import Stage
from tests.in_chromium.visitor import Visitor
from tests.in_chromium.waiting import until


def go(stage: Stage) -> None:
    """A referral's paper cannot be stored; the operator sees what it means for casework."""
    story = stage.story
    operator = stage.arrives("operations")
    home = Home.here()
    with stopped(home, "objects"):
        incidents.refer(story, 0)
        until(lambda: "does not answer" in _front(operator))
        operator.takes_picture("operator-on-call-broken")
        until(lambda: PUT_OFF in _front(operator))
        operator.takes_picture("operator-on-call-effect")
        reference = story.reference
        operator.sees(f"{reference}")
    operator.follows("Act on machine work that waits")
    operator.chooses("What shall be done?", "Try now what was put off until later")
    operator.chooses("For which cases?", reference)
    operator.answers("Why?", "The file storage answers again.")
    operator.takes_picture("operator-on-call-acts")
    operator.presses("Do it")
    operator.sees("What came of it for each item", "Done")
    until(lambda: PUT_OFF not in _front(operator))
    operator.takes_picture("operator-on-call-after")


def _front(operator: Visitor) -> str:
    operator.opens("/operations")
    return operator.text()
