"""A published report is taken down within its year, published again, and redacted at once (K13)."""

from dataclasses import replace
from typing import Final

from services.domain.documents import DocumentKind
from tests.acceptance.branches import bounced, shared_steps
from tests.acceptance.chapters import after_publication
from tests.acceptance.final_checks import ExpectedEnd
from tests.acceptance.fixtures import MUGWORT
from tests.acceptance.story import Story

# The days are those of another branch with an LCSPR, up to the report that is published.
REVIEWED: Final = replace(
    bounced.BOUNCED, incident=replace(bounced.BOUNCED.incident, family=MUGWORT)
)
EXPECTED_END: Final = ExpectedEnd(
    documents={
        **bounced.EXPECTED_END.documents,
        DocumentKind.TAKEN_DOWN_NOTICE: 2,
        DocumentKind.IMPROVEMENTS_IN_PLACE: 1,
        DocumentKind.REISSUE_NOTICE: 2,
        DocumentKind.REDACTION_NOTICE: 2,
        DocumentKind.REPOSITORY_LETTER: 6,
        DocumentKind.UPLOAD: 1,
    },
    runs=6,  # the case is closed by then: each act that orders work begins a run of its own
)


def drive(story: Story) -> ExpectedEnd:
    """All partners decide each time; the year counts from the first day (PUB-29)."""
    shared_steps.until_panel_agrees(story, REVIEWED, "Wed 29 Apr 2026")
    shared_steps.review_locally(story, bounced.REVIEW)
    story.on(bounced.PLANNED)
    bounced.approve_and_send(story)
    bounced.publish(story)
    story.on("Mon 19 Oct 2026 10:00")
    after_publication.is_not_pursued(story)
    after_publication.is_taken_down(story, "Mon 19 Oct 2026")
    shared_steps.act_on_learning(story, bounced.LEARNING)
    story.on("Mon 15 Feb 2027 10:00")
    after_publication.is_to_be_published_again(story, "Mon 8 Mar 2027", "Thu 25 Feb 2027")
    story.on("Mon 8 Mar 2027 10:00")
    after_publication.is_published_again(story, "Mon 8 Mar 2027")
    story.still_runs("K13", "Tue 12 Oct 2027")
    story.on("Tue 9 Mar 2027 10:00")
    after_publication.is_redacted(story, "Tue 9 Mar 2027")
    return EXPECTED_END
