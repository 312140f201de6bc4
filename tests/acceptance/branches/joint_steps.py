"""The stretches that the joint branches share: both areas begin, the review is set up, signed."""

from typing import Final

from deployments.demo.partnerships import NORTHMOOR, SALTMARSH
from services.domain.documents import DocumentKind
from services.domain.workflow import Outcome, Step
from tests.acceptance import audit_checks
from tests.acceptance.branches import shared_steps
from tests.acceptance.chapters import joint, learning, notify, rapid_review
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import Family
from tests.acceptance.joint_story import JointStory

MET_ON: Final = "Tue 17 Mar 2026"


JOINING_DOCUMENTS: Final = {
    DocumentKind.REFERRAL: 1,
    DocumentKind.NOTIFICATION_RECORD: 1,
    DocumentKind.SCOPING_LETTER: 2,
    DocumentKind.SCOPING_FORM: 4,
    DocumentKind.SCOPING_RETURN: 2,
    **shared_steps.DOCUMENTS_OF_LEARNING,
}
INVITATION_ENDS: Final = ExpectedEnd(not_needed=frozenset(Step) - {Step.NOTIFY}, documents={})
KEEP_UNTIL: Final = {
    NORTHMOOR.code: {"Mon 9 Nov 2026": "Wed 9 Nov 2061", "Mon 8 Jun 2026": "Wed 8 Jun 2061"},
    SALTMARSH.code: {"Mon 9 Nov 2026": "Wed 9 Nov 2101", "Mon 8 Jun 2026": "Wed 8 Jun 2101"},
}


def of_residence(family: Family, outcome: Outcome) -> shared_steps.RapidReview:
    """Return the review of the area where the child lives, which hears of it a day later."""
    return shared_steps.RapidReview(
        incident=notify.Incident(
            family=family, happened_on="Sun 1 Mar 2026", received_at="Wed 4 Mar 2026 09:30"
        ),
        aware_at="Tue 3 Mar 2026 15:00",
        referred="Wed 4 Mar 2026 10:00",
        notified="Thu 5 Mar 2026 10:00",
        returned="Wed 11 Mar 2026 10:00",
        meets=f"{MET_ON} 14:00",
        signed="Mon 23 Mar 2026 10:00",
        outcome=outcome,
        criteria_met=True,
        due={
            "K1": "Tue 10 Mar 2026",
            "K4": "Fri 6 Mar 2026",
            "K5": "Fri 6 Mar 2026",
            "K6": "Thu 12 Mar 2026",
            "K7": "Fri 13 Mar 2026 to Mon 23 Mar 2026",
            "K8": "Thu 19 Mar 2026",
            "K9": "Tue 24 Mar 2026",
            "K10": "Thu 26 Mar 2026",
            "K11": "Wed 23 Sep 2026",
        },
        how={"K4": "early", "K8": "late", "K9": "early"},
    )


def of_the_incident(family: Family, outcome: Outcome) -> shared_steps.RapidReview:
    """Return the review of the area where the child was harmed, which notifies first."""
    return shared_steps.RapidReview(
        incident=notify.Incident(
            family=family, happened_on="Sun 1 Mar 2026", received_at="Tue 3 Mar 2026 09:30"
        ),
        aware_at="Mon 2 Mar 2026 15:00",
        referred="Tue 3 Mar 2026 10:00",
        notified="Wed 4 Mar 2026 10:00",
        returned="Wed 11 Mar 2026 10:00",
        meets=f"{MET_ON} 14:00",
        signed="Mon 23 Mar 2026 10:00",
        outcome=outcome,
        criteria_met=True,
        due={
            "K1": "Mon 9 Mar 2026",
            "K4": "Thu 5 Mar 2026",
            "K5": "Wed 4 Mar 2026",
            "K6": "Wed 11 Mar 2026",
            "K7": "Mon 16 Mar 2026 to Thu 19 Mar 2026",
            "K8": "Thu 19 Mar 2026",
            "K9": "Thu 19 Mar 2026",
            "K10": "Tue 24 Mar 2026",
        },
        how={"K5": "on the day"},
    )


def propose(both: JointStory, review: shared_steps.RapidReview) -> None:
    """Put the decision to the partners of both sides."""
    answers = rapid_review.proposal(review.outcome, met=review.criteria_met, on=MET_ON)
    rapid_review.propose(both.lead, answers)
    joint.are_asked(both.other, Step.SUBMIT)


def act_on_learning(both: JointStory, days: shared_steps.Learning) -> None:
    """Each side agrees, completes, signs and closes an action plan of its own (EMB-01)."""
    both.on(days.agreed)
    both.other.follows("The joint part has ended", Step.EMBED)
    for story in both.sides:
        learning.agree_on_plan(story, {"hospital": days.last_day})
    both.on(days.done)
    for story in both.sides:
        learning.complete(story, "hospital", 1, days.how, is_last=True)
    both.on(days.closed)
    for story in both.sides:
        learning.sign(story)
        on = days.closed.rpartition(" ")[0]
        learning.close(story, KEEP_UNTIL[story.place.code][on], on, 1)


def check_both(both: JointStory) -> None:
    """Each side verifies its own audit; the runs of all cases are told, in order."""
    for story in both.sides:
        audit_checks.check(story)
    both.tell_runs()
