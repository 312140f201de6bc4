"""What the record of practitioners' say on the draft opens with, whoever leads (PUB-19)."""

from uuid import UUID

from services.casework.commands import Command, Day
from services.casework.steps.learning_event.draft_heard import remarks_not_answered
from services.casework.steps.learning_event.plan import PostInvited, agencies_of
from services.database.cases import Case
from services.database.history import entries_of_review
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date


class RemarkBegun(PostInvited):
    """What a practitioner on the list said, to be answered."""

    remark: str


class FeedbackBegun(Command):
    """What the record opens with: whom the list was asked through, and what they said."""

    agencies: tuple[UUID, ...]
    asked_on: Day
    shared: str
    remarks: tuple[RemarkBegun, ...]


def feedback_begun(work: UnitOfWork, case: Case) -> FeedbackBegun | None:
    """Return what practitioners on the list said that is not answered yet, if anything."""
    asked = entries_of_review(work.session, case.id, EntryType.PARTICIPANTS_ASKED)
    said = remarks_not_answered(work, case)
    if not asked or not said:
        return None
    return FeedbackBegun(
        agencies=agencies_of(said),
        asked_on=london_date(asked[-1].at),
        shared=asked[-1].command["shared"],
        remarks=tuple(
            RemarkBegun(agency=one.agency, post=one.post, remark=one.remark or "") for one in said
        ),
    )
