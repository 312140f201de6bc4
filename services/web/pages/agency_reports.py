"""Pages of gate G8: agencies' reports asked for, sent, returned for more, accepted."""

from fastapi import APIRouter

from services.casework.steps import agency_reports
from services.database.agency_requests import Answered, Asked, requests
from services.database.cases import Case
from services.database.partnerships import agencies
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page
from services.web.forms.fields import Choice, Options

router = APIRouter(prefix="/cases/{case_id}")

_REVIEW = frozenset({Stage.LOCAL_REVIEW})


def _received(work: UnitOfWork, case: Case) -> Options:
    """Offer the agencies whose report waits to be judged."""
    asked = requests(work.session, case.id, Asked.REPORT)
    waiting = {one.agency_id for one in asked if one.answered is Answered.RECEIVED}
    chosen = (one for one in agencies(work.session) if one.id in waiting)
    return {"agency": tuple(Choice(str(one.id), one.name) for one in chosen)}


act_page(
    router,
    ActPage(
        path=Todo.REQUEST_REPORTS,
        title="Ask the agencies for reports",
        button="Ask for the reports",
        done="The agencies are being asked for their reports.",
        act=agency_reports.request_reports,
        words=agency_reports.RequestReports,
        permission=Permission.RUN_REVIEW,
        entry_type=(EntryType.REPORTS_REQUESTED,),
        stages=_REVIEW,
        clock=ClockId.K11,
        shows=(EntryType.TERMS_AGREED,),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.SUBMIT_REPORT,
        title="Send the agency's report",
        button="Send the report",
        done="Your agency's report is received.",
        act=agency_reports.submit_report,
        words=agency_reports.SubmitReport,
        permission=Permission.ANSWER_AGENCY_REQUEST,
        entry_type=(EntryType.REPORT_SUBMITTED,),
        stages=frozenset(),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.JUDGE_REPORT,
        title="Accept an agency's report",
        button="Accept the report",
        done="The report is accepted.",
        act=agency_reports.accept_report,
        words=agency_reports.AcceptReport,
        permission=Permission.JUDGE_REPORTS,
        entry_type=(EntryType.REPORT_ACCEPTED,),
        stages=_REVIEW,
        shows=(EntryType.REPORT_SUBMITTED,),
        narrow=_received,
    ),
)
act_page(
    router,
    ActPage(
        path="agency-reports/return",
        title="Return an agency's report for more",
        button="Return the report",
        done="The report goes back to the agency.",
        act=agency_reports.return_report,
        words=agency_reports.ReturnReport,
        permission=Permission.JUDGE_REPORTS,
        entry_type=(EntryType.REPORT_RETURNED,),
        stages=_REVIEW,
        shows=(EntryType.REPORT_SUBMITTED,),
        narrow=_received,
    ),
)
