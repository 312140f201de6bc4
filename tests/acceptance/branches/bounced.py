"""Scenario P6: the text before publication bounces from Ofsted after all three were met."""

from collections.abc import Callable
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.workflow import Outcome
from tests.acceptance.answers import Labelled
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_LOCAL_REVIEW,
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import notify, publication
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import SPEEDWELL
from tests.acceptance.story import Story

BOUNCED: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=SPEEDWELL, happened_on="Mon 23 Mar 2026", received_at="Wed 25 Mar 2026 09:30"
    ),
    aware_at="Tue 24 Mar 2026 15:00",
    referred="Wed 25 Mar 2026 10:00",
    notified="Thu 26 Mar 2026 10:00",
    returned="Mon 30 Mar 2026 10:00",
    meets="Mon 13 Apr 2026 14:00",
    signed="Wed 15 Apr 2026 10:00",
    outcome=Outcome.LOCAL_REVIEW,
    criteria_met=True,
    due={
        "K1": "Tue 31 Mar 2026",
        "K4": "Fri 27 Mar 2026",
        "K5": "Fri 27 Mar 2026",
        "K6": "Thu 2 Apr 2026",
        "K7": "Tue 7 Apr 2026 to Wed 15 Apr 2026",
        "K8": "Wed 15 Apr 2026",
        "K9": "Mon 20 Apr 2026",
        "K10": "Mon 20 Apr 2026",
        "K11": "Thu 15 Oct 2026",
    },
    how={"K8": "on the day"},
)
REVIEW: Final = shared_steps.LocalReview(
    terms="Tue 5 May 2026 10:00",
    endorsed="Thu 7 May 2026 10:00",
    reports="Mon 11 May 2026 10:00",
    reports_due="Fri 12 Jun 2026",
    answered="Thu 11 Jun 2026 10:00",
    drafted="Mon 6 Jul 2026 10:00",
    signed="Mon 20 Jul 2026 10:00",
)
PLANNED: Final = "Mon 28 Sep 2026 10:00"
LEARNING: Final = shared_steps.Learning(
    agreed="Mon 26 Oct 2026 10:00",
    last_day="Fri 29 Jan 2027",
    done="Thu 28 Jan 2027 10:00",
    how="early",
    closed="Mon 8 Feb 2027 10:00",
    keep_until="Wed 8 Feb 2062",
)
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        **DOCUMENTS_OF_A_LOCAL_REVIEW,
        DocumentKind.PUBLISHED_REPORT: 1,
        **DOCUMENTS_OF_LEARNING,
    }
)


def drive(story: Story) -> ExpectedEnd:
    """K12 is open again at its old day, and publication waits for what is sent by hand (P6)."""
    shared_steps.until_panel_agrees(story, BOUNCED, "Wed 29 Apr 2026")
    shared_steps.review_locally(story, REVIEW)
    story.on(PLANNED)
    approve_and_send(story)
    _bounces(story)
    _is_sent_by_hand(story)
    story.on("Wed 14 Oct 2026 10:00")
    # Each partner is asked what they say to another day than they approved (PUB-21).
    asked = EmailTrigger.SIGN_OFF_NEEDED
    expected = publication.is_published({"K13": "Thu 14 Oct 2027"}, {"K11": "early"}, asked)
    publication.publish(story, "Wed 14 Oct 2026", expected)
    publication.is_another_day(story)
    shared_steps.act_on_learning(story, LEARNING)
    return EXPECTED_END


def approve_and_send(story: Story, once_approved: Callable[[], None] = lambda: None) -> None:
    """On the day on which it is planned the partners approve; the text goes on its last day (K12).

    ``once_approved`` is what happens before it goes.
    """
    publication.plan(story, "Mon 12 Oct 2026", "Thu 1 Oct 2026")
    publication.present(story, "Mon 28 Sep 2026")
    publication.approve(story, "Mon 28 Sep 2026")
    once_approved()
    story.on("Thu 1 Oct 2026 10:00")
    publication.pre_send(story, "on the day")


def publish(story: Story) -> None:
    """Where nothing comes back, the report is published on the day of the plan."""
    story.on("Mon 12 Oct 2026 10:00")
    expected = publication.is_published({"K13": "Tue 12 Oct 2027"}, {"K11": "early"})
    publication.publish(story, "Mon 12 Oct 2026", expected)


def _bounces(story: Story) -> None:
    """The mailbox of Ofsted did not take it: nothing was sent there, and its day has passed."""
    story.on("Fri 2 Oct 2026 10:00")
    returned = {
        "dispatch": Labelled("The report before publication, to Ofsted"),
        "returned_on": day("Fri 2 Oct 2026"),
    }
    story.does("manager", "record_return", returned)
    story.shows("manager", "", "Came back: not sent")
    story.still_runs("K12", "Thu 1 Oct 2026")


def _is_sent_by_hand(story: Story) -> None:
    """Sent on Monday, it can be published seven working days later and not before."""
    story.on("Mon 5 Oct 2026 10:00")
    by_hand = {"sent_on": day("Mon 5 Oct 2026"), "address": NOT_PRODUCTION.ofsted}
    story.does("manager", "send_by_hand", by_hand, Expected(meets={"K12": "late"}))
    story.on("Mon 12 Oct 2026 10:00")
    too_early = Refusal(field="published_on", says="had to be sent by")
    story.is_refused("manager", "publish", {"published_on": day("Mon 12 Oct 2026")}, too_early)
