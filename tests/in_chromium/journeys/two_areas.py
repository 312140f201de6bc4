"""Two areas: the chair over there accepts an invitation, and both see what they share."""

from services.domain.workflow import Step
from tests.acceptance.branches import joint_lcspr
from tests.acceptance.chapters import joint
from tests.acceptance.joint_story import JointStory
from tests.in_chromium.stage import Stage


def go(stage: Stage) -> None:
    """One invites, the other accepts at a window."""
    both = JointStory.of(stage.stories)
    joint_lcspr.both_begin(both)
    both.on("Mon 9 Mar 2026 10:00")
    joint.invite(both, joint_lcspr.INVITATION)
    invited = both.open_beside(joint.approve(both))
    joint.arrives(invited)
    manager = stage.arrives("manager", both.other)
    manager.takes_picture("two-areas-home")
    manager.follows("Declare your interests")
    manager.chooses("Do you have any conflict", "No")
    manager.chooses("Do you agree to keep", "Yes")
    manager.presses("Declare and go on")
    manager.follows("Answer the invitation")
    manager.takes_picture("two-areas-invitation")
    manager.sees("Which sections may they read?", "Which partnership is to lead?")
    manager.chooses("What do you answer?", "Accept")
    manager.answers("Why, or what do you ask?", "The child lives there, so they lead.")
    manager.answers("Reference of your own case", both.other.reference)
    manager.presses("Send the answer")
    manager.takes_picture("two-areas-accepted")
    manager.sees("Your answer is on record")
    both.other.follows("The case joins", Step.NOTIFY)
    joint.share(both.other, both.lead.place.name, joint_lcspr.INVITATION.ends_on)
    _shared_matrix(stage, both)


def _shared_matrix(stage: Stage, both: JointStory) -> None:
    """The chair who leads reads which agencies of the other area answered."""
    chair = stage.arrives("chair", both.lead)
    chair.opens(f"/cases/{both.lead.case}")
    chair.follows(both.other.reference)
    chair.sees(both.other.place.name)
    chair.takes_picture("two-areas-shown")
    chair.sees("What is shown to you of this case", f"{both.other.place.name.split()[0]} Schools")
