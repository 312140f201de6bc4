"""The documents of publication: what is sent ahead of it, and what is published."""

from typing import Final

from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    on_day,
)
from services.casework.document_builders.report import lead_reviewer, report_text
from services.casework.document_builders.sign_offs import signatures
from services.casework.steps.publication import PlanPublication, WithholdReport
from services.casework.steps.publishing import Publish
from services.database.history import Entry
from services.domain.documents import PaperSection
from services.domain.entry_types import EntryType
from services.domain.sign_off import SignOffMatter

_DECIDED_ON_PUBLICATION: Final = (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD)


def dispatch(context: BuilderContext) -> DocumentContent:
    """Build what is sent before publication: the notice with the full text (PUB-26)."""
    work, history = context.work, context.history
    decided = history.last(*_DECIDED_ON_PUBLICATION)
    round_ = history.rounds(SignOffMatter.PUBLICATION)
    plan = _plan(decided)
    text = (
        _improvements(plan)
        if isinstance(plan, WithholdReport)
        else report_text(history.as_of(decided.number), context.names)
    )
    return DocumentContent(
        sections=(*text, *signatures(work, context.case, SignOffMatter.PUBLICATION, round_)),
        addressed_to="The Panel, Ofsted and the Secretary of State for Education",
        details={"To be published on": on_day(plan.publish_on)} | lead_reviewer(work, history),
    )


def published_report(context: BuilderContext) -> DocumentContent:
    """Build the report as published: anonymised, and naming its reviewer (PUB-27)."""
    return DocumentContent(
        sections=report_text(context.history, context.names),
        details=lead_reviewer(context.work, context.history)
        | {"Published on": on_day(context.case.published_on)},
    )


def improvement_information(context: BuilderContext) -> DocumentContent:
    """Build the information about improvements published instead of the report (PUB-25)."""
    history = context.history
    published = history.command(EntryType.IMPROVEMENTS_PUBLISHED, Publish)
    withheld = history.command(EntryType.PUBLICATION_WITHHELD, WithholdReport)
    return DocumentContent(
        sections=_improvements(withheld),
        details={
            "Published on": on_day(published.published_on),
            "Published at": published.address,
        },
    )


def _plan(decided: Entry) -> PlanPublication | WithholdReport:
    if decided.entry_type == EntryType.PUBLICATION_WITHHELD:
        return WithholdReport.model_validate(decided.command)
    return PlanPublication.model_validate(decided.command)


def _improvements(withheld: WithholdReport) -> tuple[PaperSection, ...]:
    text = tuple(withheld.improvements.split("\n\n"))
    return (PaperSection(heading="Improvements that should be made", paragraphs=text),)
