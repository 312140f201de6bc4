"""A supplement that changes the decision: what became known later leads to an LCSPR (RR-36)."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from services.domain.workflow import Outcome
from tests.acceptance.branches import queried, shared_steps
from tests.acceptance.branches.shared_steps import (
    DOCUMENTS_OF_A_LOCAL_REVIEW,
    DOCUMENTS_OF_A_RAPID_REVIEW,
    DOCUMENTS_OF_LEARNING,
)
from tests.acceptance.chapters import dispatches, publication, rapid_review
from tests.acceptance.dates import day
from tests.acceptance.expectations import Expected
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import YARROW
from tests.acceptance.story import Story

TOXICOLOGY: Final = "The toxicology is in: the child was given the drug. This is an example."
REVIEW: Final = replace(queried.QUERIED, incident=replace(queried.QUERIED.incident, family=YARROW))
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **DOCUMENTS_OF_A_RAPID_REVIEW,
        DocumentKind.RAPID_REVIEW_RECORD: 8,
        DocumentKind.COVERING_LETTER: 4,
        DocumentKind.COMMISSIONING_NOTICE: 4,
        DocumentKind.SUPPLEMENT: 2,
        **DOCUMENTS_OF_A_LOCAL_REVIEW,
        DocumentKind.AGENCY_REPORT: 1,
        DocumentKind.PUBLISHED_REPORT: 1,
        **DOCUMENTS_OF_LEARNING,
    }
)


def drive(story: Story) -> ExpectedEnd:
    """The supplement goes to the Panel at once; all seats decide again, and K11 runs from then."""
    shared_steps.until_panel_agrees(story, REVIEW, "Mon 2 Mar 2026")
    _becomes_known(story)
    _is_decided_again(story)
    shared_steps.review_locally(story, queried.LOCAL)
    story.on("Mon 3 Aug 2026 10:00")
    publication.plan(story, "Fri 4 Sep 2026", "Thu 20 Aug 2026")
    publication.present(story, "Mon 3 Aug 2026")
    publication.approve(story, "Mon 3 Aug 2026")
    story.on("Wed 19 Aug 2026 10:00")
    publication.pre_send(story, "early")
    story.on("Fri 4 Sep 2026 10:00")
    expected = publication.is_published({"K13": "Sat 4 Sep 2027"}, {"K11": "early"})
    publication.publish(story, "Fri 4 Sep 2026", expected)
    shared_steps.act_on_learning(story, queried.LEARNING)
    return EXPECTED_END


def _becomes_known(story: Story) -> None:
    """What was pending has come, and goes to the Panel as a supplement."""
    story.on("Wed 4 Mar 2026 10:00")
    said = {"information": TOXICOLOGY, "reopens": True}
    expected = Expected(documents=(DocumentKind.SUPPLEMENT,))
    story.does("chair", "supplement_review", said, expected)
    dispatches.send_by_hand(story, day("Wed 4 Mar 2026"))


def _is_decided_again(story: Story) -> None:
    """The chair proposes an LCSPR now; it is sent to the Panel again, and told to three bodies."""
    story.on("Mon 9 Mar 2026 10:00")
    said = rapid_review.proposal(Outcome.LOCAL_REVIEW, met=True, on="Mon 9 Mar 2026")
    rapid_review.propose(story, said)
    story.shows("council", "sign-off/rapid-review", "What has changed since round 1")
    notice = Expected(
        starts={"K11": "Wed 9 Sep 2026"}, documents=(DocumentKind.COMMISSIONING_NOTICE,)
    )
    rapid_review.sign_again(story, rapid_review.with_papers(notice))
    rapid_review.tell_decision(story)
    dispatches.send_by_hand(story, day("Mon 9 Mar 2026"))
