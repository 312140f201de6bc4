"""The Panel queries the decision: the partners turn to an LCSPR, or uphold what they decided."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.pending_items import PendingStanding
from services.domain.workflow import Outcome, PanelAnswer, Step
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_LOCAL_REVIEW,
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import dispatches, notify, panel, publication, rapid_review
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import BUTTERWORT, CANDLEWICK
from tests.acceptance.story import Story

QUERIED: Final = shared_steps.RapidReview(
    incident=notify.Incident(
        family=BUTTERWORT, happened_on="Sun 1 Feb 2026", received_at="Tue 3 Feb 2026 09:30"
    ),
    aware_at="Mon 2 Feb 2026 15:00",
    referred="Tue 3 Feb 2026 10:00",
    notified="Wed 4 Feb 2026 10:00",
    returned="Mon 9 Feb 2026 10:00",
    meets="Thu 12 Feb 2026 14:00",
    signed="Fri 13 Feb 2026 10:00",
    outcome=Outcome.NO_FURTHER_REVIEW,
    criteria_met=True,
    due={
        "K1": "Thu 5 Feb 2026",
        "K4": "Thu 5 Feb 2026",
        "K5": "Thu 5 Feb 2026",
        "K6": "Tue 10 Feb 2026",
        "K7": "Wed 11 Feb 2026 to Thu 19 Feb 2026",
        "K8": "Fri 13 Feb 2026",
        "K9": "Fri 13 Feb 2026",
        "K10": "Wed 25 Feb 2026",
    },
    how={"K8": "on the day", "K9": "on the day"},
)
PENDING: Final = {
    "item": "The result of the toxicology.",
    "kind": "toxicology",
    "owner": "The police, from the coroner's officer",
    "expected_on": day("Mon 2 Mar 2026"),
}
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        DocumentKind.RAPID_REVIEW_RECORD: 8,
        DocumentKind.COVERING_LETTER: 4,
        DocumentKind.COMMISSIONING_NOTICE: 4,
        DocumentKind.PANEL_REPLY: 2,
        DocumentKind.SUPPLEMENT: 2,
        DocumentKind.CHALLENGE_RECORD: 2,
        **DOCUMENTS_OF_A_LOCAL_REVIEW,
        DocumentKind.AGENCY_REPORT: 1,
        DocumentKind.PUBLISHED_REPORT: 1,
        **DOCUMENTS_OF_LEARNING,
    }
)
UPHELD: Final = ExpectedEnd(
    not_needed=frozenset({Step.COMMISSION, Step.PUBLISH}),
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        DocumentKind.CHALLENGE_RECORD: 2,
        DocumentKind.PANEL_REPLY: 2,
        **DOCUMENTS_OF_LEARNING,
    },
)
LOCAL: Final = shared_steps.LocalReview(
    terms="Mon 16 Mar 2026 10:00",
    endorsed="Wed 18 Mar 2026 10:00",
    reports="Mon 23 Mar 2026 10:00",
    reports_due="Fri 1 May 2026",
    answered="Thu 30 Apr 2026 10:00",
    drafted="Mon 1 Jun 2026 10:00",
    signed="Mon 6 Jul 2026 10:00",
    silent="schools",
)
LEARNING: Final = shared_steps.Learning(
    agreed="Mon 14 Sep 2026 10:00",
    last_day="Fri 30 Oct 2026",
    done="Thu 29 Oct 2026 10:00",
    how="early",
    closed="Mon 9 Nov 2026 10:00",
    keep_until="Thu 9 Nov 2056",
)


def panel_query(story: Story) -> ExpectedEnd:
    """After the query the partners commission an LCSPR; six months run from that decision.

    The rapid review as decided again, the reply and a supplement, of what was pending, go to the
    Panel, which later questions the decision on publication (GOV-14, RR-35, RR-36, GOV-17).
    """
    _query(story, QUERIED)
    panel.follow_up(story, PendingStanding.STILL_AWAITED, "Fri 6 Mar 2026")
    story.on("Wed 4 Mar 2026 10:00")
    _reconsider(story, Outcome.LOCAL_REVIEW, "Wed 4 Mar 2026")
    story.on("Mon 9 Mar 2026 10:00")
    _turn_to_a_local_review(story, "Mon 9 Mar 2026")
    shared_steps.review_locally(story, LOCAL)
    story.on("Mon 3 Aug 2026 10:00")
    publication.plan(story, "Fri 4 Sep 2026", "Thu 20 Aug 2026")
    publication.present(story, "Mon 3 Aug 2026")
    publication.approve(story, "Mon 3 Aug 2026")
    story.on("Mon 10 Aug 2026 10:00")
    panel.queries_publication(story, "Mon 10 Aug 2026")
    story.on("Wed 19 Aug 2026 10:00")
    publication.pre_send(story, "early")
    story.on("Fri 4 Sep 2026 10:00")
    expected = publication.is_published({"K13": "Sat 4 Sep 2027"}, {"K11": "early"})
    publication.publish(story, "Fri 4 Sep 2026", expected)
    shared_steps.act_on_learning(story, LEARNING)
    return EXPECTED_END


def panel_query_upheld(story: Story) -> ExpectedEnd:
    """The partners challenge the query, and reply to the next one (GOV-14, GOV-17)."""
    _query(story, replace(QUERIED, incident=replace(QUERIED.incident, family=CANDLEWICK)))
    panel.follow_up(story, PendingStanding.NO_LONGER_AWAITED)
    panel.challenge(story, "Mon 2 Mar 2026")
    story.on("Wed 4 Mar 2026 10:00")
    panel.answers(story, "Wed 4 Mar 2026", PanelAnswer.QUERIES)
    panel.replies(story, "Wed 4 Mar 2026")
    shared_steps.act_on_learning(story, LEARNING)
    return UPHELD


def _turn_to_a_local_review(story: Story, on: str) -> None:
    """Sign the other decision, send it again with the reply, and then a supplement (RR-36)."""
    rapid_review.sign_again(
        story,
        rapid_review.with_papers(
            Expected(
                starts={"K11": "Wed 9 Sep 2026"}, documents=(DocumentKind.COMMISSIONING_NOTICE,)
            )
        ),
    )
    rapid_review.tell_decision(story)
    dispatches.send_by_hand(story, day(on))
    panel.replies(story, on)
    panel.supplement(story, on)


def _query(story: Story, review: shared_steps.RapidReview) -> None:
    shared_steps.refer_and_notify(story, review)
    shared_steps.send_forms(story, review)
    shared_steps.prepare_and_meet(story, review)
    shared_steps.propose(story, review, pending=(PENDING,))
    shared_steps.sign_and_submit(story, review)
    story.on("Mon 2 Mar 2026 10:00")
    panel.answers(story, "Mon 2 Mar 2026", PanelAnswer.QUERIES)


def _reconsider(story: Story, outcome: Outcome, on: str) -> None:
    """Put the decision to the partners again after the Panel's query (GOV-14)."""
    rapid_review.propose(story, rapid_review.proposal(outcome, met=True, on=on))
