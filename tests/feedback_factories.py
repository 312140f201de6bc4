"""Valid words of what practitioners say of a draft report."""

from typing import Any
from uuid import UUID

from services.casework.steps.learning_event.feedback import RecordPractitionerFeedback
from tests.words import SAID, words_of


def practitioner_feedback(*agencies: UUID, **but: Any) -> RecordPractitionerFeedback:
    """Return one remark, which changes nothing."""
    remark = {
        "agency": agencies[0],
        "post": "Health visitor",
        "remark": SAID,
        "answer": "not_changed",
        "words": SAID,
    }
    usual = {"agencies": agencies, "asked_on": "2026-05-02", "shared": SAID, "remarks": (remark,)}
    return words_of(RecordPractitionerFeedback, {**usual, **but})
