"""A near miss of which the learning is shared, and an LCSPR that was asked for, not notified."""

from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import Step
from tests.acceptance.branches import shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_LOCAL_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import notify, publication, rapid_review, requests
from tests.acceptance.expectations import Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import QUILLWORT, SORREL
from tests.acceptance.story import Story

NEAR_MISS: Final = requests.Request(
    family=QUILLWORT,
    happened_on="Tue 2 Jun 2026",
    received_at="Mon 8 Jun 2026 09:30",
    occasion="near_miss",
)
ASKED_FOR: Final = requests.Request(
    family=SORREL,
    happened_on="Wed 10 Jun 2026",
    received_at="Mon 15 Jun 2026 09:30",
    occasion="poor_practice",
    asked_by="schools",
)
OF_A_RAPID_REVIEW: Final = frozenset({Step.SCOPE, Step.MEET, Step.SUBMIT})


def near_miss(story: Story) -> ExpectedEnd:
    """A hospital tells of a near miss; the partners decide against a review, and it is closed."""
    story.on("Mon 8 Jun 2026 10:00")
    requests.ask(story, NEAR_MISS)
    story.on("Thu 11 Jun 2026 10:00")
    requests.consider(story, {"decision": "no_review", **rapid_review.NO_REVIEW})
    story.on("Mon 15 Jun 2026 10:00")
    requests.sign(story)
    story.on("Wed 17 Jun 2026 10:00")
    notify.close_unreviewed(story, "Fri 17 Jun 2061")
    return ExpectedEnd(
        not_needed=OF_A_RAPID_REVIEW | {Step.COMMISSION, Step.PUBLISH, Step.EMBED},
        documents={**requests.DOCUMENTS_OF_A_REQUEST, DocumentKind.CLOSING_RECORD: 1},
    )


def lcspr_request(story: Story) -> ExpectedEnd:
    """The partners commission an LCSPR: it is reviewed and published, with no rapid review."""
    _decide(story)
    shared_steps.review_locally(
        story,
        shared_steps.LocalReview(
            terms="Mon 29 Jun 2026 10:00",
            endorsed="Wed 1 Jul 2026 10:00",
            reports="Mon 6 Jul 2026 10:00",
            reports_due="Fri 7 Aug 2026",
            answered="Thu 6 Aug 2026 10:00",
            drafted="Mon 7 Sep 2026 10:00",
            signed="Mon 5 Oct 2026 10:00",
            is_proportionate=True,
            hears_nobody="The practitioners have left the agencies.",
        ),
    )
    _publish(story)
    shared_steps.act_on_learning(
        story,
        shared_steps.Learning(
            agreed="Mon 23 Nov 2026 10:00",
            last_day="Fri 29 Jan 2027",
            done="Thu 28 Jan 2027 10:00",
            how="early",
            closed="Mon 8 Feb 2027 10:00",
            keep_until="Wed 8 Feb 2062",
        ),
    )
    return ExpectedEnd(
        not_needed=OF_A_RAPID_REVIEW | {Step.NOTIFY},
        documents={
            **requests.DOCUMENTS_OF_A_REQUEST,
            **DOCUMENTS_OF_A_LOCAL_REVIEW,
            **DOCUMENTS_OF_LEARNING,
            DocumentKind.COMMISSIONING_NOTICE: 2,
            DocumentKind.PUBLISHED_REPORT: 1,
        },
    )


def _decide(story: Story) -> None:
    """An LCSPR names its questions; its six months count from the third signature (K11)."""
    story.on("Mon 15 Jun 2026 10:00")
    requests.ask(story, ASKED_FOR)
    story.on("Thu 18 Jun 2026 10:00")
    refusal = Refusal(field="key_lines", says="at least one key line")
    story.is_refused("chair", "consider_request", {"key_lines": ()}, refusal)
    requests.consider(story, {})
    story.on("Mon 22 Jun 2026 10:00")
    notice = DocumentKind.COMMISSIONING_NOTICE
    requests.sign(story, {"K11": "Tue 22 Dec 2026"}, notice)
    rapid_review.tell_decision(story)
    if running := story.running("K10"):
        story.differs(f"K10 runs without a notification: {running}")


def _publish(story: Story) -> None:
    story.on("Mon 12 Oct 2026 10:00")
    publication.plan(story, "Mon 16 Nov 2026", "Thu 5 Nov 2026")
    publication.present(story, "Mon 12 Oct 2026")
    publication.approve(story, "Mon 12 Oct 2026")
    story.on("Wed 4 Nov 2026 10:00")
    publication.pre_send(story, "early")
    story.on("Mon 16 Nov 2026 10:00")
    expected = publication.is_published({"K13": "Tue 16 Nov 2027"}, {"K11": "early"})
    publication.publish(story, "Mon 16 Nov 2026", expected)
