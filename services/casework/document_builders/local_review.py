"""The documents from commissioning to the close: what each of them says."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from services.casework.answers_as_text import Names, as_section, as_tables, names_for
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    BuilderContext,
    DocumentContent,
    key_dates,
    on_day,
    parts,
    signatures,
)
from services.casework.steps.agency_reports import SubmitReport
from services.casework.steps.commissioning import AgreeTerms
from services.casework.steps.delay import RecordDelay
from services.casework.steps.learning import AgreePlan, Close, UpdateAction
from services.casework.steps.publication import PlanPublication, WithholdReport
from services.casework.steps.publishing import Publish
from services.casework.steps.report import SubmitDraft
from services.casework.steps.review_opening import AppointReviewer
from services.database.actions import actions
from services.database.cases import Case
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import Progress
from services.domain.documents import PaperSection, Table
from services.domain.entry_types import EntryType
from services.domain.labels import label
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import london_date

_NOT_FOR_READERS: Final = frozenset({"anonymised"})
_DECIDED_ON_PUBLICATION: Final = (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD)
_RULES = re.compile(r" \([A-Z]{2,4}-\d\d[^)]*\)$")


def terms_of_reference(context: BuilderContext) -> DocumentContent:
    """Build this version of the terms of reference (LC-06, Doc 6)."""
    terms = context.history.command(EntryType.TERMS_AGREED, AgreeTerms)
    return DocumentContent(
        sections=parts("Terms of reference", terms, context.names),
        details=key_dates(context.case) | {"Decision": on_day(context.case.decided_on)},
    )


def reviewer_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of the reviewer's name to the three bodies (LC-24)."""
    appointed = context.history.command(EntryType.REVIEWER_APPOINTED, AppointReviewer)
    names = names_for(context.work, appointed.person)
    return DocumentContent(
        sections=parts("The lead reviewer", appointed, names),
        addressed_to="The Panel, Ofsted and the Department for Education",
        details=key_dates(context.case),
    )


def agency_report(context: BuilderContext) -> DocumentContent:
    """Build one version of an agency's report, as it was sent (LC-33)."""
    sent = context.history.newest
    return DocumentContent(
        sections=parts("The report", SubmitReport.model_validate(sent.command), context.names),
        details={"Agency": context.agency, "Received on": on_day(london_date(sent.at))},
    )


def report_version(context: BuilderContext) -> DocumentContent:
    """Build this version of the report (PUB-05 to PUB-19)."""
    return DocumentContent(
        sections=_report(context.history, context.names),
        details=_reviewer(context.work, context.history),
    )


def delay_notice(context: BuilderContext) -> DocumentContent:
    """Build the notice of a delay to the Panel and the Secretary of State (LC-15)."""
    delay = context.history.command(EntryType.DELAY_RECORDED, RecordDelay)
    return DocumentContent(
        sections=parts("The delay", delay, context.names),
        addressed_to="The Panel and the Secretary of State for Education",
        details=key_dates(context.case),
    )


def dispatch(context: BuilderContext) -> DocumentContent:
    """Build what is sent before publication: the notice with the full text (PUB-26)."""
    work, history = context.work, context.history
    decided = history.last(*_DECIDED_ON_PUBLICATION)
    round_ = len(history.all(*_DECIDED_ON_PUBLICATION))
    plan = _plan(decided)
    text = (
        _improvements(plan)
        if isinstance(plan, WithholdReport)
        else _report(history.as_of(decided.number), context.names)
    )
    return DocumentContent(
        sections=(*text, signatures(work, context.case, SignOffMatter.PUBLICATION, round_)),
        addressed_to="The Panel, Ofsted and the Secretary of State for Education",
        details={"To be published on": on_day(plan.publish_on)} | _reviewer(work, history),
    )


def published_report(context: BuilderContext) -> DocumentContent:
    """Build the report as published: anonymised, and naming its reviewer (PUB-27)."""
    return DocumentContent(
        sections=_report(context.history, context.names),
        details=_reviewer(context.work, context.history)
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


def action_plan(context: BuilderContext) -> DocumentContent:
    """Build the action plan as it was agreed, completed or closed (EMB-03, Doc 18).

    A plan that was just agreed is not up for signature yet, so it shows no positions.
    """
    case, history, names = context.case, context.history, context.names
    round_ = len(history.all(EntryType.ACTION_UPDATED))
    is_just_agreed = history.newest.entry_type == EntryType.PLAN_AGREED
    signed = signatures(context.work, case, SignOffMatter.ACTION_PLAN, round_)
    return DocumentContent(
        sections=(
            PaperSection(heading="Actions", table=_actions(context)),
            *_sharing(history, names),
            *(() if is_just_agreed else (signed,)),
            *_close(history, names),
        ),
        details=_closed_on(case, history),
    )


def _plan(decided: Entry) -> PlanPublication | WithholdReport:
    if decided.entry_type == EntryType.PUBLICATION_WITHHELD:
        return WithholdReport.model_validate(decided.command)
    return PlanPublication.model_validate(decided.command)


def _report(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return the newest version's parts as headed prose, then its recommendations.

    The form's self-checks and the rules behind its questions are not for readers.
    """
    draft = history.command(EntryType.DRAFT_SUBMITTED, SubmitDraft)
    prose = as_section("", draft, names, without=_NOT_FOR_READERS)
    return (
        *(
            PaperSection(
                heading=_RULES.sub("", one.label), paragraphs=tuple(one.text.split("\n\n"))
            )
            for one in prose.answers
        ),
        *_under(("Recommendation", "Asked of", "By when"), as_tables(draft, names)),
    )


def _under(columns: tuple[str, ...], sections: Iterable[PaperSection]) -> tuple[PaperSection, ...]:
    """Return the tables under headings instead of the form's questions."""
    return tuple(
        replace(one, table=replace(one.table, columns=columns)) if one.table else one
        for one in sections
    )


def _improvements(withheld: WithholdReport) -> tuple[PaperSection, ...]:
    text = tuple(withheld.improvements.split("\n\n"))
    return (PaperSection(heading="Improvements that should be made", paragraphs=text),)


def _reviewer(work: UnitOfWork, history: CaseHistory) -> dict[str, str]:
    """Return the reviewer's name, which every published report carries (PUB-27)."""
    appointed = history.command(EntryType.REVIEWER_APPOINTED, AppointReviewer)
    return {"Lead reviewer": names_for(work, appointed.person).get(appointed.person, "")}


def _sharing(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Return how the learning is shared, as each agreement on the plan said it."""
    agreed = [AgreePlan.model_validate(one.command) for one in history.all(EntryType.PLAN_AGREED)]
    without = frozenset({"actions"})
    return tuple(as_section("Sharing the learning", one, names, without=without) for one in agreed)


def _close(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    closed = [Close.model_validate(one.command) for one in history.all(EntryType.CASE_CLOSED)]
    return tuple(part for one in closed for part in parts("The close of the case", one, names))


def _closed_on(case: Case, history: CaseHistory) -> dict[str, str]:
    if case.closed_at is None or not history.all(EntryType.CASE_CLOSED):
        return {}
    return {"Closed on": on_day(london_date(case.closed_at))}


def _actions(context: BuilderContext) -> Table:
    history = context.history
    agreed = [AgreePlan.model_validate(one.command) for one in history.all(EntryType.PLAN_AGREED)]
    planned = sum(len(one.actions) for one in agreed)
    updated = {
        one.number: one
        for entry in history.all(EntryType.ACTION_UPDATED)
        for one in (UpdateAction.model_validate(entry.command),)
    }
    return Table(
        caption="Action plan",
        columns=("No.", "Answers", "Action", "Owner", "By", "Measure", "Standing", "Evidence"),
        rows=tuple(
            (
                str(one.number),
                one.recommendation,
                one.action,
                context.names.get(one.agency_id, ""),
                on_day(one.last_day),
                one.measure,
                label(newest.progress if newest else Progress.OPEN),
                newest.evidence if newest else "",
            )
            for one in actions(context.work.session, context.case.id)[:planned]
            for newest in (updated.get(one.number),)
        ),
    )
