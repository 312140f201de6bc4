"""The agenda of the rapid review meeting, and its day and place, as the pack has them (RR-46)."""

from services.casework.answers_as_text import text_of
from services.casework.document_builders.context import BuilderContext
from services.casework.steps.rapid_review.meeting import SetMeeting
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import EntryType
from services.domain.invitations import AGENDA


def agenda(context: BuilderContext) -> PaperSection:
    """Return the usual points and those that were added, under when and where it is held."""
    told = context.history.all(EntryType.MEETING_SET)[-1:]
    is_set = context.case.meeting_at is not None
    said = [SetMeeting.model_validate(one.command) for one in told if is_set]
    facts = [("When", text_of(one.meeting_at, {})) for one in said]
    facts += [("Where", one.place) for one in said]
    added = [line.strip() for one in said for line in (one.agenda or "").splitlines()]
    return PaperSection(
        heading="Agenda",
        answers=tuple(Answer(label=name, text=text) for name, text in facts),
        items=(*AGENDA, *filter(None, added)),
    )
