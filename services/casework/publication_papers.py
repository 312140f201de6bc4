"""The machine work from commissioning to the close: which papers each order makes."""

from uuid import UUID

from services.casework.acting import said as last_said
from services.casework.agency_reports import SubmitReport
from services.casework.commissioning import AgreeTerms
from services.casework.delay import RecordDelay
from services.casework.learning import AgreePlan, Close
from services.casework.papers import (
    Desk,
    key_dates,
    on_day,
    parts,
    put_on_file,
    signatures,
    the_case,
    words_of,
)
from services.casework.publication import Publish, WithholdReport
from services.casework.report import SubmitDraft
from services.casework.review_opening import AppointReviewer
from services.casework.tools import Tools
from services.casework.wording import Names, as_section, as_tables, names_for
from services.database.actions import actions
from services.database.cases import Case
from services.database.decisions import Matter
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind, Section, Table
from services.domain.history import Happened
from services.domain.identifiers import CaseId

_NOT_FOR_READERS = frozenset({"anonymised"})


def terms_of_reference(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make this version of the terms of reference (LC-06, Doc 6)."""
    case, known = the_case(work, case_id)
    terms = words_of(work, case, Happened.TERMS_AGREED, AgreeTerms)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.TERMS_OF_REFERENCE,
        *parts("Terms of reference", terms, known),
        details=key_dates(case) | {"Version": subject, "Decision": on_day(case.decided_on)},
    )


def reviewer_notice(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the notice of the reviewer's name to the three bodies (LC-24)."""
    case, _ = the_case(work, case_id)
    appointed = words_of(work, case, Happened.REVIEWER_APPOINTED, AppointReviewer)
    known = names_for(work, appointed.person)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.REVIEWER_NOTICE,
        *parts("The lead reviewer", appointed, known),
        subject=subject,
        addressed_to="The Panel, Ofsted and the Department for Education",
        details=key_dates(case),
    )


def agency_report(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Put one version of an agency's report on file (LC-33)."""
    case, known = the_case(work, case_id)
    agency_id = subject.partition(":")[0]
    words = words_of(work, case, Happened.REPORT_SUBMITTED, SubmitReport, agency_id)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.AGENCY_REPORT,
        *parts("The report", words, known),
        subject=agency_id,
        details={"Agency": known.get(UUID(agency_id), "")},
    )


def report_version(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make this version of the report (PUB-05 to PUB-19)."""
    case, known = the_case(work, case_id)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.REPORT_VERSION,
        *_report(words_of(work, case, Happened.DRAFT_SUBMITTED, SubmitDraft, subject), known),
        details={"Version": subject} | _reviewer(work, case),
    )


def delay_notice(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make the notice of a delay to the Panel and the Secretary of State (LC-15)."""
    case, known = the_case(work, case_id)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.DELAY_NOTICE,
        *parts("The delay", words_of(work, case, Happened.DELAY_RECORDED, RecordDelay), known),
        subject=subject,
        addressed_to="The Panel and the Secretary of State for Education",
        details=key_dates(case),
    )


def dispatch(work: UnitOfWork, tools: Tools, case_id: CaseId, subject: str) -> None:
    """Make what is sent before publication: the notice with the full text (PUB-26)."""
    case, known = the_case(work, case_id)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.PRE_PUBLICATION_DISPATCH,
        *(_final_report(work, case, known) if case.publishes else _improvements(work, case)),
        signatures(work, case, Matter.PUBLICATION),
        subject=subject,
        addressed_to="The Panel, Ofsted and the Secretary of State for Education",
        details={"To be published on": on_day(case.publish_on)} | _reviewer(work, case),
    )


def published_report(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the report as published: anonymised, and naming its reviewer (PUB-27)."""
    case, known = the_case(work, case_id)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.PUBLISHED_REPORT,
        *_final_report(work, case, known),
        details={"Published on": on_day(case.published_on)} | _reviewer(work, case),
    )


def improvement_information(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the information about improvements published instead of the report (PUB-25)."""
    case, known = the_case(work, case_id)
    published = words_of(work, case, Happened.IMPROVEMENTS_PUBLISHED, Publish)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.IMPROVEMENT_INFORMATION,
        *_improvements(work, case),
        *parts("Publication", published, known),
        details={"Published on": on_day(case.published_on)},
    )


def action_plan(work: UnitOfWork, tools: Tools, case_id: CaseId, _subject: str) -> None:
    """Make the action plan as it stands now (EMB-03, Doc 18)."""
    case, known = the_case(work, case_id)
    agreed = words_of(work, case, Happened.PLAN_AGREED, AgreePlan)
    closed = last_said(work, case, Happened.CASE_CLOSED, Close)
    put_on_file(
        Desk(work, tools, case),
        DocumentKind.ACTION_PLAN,
        Section(heading="Actions", table=_actions(work, case, known)),
        as_section("Sharing the learning", agreed, known),
        signatures(work, case, Matter.ACTION_PLAN),
        *(parts("The close of the case", closed, known) if closed else ()),
        details={"Closed on": on_day(case.closed_at.date())} if case.closed_at else {},
    )


def _final_report(work: UnitOfWork, case: Case, known: Names) -> tuple[Section, ...]:
    version = str(case.report_version)
    return _report(words_of(work, case, Happened.DRAFT_SUBMITTED, SubmitDraft, version), known)


def _report(draft: SubmitDraft, known: Names) -> tuple[Section, ...]:
    """Return the report's parts as headed prose, then its recommendations."""
    prose = as_section("", draft, known, without=_NOT_FOR_READERS)
    return (
        *(
            Section(heading=one.label, paragraphs=tuple(one.text.split("\n\n")))
            for one in prose.answers
        ),
        *as_tables(draft, known),
    )


def _improvements(work: UnitOfWork, case: Case) -> tuple[Section, ...]:
    withheld = words_of(work, case, Happened.PUBLICATION_WITHHELD, WithholdReport)
    text = tuple(withheld.improvements.split("\n\n"))
    return (Section(heading="Improvements that should be made", paragraphs=text),)


def _reviewer(work: UnitOfWork, case: Case) -> dict[str, str]:
    """Return the reviewer's name, which every published report carries (PUB-27)."""
    appointed = words_of(work, case, Happened.REVIEWER_APPOINTED, AppointReviewer)
    return {"Lead reviewer": names_for(work, appointed.person).get(appointed.person, "")}


def _actions(work: UnitOfWork, case: Case, known: Names) -> Table:
    return Table(
        caption="Action plan",
        columns=("No.", "Action", "Owner", "By", "Measure", "Standing", "Evidence"),
        rows=tuple(
            (
                str(one.number),
                one.action,
                known.get(one.agency_id, ""),
                on_day(one.last_day),
                one.measure,
                one.progress.value,
                one.evidence,
            )
            for one in actions(work.session, case.id)
        ),
    )
