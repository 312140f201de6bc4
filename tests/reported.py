"""Agencies that send what a local review asks of them, until it is accepted."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from services.casework.steps.local_review import (
    agency_invited,
    agency_report_judgement,
    agency_reports,
    chronologies,
    chronologies_merged,
    further_items,
)
from services.casework.steps.local_review.agency_report_judgement import AcceptReport
from services.casework.steps.local_review.reports_judgement import judge_reports
from services.database.documents import documents
from services.domain.documents import DocumentKind
from services.domain.roles import Role
from tests.put_terms import Carried
from tests.report_factories import (
    accepted,
    ask_for_more,
    invite_agency,
    merge_chronologies,
    request_reports,
    submit_changes,
    submit_chronology,
    submit_report,
)
from tests.report_factories import (
    judge_reports as say_judged,
)
from tests.sent_out import make_kind, open_document
from tests.words import words_of

C = TypeVar("C", bound=Carried)


def ask_and_accept(case: C, names: Sequence[str], when: str) -> C:
    """Ask these agencies for chronologies and reports, receive them and accept them."""
    wanted = ("chronology", "organisational_changes", "information_report")
    asked = request_reports(*map(case.agency, names), due=when, wanted=wanted)
    case.do(agency_reports.request_reports, asked, Role.BUSINESS_MANAGER, when)
    for name in names:
        for act, command in (
            (chronologies.submit_chronology, submit_chronology()),
            (chronologies.submit_changes, submit_changes()),
            (agency_reports.submit_report, submit_report()),
        ):
            case.do(act, command, Role.AGENCY_LEAD, when, agency=name)
        accepted = words_of(AcceptReport, {}, agency=case.agency(name))
        case.do(agency_report_judgement.accept_report, accepted, Role.LEAD_REVIEWER, when)
    return case


def ask_and_ask_more(case: Carried, names: Sequence[str], when: str) -> None:
    """Ask these agencies for reports, and the hospital for more than that (LC-11)."""
    asked = request_reports(*map(case.agency, names))
    case.do(agency_reports.request_reports, asked, Role.BUSINESS_MANAGER, when)
    more = ask_for_more(case.agency())
    case.do(further_items.ask_for_more, more, Role.LEAD_REVIEWER, when)


def merge_all(case: Carried, when: str = "2026-04-01") -> None:
    """Have one paper made of all chronologies."""
    merge = chronologies_merged.merge_chronologies
    case.do(merge, merge_chronologies(), Role.LEAD_REVIEWER, when)


def open_reports(case: Carried, when: str, *agencies: UUID) -> None:
    """Have the papers of these agencies' reports made, and opened by the lead reviewer."""
    make_kind(case.world, case.case_id, DocumentKind.AGENCY_REPORT, when)
    reviewer, meant = case.world.ours.actor(Role.LEAD_REVIEWER), set(map(str, agencies))
    with case.world.act(reviewer, when) as work:
        for one in documents(work.session, case.case_id):
            if one.kind is DocumentKind.AGENCY_REPORT and one.subject in meant:
                open_document(work.session, reviewer, case.case_id, one.id, work.now)


def accept_opened(case: Carried, when: str, *agencies: UUID) -> None:
    """Accept these agencies' reports at once, each opened."""
    open_reports(case, when, *agencies)
    said = say_judged(*map(accepted, agencies))
    case.do(judge_reports, said, Role.LEAD_REVIEWER, when)


def send_and_speak(case: Carried, when: str) -> None:
    """Have the hospital send its report, and invite it to a meeting about that."""
    case.do(agency_reports.submit_report, submit_report(), Role.AGENCY_LEAD, when)
    invited = invite_agency(case.agency())
    case.do(agency_invited.invite_agency, invited, Role.LEAD_REVIEWER, when)
