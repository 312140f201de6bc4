"""A lead about a child who is not born yet: it waits, is referred, and the child is born since."""

from typing import Final

from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.workflow import Outcome, PanelAnswer, Step
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import notify, panel
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import BRAMBLE
from tests.acceptance.story import Story

UNBORN: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=BRAMBLE,
        happened_on="Sun 1 Feb 2026",
        received_at="Wed 4 Feb 2026 09:30",
        told_at="Mon 2 Feb 2026 15:00",
        expected_on="Sun 31 May 2026",
    ),
    aware_at="Mon 2 Feb 2026 15:00",
    referred="Wed 4 Feb 2026 10:00",
    notified="Fri 6 Feb 2026 10:00",
    returned="Mon 9 Feb 2026 10:00",
    meets="Fri 13 Feb 2026 14:00",
    signed="Tue 17 Feb 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K1": "Mon 9 Feb 2026",
        "K4": "Mon 9 Feb 2026",
        "K5": "Fri 6 Feb 2026",
        "K6": "Fri 13 Feb 2026",
        "K7": "Fri 13 Feb 2026 to Mon 23 Feb 2026",
        "K8": "Tue 17 Feb 2026",
        "K9": "Fri 20 Feb 2026",
        "K10": "Fri 27 Feb 2026",
    },
    is_from_lead=True,
    how={"K2": "on the day", "K5": "on the day", "K8": "on the day"},
)
EXPECTED_END: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        **DOCUMENTS_OF_LEARNING,
        DocumentKind.REFERRAL: 2,
        DocumentKind.NOTIFICATION_RECORD: 2,
    },
)


def drive(story: Story) -> ExpectedEnd:
    """The clock runs from the lead; the child is shown as not verified until it is born."""
    review = UNBORN
    _log(story, review)
    _refer(story, review)
    story.on(review.notified)
    shared_steps.record_notification(story, review)
    _is_born(story, review)
    shared_steps.send_forms(story, review)
    shared_steps.prepare_and_meet(story, review)
    shared_steps.decide_and_submit(story, review)
    story.on("Mon 9 Mar 2026 10:00")
    panel.answers(story, "Mon 9 Mar 2026", PanelAnswer.AGREES)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 16 Mar 2026 10:00",
            last_day="Thu 30 Apr 2026",
            done="Wed 29 Apr 2026 10:00",
            how="early",
            closed="Mon 11 May 2026 10:00",
            keep_until="Wed 11 May 2061",
        ),
    )
    return EXPECTED_END


def _log(story: Story, review: shared_steps.RapidReview) -> None:
    """The lead waits two days for the ward's answer, and not past the last day (NOT-08)."""
    story.on("Mon 2 Feb 2026 16:00")
    logged = Expected(
        starts=review.starts("K1"),
        emails=(EmailTrigger.DECLARATION_NEEDED, EmailTrigger.LEAD_LOGGED),
    )
    notify.log_lead(story, review.incident, "Mon 2 Feb 2026 14:20", logged)
    too_late = {"decision": "wait", "ask_again_on": day("Tue 10 Feb 2026")}
    refusal = Refusal(field="ask_again_on", says="last day to notify")
    story.is_refused("notifier", "decide_lead", too_late, refusal)
    story.does("notifier", "decide_lead", too_late | {"ask_again_on": day("Wed 4 Feb 2026")})


def _refer(story: Story, review: shared_steps.RapidReview) -> None:
    """The referral goes on under the lead's reference, and the authority states its awareness."""
    story.on(review.referred)
    expected = Expected(
        starts=review.starts("K5", "K7"),
        documents=(DocumentKind.REFERRAL,),
        emails=(EmailTrigger.INCIDENT_REFERRED,),
    )
    story.does("manager", "refer_on", notify.referral(review.incident), expected)
    story.shows("manager", "", "Not verified")
    notify.record_awareness(story, review.aware_at, Expected())
    notify.give_views(story)


def _is_born(story: Story, review: shared_steps.RapidReview) -> None:
    """The child was born that morning: the referral is put right, and the record made again."""
    said = notify.referral(review.incident)
    child = {**notify.a_child(review.incident), "born_on": day("Fri 6 Feb 2026")}
    born = {**child, "expected_on": None, "before_birth": "yes"}
    remade = Expected(documents=(DocumentKind.REFERRAL, DocumentKind.NOTIFICATION_RECORD))
    answers = {**said, "children": (born,), "aware_at": None}
    story.does("notifier", "correct_referral", answers, remade)
    story.shows("manager", "", "Friday 6 February 2026")
