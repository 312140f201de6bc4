"""Two review together, one is replaced once the text is sent, and it goes again (PUB-27)."""

from dataclasses import replace
from typing import Final

from deployments.demo.partnerships import THIRD_REVIEWER
from services.domain.documents import DocumentKind
from tests.acceptance.branches import bounced, shared_steps
from tests.acceptance.chapters import commissioning, publication
from tests.acceptance.dates import day
from tests.acceptance.expectations import Refusal
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import SELFHEAL
from tests.acceptance.story import Story

SECOND: Final = "second-reviewer"
# The days are those of another branch with an LCSPR, up to the report that is signed.
REVIEWED: Final = replace(
    bounced.BOUNCED, incident=replace(bounced.BOUNCED.incident, family=SELFHEAL)
)
SENT: Final = DocumentKind.PRE_PUBLICATION_DISPATCH
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **bounced.EXPECTED_END.documents,
        DocumentKind.REVIEWER_NOTICE: 6,
        DocumentKind.DRAFTING_GUIDANCE: 3,
        DocumentKind.PUBLICATION_NOTICE: 4,
        DocumentKind.STAFF_CONFIRMATIONS: 2,
        SENT: 4,
        DocumentKind.PUBLISHED_REPORT: 2,
    }
)


def drive(story: Story) -> ExpectedEnd:
    """The partners approve anew, and the report is published with the names that were sent."""
    shared_steps.until_panel_agrees(story, REVIEWED, "Wed 29 Apr 2026")
    shared_steps.review_locally(story, replace(bounced.REVIEW, beside=SECOND))
    _is_sent(story)
    _is_replaced(story)
    _goes_again(story)
    shared_steps.act_on_learning(story, bounced.LEARNING)
    return EXPECTED_END


def _is_sent(story: Story) -> None:
    """The text goes on its last day, and names both who reviewed."""
    story.on("Mon 10 Aug 2026 10:00")
    publication.plan(story, "Mon 7 Sep 2026", "Wed 26 Aug 2026")
    publication.present(story, "Mon 10 Aug 2026")
    publication.approve(story, "Mon 10 Aug 2026")
    story.on("Wed 26 Aug 2026 10:00")
    publication.pre_send(story, "on the day")
    publication.names(story, SENT, "reviewer", SECOND)


def _is_replaced(story: Story) -> None:
    """One of them ends, which changes no word; another is appointed, whom the text does not name.

    It is neither published nor sent again as it is approved: the partners decide.
    """
    story.on("Tue 1 Sep 2026 10:00")
    commissioning.end_reviewer(story, SECOND)
    story.shows("manager", "", "Publish the report")
    commissioning.appoint_beside(story, THIRD_REVIEWER)
    commissioning.declare(story, THIRD_REVIEWER)
    story.still_runs("K12", "Wed 26 Aug 2026")
    story.on("Mon 7 Sep 2026 10:00")
    unnamed = Refusal(says="does not name those whom the report has to name", status=409)
    said = {"published_on": day("Mon 7 Sep 2026")}
    story.is_refused("manager", "publish", said, unnamed)
    story.is_refused("manager", "pre_send", {}, unnamed)


def _goes_again(story: Story) -> None:
    """A plan with a later day is approved; the text with all three names goes, and is published."""
    publication.plan(story, "Mon 12 Oct 2026", "Thu 1 Oct 2026")
    publication.approve(story, "Mon 7 Sep 2026")
    story.on("Wed 30 Sep 2026 10:00")
    publication.pre_send(story, "early")
    bounced.publish(story)
    publication.names(story, DocumentKind.PUBLISHED_REPORT, "reviewer", SECOND, THIRD_REVIEWER)
    publication.is_as_sent(story)
