"""The note of what was agreed with police and prosecution, and the schedule of material (LC-17)."""

from services.casework.answers_as_text import as_section, as_tables
from services.casework.document_builders.context import BuilderContext, DocumentContent
from services.casework.document_builders.other_reviews import other_reviews
from services.casework.steps.other_reviews.disclosure import MaterialScheduled


def disclosure_schedule(context: BuilderContext) -> DocumentContent:
    """Build it: what was agreed, with whom it was spoken of, and each document of the case."""
    kept = MaterialScheduled.model_validate(context.history.newest.command)
    return DocumentContent(
        sections=(
            as_section("What was agreed", kept, {}),
            *as_tables(kept, {}),
            *other_reviews(context),
        )
    )
