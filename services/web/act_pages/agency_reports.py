"""Pages of gate G8: agencies' reports asked for, sent, returned for more, accepted, excused."""

from collections.abc import Collection
from uuid import UUID

from services.casework.effects.addressees import contact_of_agency
from services.casework.steps.local_review import (
    agency_invited,
    agency_report_judgement,
    agency_reports,
    further_items,
    reports_judgement,
)
from services.casework.steps.local_review.further_items import to_be_asked_more
from services.casework.steps.local_review.reports_opened import (
    PaperOfReport,
    papers_of_reports,
)
from services.casework.steps.local_review.reports_wanted import asked_by_terms
from services.database.agency_requests import requests
from services.database.cases import Case
from services.database.partnerships import agencies_on, agency_names
from services.database.unit_of_work import UnitOfWork
from services.domain.agency_requests import UNREPORTED, Answered, Asked
from services.domain.identifiers import AgencyId
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.chronologies import CHANGES, CHRONOLOGY
from services.web.forms.fields import Choice, Options


def _received(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies whose report waits to be judged."""
    asked = requests(work.session, case.id, Asked.REPORT)
    return _of(work, {one.agency_id for one in asked if one.answered is Answered.RECEIVED})


def _rows_received(work: UnitOfWork, case: Case) -> Options:
    """Offer the same in each row."""
    return {"reports.agency": _received(work, case)["agency"]}


def _to_open(work: UnitOfWork, case: Case) -> str:
    """Say which of the reports that wait the person has still to open."""
    papers = papers_of_reports(work, case)
    waiting = _received(work, case)["agency"]
    unread = [one.label for one in waiting if not _is_opened(papers.get(UUID(one.value)))]
    if not unread:
        return ""
    return (
        "The table of what agencies were asked for leads to each report. You have not opened here "
        f"those of: {', '.join(unread)}."
    )


def _is_opened(paper: PaperOfReport | None) -> bool:
    return paper is not None and paper.is_opened


def _unreported(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies whose report is still to come."""
    asked = requests(work.session, case.id, Asked.REPORT)
    return _of(work, {one.agency_id for one in asked if one.answered in UNREPORTED})


def _asked_before(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies that were asked before, and whose report does not wait to be judged."""
    return _of(work, to_be_asked_more(work, case))


def _unnamed(work: UnitOfWork, case: Case) -> str:
    """Say for which agencies nobody is named to whom the letter goes (LC-30)."""
    known = agencies_on(work.session, case.id)
    unnamed = [one.name for one in known if not contact_of_agency(work, AgencyId(one.id))]
    if not unnamed:
        return ""
    return (
        "The letter goes to the single point of contact who is named in the directory. Nobody is "
        f"named there for: {', '.join(unnamed)}. Their letters go to the agency."
    )


def _of(work: UnitOfWork, chosen: Collection[UUID]) -> Options:
    named = agency_names(work.session).items()
    return {"agency": tuple(Choice(str(id_), name) for id_, name in named if id_ in chosen)}


PAGES = (
    ActPage(
        act=agency_reports.REQUEST_REPORTS,
        path="agency-reports/request",
        title="Ask the agencies for reports",
        button="Ask for the reports",
        done="The agencies are being asked for their reports, by a letter each.",
        prefill=asked_by_terms,
        note=_unnamed,
    ),
    ActPage(
        act=further_items.ASK_FOR_MORE,
        path="agency-reports/further",
        title="Ask an agency for more",
        button="Ask the agency",
        done="The agency is being asked, by a letter.",
        narrow=_asked_before,
        note=_unnamed,
    ),
    ActPage(
        act=agency_reports.SUBMIT_REPORT,
        path="agency-reports/report",
        title="Send the agency's report",
        button="Send the report",
        done="Your agency's report is received.",
        beside=(CHRONOLOGY, CHANGES),
    ),
    ActPage(
        act=agency_report_judgement.ACCEPT_REPORT,
        path="agency-reports/accept",
        title="Accept an agency's report",
        button="Accept the report",
        done="The report is accepted.",
        narrow=_received,
    ),
    ActPage(
        act=agency_report_judgement.RETURN_REPORT,
        path="agency-reports/return",
        title="Return an agency's report for more",
        button="Return the report",
        done="The report goes back to the agency.",
        narrow=_received,
    ),
    ActPage(
        act=reports_judgement.JUDGE_REPORTS,
        path="agency-reports/judge",
        title="Accept or return several agencies' reports at once",
        button="Accept or return them",
        done="The reports are judged. Each agency is told what became of its own.",
        narrow=_rows_received,
        prefill=reports_judgement.waiting_to_be_judged,
        note=_to_open,
    ),
    ActPage(
        act=agency_invited.INVITE_AGENCY,
        path="agency-reports/invite",
        title="Invite an agency to a meeting about its report",
        button="Invite the agency",
        done="The agency is being invited. Its report waits to be judged after the meeting.",
        narrow=_received,
    ),
    ActPage(
        act=agency_report_judgement.EXCUSE_REPORT,
        path="agency-reports/excuse",
        title="Record why an agency will not send its report",
        button="Record the reason",
        done="The reason is recorded. The review waits for that report no longer.",
        narrow=_unreported,
    ),
)
