"""Pages of gate G9: the draft report and its quality assurance."""

from fastapi import APIRouter

from services.casework import report
from services.domain.case import Stage
from services.domain.clocks import ClockId
from services.domain.history import Happened
from services.domain.roles import Permission
from services.domain.todo import Todo
from services.web.acts import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_REVIEW = frozenset({Stage.LOCAL_REVIEW})

act_page(
    router,
    ActPage(
        path=Todo.SUBMIT_DRAFT,
        title="Submit the draft report",
        button="Submit this version",
        done="The draft report is submitted.",
        act=report.submit_draft,
        words=report.SubmitDraft,
        permission=Permission.DRAFT_REPORT,
        happened=(Happened.DRAFT_SUBMITTED,),
        stages=_REVIEW,
        clock=ClockId.K11,
        shows=(Happened.TERMS_AGREED, Happened.DRAFT_RETURNED),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.QUALITY_ASSURE,
        title="Quality-assure the draft report",
        button="Record the result",
        done="The result is recorded.",
        act=report.quality_assure,
        words=report.QualityAssure,
        permission=Permission.QUALITY_ASSURE,
        happened=(Happened.QUALITY_ASSURED, Happened.DRAFT_RETURNED),
        stages=_REVIEW,
        clock=ClockId.K11,
        shows=(Happened.DRAFT_SUBMITTED, Happened.TERMS_AGREED),
    ),
)
