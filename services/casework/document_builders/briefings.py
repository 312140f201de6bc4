"""The papers by which learning is shared: the briefing, and the plan of its sharing (EMB-07)."""

from typing import Final
from uuid import UUID

from services.casework.answers_as_text import as_tables
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    in_paragraphs,
    on_day,
)
from services.casework.steps.embedding.briefing_said import WriteBriefing
from services.casework.steps.embedding.sharing_said import (
    ConfirmBriefing,
    RecordBriefingGiven,
    SharingRecorded,
)
from services.casework.steps.embedding.sharing_standing import SAID_OF_BRIEFING, words_of_briefing
from services.casework.steps.plan_said import PlanPut
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.plain_text import capital
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
    """Build who is reached in which way, by whom and when, what was held, and who confirmed it."""
    said = _said(context)
    rest = frozenset(WriteBriefing.model_fields) - {"sharing"}
    put = context.history.all(EntryType.PLAN_PROPOSED)
    plan = PlanPut.model_validate(put[-1].command) if put else None
    return DocumentContent(
        sections=(
            *as_tables(said, {}, without=rest),
            *((in_paragraphs("As the action plan says", plan.dissemination),) if plan else ()),
            in_paragraphs("How we know that it has reached practice", said.reached),
            *_held(context),
            *_given(context),
        ),
        details={
            "Briefing": said.title,
            "Kept on": on_day(london_date(context.history.newest.at)),
        },
    )


def _held(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what was held, or was not, one after another (EMB-07)."""
    found = [
        SharingRecorded.model_validate(one.command)
        for one in context.history.all(EntryType.SHARING_RECORDED)
    ]
    rows = tuple(
        (
            f"{capital(label(one.way))}: {one.audience}",
            on_day(one.held_on) if one.held_on else capital(label(one.came)),
            f"{one.how_many}: {one.who_came}" if one.held_on else "",
            one.said,
        )
        for one in found
    )
    columns = ("What was planned", "Held on", "Who was reached", "What follows, or why not")
    table = Table(caption="", columns=columns, rows=rows)
    return (PaperSection(heading="What was held", table=table),) if rows else ()


def _given(context: BuilderContext) -> tuple[PaperSection, ...]:
    """Return what each agency last said of its staff and the briefing (EMB-07)."""
    newest = {one.subject: one for one in context.history.all(*SAID_OF_BRIEFING)}
    rows = tuple(
        (context.names.get(UUID(agency), ""), *_receipt(words_of_briefing(entry)))
        for agency, entry in newest.items()
    )
    columns = ("Agency", "Given on", "To whom", "How, or why not")
    table = Table(caption="", columns=columns, rows=rows)
    return (PaperSection(heading="Staff who were given the briefing", table=table),) if rows else ()


def _receipt(said: ConfirmBriefing | RecordBriefingGiven) -> tuple[str, str, str]:
    why_not = said.why_not if isinstance(said, RecordBriefingGiven) else None
    given = on_day(said.given_on) if said.given_on else "Not given"
    return given, said.to_whom or "", said.given_how or why_not or ""


def _said(context: BuilderContext) -> WriteBriefing:
    return context.history.command(EntryType.BRIEFING_WRITTEN, WriteBriefing)
