"""Valid words of what becomes of a published report, and cases carried there."""

from typing import Any
from uuid import UUID

from services.casework.steps.publication.after_said import (
    DropPublishedProposal,
    ProposeReissue,
    ProposeTakingDown,
    RedactPublished,
    Reissue,
    TakeDown,
)
from tests.words import SAID, words_of

DECIDED = "2026-09-01"
AGAIN = "2026-10-12"
IN_PLACE = "https://reviews.example/improvements/1"


def propose_taking_down(**but: Any) -> ProposeTakingDown:
    """Return that publication has become inappropriate."""
    return words_of(ProposeTakingDown, but, anonymised=True)


def drop_published_proposal(**but: Any) -> DropPublishedProposal:
    """Return that what was proposed is not pursued."""
    return words_of(DropPublishedProposal, but)


def take_down(**but: Any) -> TakeDown:
    """Return that the report was taken down on the day of the decision."""
    return words_of(TakeDown, but, taken_down_on=DECIDED, by_whom=SAID, address=IN_PLACE)


def propose_reissue(**but: Any) -> ProposeReissue:
    """Return that the same text is published again, in six weeks."""
    usual = {"publish_on": AGAIN, "anonymised": True, "names_reviewers": True}
    return words_of(ProposeReissue, usual | but)


def reissue(**but: Any) -> Reissue:
    """Return that it was published again on the day that was approved."""
    usual = {"published_on": AGAIN, "address": "https://reviews.example/reports/1-again"}
    return words_of(Reissue, usual | but)


def redact_published(file: UUID, **but: Any) -> RedactPublished:
    """Return that a changed file went up at once."""
    usual = {"replaced_on": DECIDED, "names_reviewers": True, "by_whom": SAID}
    return words_of(RedactPublished, usual | but, file=file)
