"""The papers by which learning is shared: the briefing, and the plan of its sharing (EMB-07)."""

from typing import Final

from services.casework.answers_as_text import as_tables
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    on_day,
)
from services.casework.steps.embedding.briefing_said import WriteBriefing
from services.casework.steps.plan_said import PlanPut
from services.domain.entry_types import EntryType
from services.domain.working_days import london_date

_PARTS: Final = {
    "happened": "What happened",
    "matters": "Why it matters",
    "learnt": "What was learnt",
    "done_well": "What was done well",
    "differently": "What is done differently",
    "questions": "Questions for your team",
    "more": "Where to find more",
}


def practice_briefing(context: BuilderContext) -> DocumentContent:
    """Build the briefing of seven parts; it leads back to no case and names nobody."""
    said = _said(context)
    return DocumentContent(
        sections=tuple(
            in_paragraphs(heading, str(getattr(said, name))) for name, heading in _PARTS.items()
        ),
        details={"Briefing": said.title},
    )


def dissemination_plan(context: BuilderContext) -> DocumentContent:
    """Build who is reached in which way, by whom and when, and how that is known."""
    said = _said(context)
    rest = frozenset(WriteBriefing.model_fields) - {"sharing"}
    put = context.history.all(EntryType.PLAN_PROPOSED)
    plan = PlanPut.model_validate(put[-1].command) if put else None
    return DocumentContent(
        sections=(
            *as_tables(said, {}, without=rest),
            *((in_paragraphs("As the action plan says", plan.dissemination),) if plan else ()),
            in_paragraphs("How we know that it has reached practice", said.reached),
        ),
        details={
            "Briefing": said.title,
            "Kept on": on_day(london_date(context.history.newest.at)),
        },
    )


def _said(context: BuilderContext) -> WriteBriefing:
    return context.history.command(EntryType.BRIEFING_WRITTEN, WriteBriefing)
