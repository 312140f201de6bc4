"""Valid words of what practitioners say of a draft report."""

from typing import Any
from uuid import UUID

from services.casework.steps.joint.draft_told import NoteLeadsDraft
from services.casework.steps.learning_event.feedback import RecordPractitionerFeedback
from services.casework.steps.learning_event.feedback_there import RecordFeedbackThere
from tests.words import SAID, words_of

POST = "Health visitor"


def practitioner_feedback(*agencies: UUID, **but: Any) -> RecordPractitionerFeedback:
    """Return one remark, which changes nothing."""
    remark = {
        "agency": agencies[0],
        "post": POST,
        "remark": SAID,
        "answer": "not_changed",
        "words": SAID,
    }
    usual = {"agencies": agencies, "asked_on": "2026-05-02", "shared": SAID, "remarks": (remark,)}
    return words_of(RecordPractitionerFeedback, {**usual, **but})


def feedback_there(*agencies: UUID, **but: Any) -> RecordFeedbackThere:
    """Return one remark on the lead's draft; without an agency, that nobody is asked."""
    said: dict[str, Any] = {"not_asked": SAID}
    if agencies:
        remark = {"agency": agencies[0], "post": POST, "remark": SAID}
        said = {
            "agencies": agencies,
            "asked_on": "2026-05-02",
            "shared": SAID,
            "remarks": (remark,),
        }
    return words_of(RecordFeedbackThere, said | but)


def note_leads_draft(**but: Any) -> NoteLeadsDraft:
    """Return that the partnership that leads has submitted its first draft."""
    return words_of(NoteLeadsDraft, {"version": 1, "entry_id": UUID(int=2)} | but)
