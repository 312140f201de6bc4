"""A joint LCSPR: both areas have begun, one leads, then the other, and both publish."""

from collections.abc import Sequence
from typing import Final

from services.domain.workflow import Outcome, Step
from tests.acceptance.branches import joint_steps, shared_steps
from tests.acceptance.chapters import joint
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import DANDELION
from tests.acceptance.joint_story import JointStory
from tests.acceptance.story import Story

HERE: Final = joint_steps.of_residence(DANDELION, Outcome.LOCAL_REVIEW)
THERE: Final = joint_steps.of_the_incident(DANDELION, Outcome.LOCAL_REVIEW)
INVITATION: Final = joint.Invitation(part="jointly_publishing", ends_on="Thu 31 Dec 2026")


def drive(both: JointStory) -> Sequence[tuple[Story, ExpectedEnd]]:
    """Drive both cases from their two referrals to their two closes."""
    both_begin(both)
    agree_who_leads(both)
    return ()


def both_begin(both: JointStory) -> None:
    """The area of the incident notifies first, then the area where the child lives."""
    for story, review in ((both.other, THERE), (both.lead, HERE)):
        shared_steps.refer_and_notify(story, review)
        shared_steps.send_forms(story, review)


def agree_who_leads(both: JointStory) -> None:
    """The area where the child lives invites, the other accepts: its own case joins (RR-28)."""
    both.on("Mon 9 Mar 2026 10:00")
    joint.invite(both, INVITATION)
    invited = both.open_beside(joint.approve(both))
    joint.arrives(invited)
    both.shared = True
    joint.answer(both, invited, {"answer": "accepted", "own_case": both.other.reference})
    both.other.follows("The case joins", Step.NOTIFY)
