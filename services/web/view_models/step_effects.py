"""What other processes mean for the step of the review that an act belongs to (LC-20)."""

from collections.abc import Iterable
from typing import Final

from services.casework.act import Act
from services.casework.steps.other_reviews.register import OtherProcess
from services.domain.documents import Answer
from services.domain.entry_types import EntryType
from services.domain.other_reviews import ReviewStep

_STEP_OF: Final = {
    EntryType.RETURNS_REQUESTED: ReviewStep.SCOPING,
    EntryType.MEETING_HELD: ReviewStep.MEETING,
    EntryType.RECORD_WRITTEN: ReviewStep.MEETING,
    EntryType.DECISION_PROPOSED: ReviewStep.MEETING,
    EntryType.TERMS_AGREED: ReviewStep.TERMS,
    EntryType.REPORTS_REQUESTED: ReviewStep.AGENCY_REPORTS,
    EntryType.LEARNING_EVENT_PLANNED: ReviewStep.PRACTITIONERS,
    EntryType.PRACTITIONER_HEARD: ReviewStep.PRACTITIONERS,
    EntryType.FAMILY_APPROACH_AGREED: ReviewStep.FAMILY,
    EntryType.INVOLVEMENT_DECIDED: ReviewStep.FAMILY,
    EntryType.FAMILY_CONTACTED: ReviewStep.FAMILY,
    EntryType.DRAFT_SHARED_WITH_FAMILY: ReviewStep.FAMILY,
    EntryType.DRAFT_SUBMITTED: ReviewStep.REPORT,
    EntryType.QUALITY_ASSURED: ReviewStep.REPORT,
    EntryType.PUBLICATION_PLANNED: ReviewStep.PUBLICATION,
    EntryType.PUBLICATION_WITHHELD: ReviewStep.PUBLICATION,
    EntryType.PRE_SENT: ReviewStep.PUBLICATION,
    EntryType.PUBLISHED: ReviewStep.PUBLICATION,
}
"""To which step of the review an act belongs, by its entry."""


def for_the_step(act: Act, processes: Iterable[OtherProcess]) -> tuple[Answer, ...]:
    """Return what follows for the act's step of the review from each process that goes on."""
    step = _STEP_OF.get(act.entry)
    return tuple(
        Answer(label=process.said.name, text=one.effect)
        for process in processes
        for one in (() if process.said.state.is_over else process.said.effects)
        if one.step is step
    )
