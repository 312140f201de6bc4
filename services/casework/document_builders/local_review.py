"""The machine work from commissioning to the close: which papers each order makes."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import Names, as_section, as_tables, names_for
from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import (
    Desk,
    Which,
    desk_for,
    key_dates,
    on_day,
    parts,
    put_on_file,
    signatures,
)
from services.casework.job_context import Tools
from services.casework.steps.agency_reports import SubmitReport
from services.casework.steps.commissioning import AgreeTerms
from services.casework.steps.delay import RecordDelay
from services.casework.steps.learning import AgreePlan, Close, UpdateAction
from services.casework.steps.publication import PlanPublication, WithholdReport
from services.casework.steps.publishing import Publish
from services.casework.steps.report import SubmitDraft
from services.casework.steps.review_opening import AppointReviewer
from services.casework.steps.sign_off_rounds import round_of
from services.database.actions import Progress, actions
from services.database.cases import Case
from services.database.decisions import SignOffMatter
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind, Section, Table
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.working_days import london_date

_NOT_FOR_READERS: Final = frozenset({"anonymised"})
_DECIDED_ON_PUBLICATION: Final = (EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD)
_RULES = re.compile(r" \([A-Z]{2,4}-\d\d[^)]*\)$")


def terms_of_reference(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make this version of the terms of reference (LC-06, Doc 6)."""
    desk, version = desk_for(work, tools, case_id), int(subject)
    terms = AgreeTerms.model_validate(desk.told.nth(version, EntryType.TERMS_AGREED).command)
    put_on_file(
        desk,
        DocumentKind.TERMS_OF_REFERENCE,
        *parts("Terms of reference", terms, desk.known),
        details=key_dates(desk.case) | {"Decision": on_day(desk.case.decided_on)},
        which=Which(version=version),
    )


def reviewer_notice(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the notice of the reviewer's name to the three bodies (LC-24)."""
    desk = desk_for(work, tools, case_id)
    told = desk.told.until(int(subject))
    appointed = told.command(EntryType.REVIEWER_APPOINTED, AppointReviewer)
    put_on_file(
        desk,
        DocumentKind.REVIEWER_NOTICE,
        *parts("The lead reviewer", appointed, names_for(work, appointed.person)),
        which=Which(subject),
        addressed_to="The Panel, Ofsted and the Department for Education",
        details=key_dates(desk.case),
    )


def agency_report(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Put one version of an agency's report on file (LC-33)."""
    desk = desk_for(work, tools, case_id)
    agency_id, _, version = subject.partition(":")
    sent = desk.told.nth(int(version), EntryType.REPORT_SUBMITTED, agency_id)
    put_on_file(
        desk,
        DocumentKind.AGENCY_REPORT,
        *parts("The report", SubmitReport.model_validate(sent.command), desk.known),
        which=Which(agency_id, int(version)),
        details={
            "Agency": desk.known.get(UUID(agency_id), ""),
            "Received on": on_day(london_date(sent.at)),
        },
    )


def report_version(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make this version of the report (PUB-05 to PUB-19)."""
    desk = desk_for(work, tools, case_id)
    draft = desk.told.nth(1, EntryType.DRAFT_SUBMITTED, subject)
    put_on_file(
        desk,
        DocumentKind.REPORT_VERSION,
        *_report(SubmitDraft.model_validate(draft.command), desk.known),
        details=_reviewer(work, desk.told.until(draft.number)),
        which=Which(version=int(subject)),
    )


def delay_notice(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the notice of a delay to the Panel and the Secretary of State (LC-15)."""
    desk = desk_for(work, tools, case_id)
    delay = desk.told.until(int(subject)).command(EntryType.DELAY_RECORDED, RecordDelay)
    put_on_file(
        desk,
        DocumentKind.DELAY_NOTICE,
        *parts("The delay", delay, desk.known),
        which=Which(subject),
        addressed_to="The Panel and the Secretary of State for Education",
        details=key_dates(desk.case),
    )


def dispatch(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make what is sent before publication: the notice with the full text (PUB-26)."""
    desk, round_ = desk_for(work, tools, case_id), int(subject)
    decided = desk.told.all(*_DECIDED_ON_PUBLICATION)[round_ - 1]
    plan = _plan(decided)
    text = (
        _improvements(plan)
        if isinstance(plan, WithholdReport)
        else _final_report(desk, desk.told.until(decided.number))
    )
    put_on_file(
        desk,
        DocumentKind.PRE_PUBLICATION_DISPATCH,
        *text,
        signatures(work, desk.case, SignOffMatter.PUBLICATION, round_),
        which=Which(subject),
        addressed_to="The Panel, Ofsted and the Secretary of State for Education",
        details={"To be published on": on_day(plan.publish_on)} | _reviewer(work, desk.told),
    )


def published_report(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the report as published: anonymised, and naming its reviewer (PUB-27)."""
    desk = desk_for(work, tools, case_id)
    put_on_file(
        desk,
        DocumentKind.PUBLISHED_REPORT,
        *_final_report(desk, desk.told),
        details=_reviewer(work, desk.told) | {"Published on": on_day(desk.case.published_on)},
    )


def improvement_information(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the information about improvements published instead of the report (PUB-25)."""
    desk = desk_for(work, tools, case_id)
    published = desk.told.command(EntryType.IMPROVEMENTS_PUBLISHED, Publish)
    put_on_file(
        desk,
        DocumentKind.IMPROVEMENT_INFORMATION,
        *_improvements(desk.told.command(EntryType.PUBLICATION_WITHHELD, WithholdReport)),
        details={
            "Published on": on_day(published.published_on),
            "Published at": published.address,
        },
    )


def action_plan(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the action plan as it was agreed, or as it stands completed or closed (EMB-03, Doc 18).

    A plan that was just agreed is told without what was done since.
    """
    desk = desk_for(work, tools, case_id)
    case = desk.case
    agreed = subject.removeprefix("agreed:")
    told = desk.told if agreed == subject else _until_agreed(desk.told, int(agreed))
    round_ = round_of(work, case, SignOffMatter.ACTION_PLAN)
    put_on_file(
        desk,
        DocumentKind.ACTION_PLAN,
        Section(heading="Actions", table=_actions(desk, told)),
        *_sharing(told, desk.known),
        *(
            ()
            if told != desk.told
            else (signatures(work, case, SignOffMatter.ACTION_PLAN, round_),)
        ),
        *_close(told, desk.known),
        details=_closed_on(case, told),
    )


def _plan(decided: Entry) -> PlanPublication | WithholdReport:
    if decided.entry_type == EntryType.PUBLICATION_WITHHELD:
        return WithholdReport.model_validate(decided.command)
    return PlanPublication.model_validate(decided.command)


def _final_report(desk: Desk, told: CaseHistory) -> tuple[Section, ...]:
    """Return the version that the partners signed: the newest when publication was decided."""
    return _report(told.command(EntryType.DRAFT_SUBMITTED, SubmitDraft), desk.known)


def _report(draft: SubmitDraft, known: Names) -> tuple[Section, ...]:
    """Return the report's parts as headed prose, then its recommendations, as readers need them.

    The form's self-checks and the rules behind its questions are not for readers.
    """
    prose = as_section("", draft, known, without=_NOT_FOR_READERS)
    return (
        *(
            Section(heading=_RULES.sub("", one.label), paragraphs=tuple(one.text.split("\n\n")))
            for one in prose.answers
        ),
        *_under(("Recommendation", "Asked of", "By when"), as_tables(draft, known)),
    )


def _under(columns: tuple[str, ...], sections: Iterable[Section]) -> tuple[Section, ...]:
    """Return the tables under headings instead of the form's questions."""
    return tuple(
        replace(one, table=replace(one.table, columns=columns)) if one.table else one
        for one in sections
    )


def _improvements(withheld: WithholdReport) -> tuple[Section, ...]:
    text = tuple(withheld.improvements.split("\n\n"))
    return (Section(heading="Improvements that should be made", paragraphs=text),)


def _reviewer(work: UnitOfWork, told: CaseHistory) -> dict[str, str]:
    """Return the reviewer's name, which every published report carries (PUB-27)."""
    appointed = told.command(EntryType.REVIEWER_APPOINTED, AppointReviewer)
    return {"Lead reviewer": names_for(work, appointed.person).get(appointed.person, "")}


def _until_agreed(told: CaseHistory, planned: int) -> CaseHistory:
    """Return what had been said when the plan came to hold so many actions."""
    held = 0
    for entry in told.all(EntryType.PLAN_AGREED):
        held += len(AgreePlan.model_validate(entry.command).actions)
        if held >= planned:
            return told.until(entry.number)
    return told


def _sharing(told: CaseHistory, known: Names) -> tuple[Section, ...]:
    """Return how the learning is shared, as each agreement on the plan said it."""
    agreed = [AgreePlan.model_validate(one.command) for one in told.all(EntryType.PLAN_AGREED)]
    without = frozenset({"actions"})
    return tuple(as_section("Sharing the learning", one, known, without=without) for one in agreed)


def _close(told: CaseHistory, known: Names) -> tuple[Section, ...]:
    closed = [Close.model_validate(one.command) for one in told.all(EntryType.CASE_CLOSED)]
    return tuple(part for one in closed for part in parts("The close of the case", one, known))


def _closed_on(case: Case, told: CaseHistory) -> dict[str, str]:
    if case.closed_at is None or not told.all(EntryType.CASE_CLOSED):
        return {}
    return {"Closed on": on_day(london_date(case.closed_at))}


def _actions(desk: Desk, told: CaseHistory) -> Table:
    agreed = [AgreePlan.model_validate(one.command) for one in told.all(EntryType.PLAN_AGREED)]
    planned = sum(len(one.actions) for one in agreed)
    updated = {
        one.number: one
        for entry in told.all(EntryType.ACTION_UPDATED)
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
                desk.known.get(one.agency_id, ""),
                on_day(one.last_day),
                one.measure,
                (newest.progress if newest else Progress.OPEN).value,
                newest.evidence if newest else "",
            )
            for one in actions(desk.work.session, desk.case.id)[:planned]
            for newest in (updated.get(one.number),)
        ),
    )
