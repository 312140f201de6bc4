"""Pages of gate G9: the draft report and its quality assurance."""

from fastapi import APIRouter

from services.casework.steps import report
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

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
        entry_type=(EntryType.DRAFT_SUBMITTED,),
        stages=_REVIEW,
        clock=ClockId.K11,
        shows=(EntryType.TERMS_AGREED, EntryType.DRAFT_RETURNED),
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
        entry_type=(EntryType.QUALITY_ASSURED, EntryType.DRAFT_RETURNED),
        stages=_REVIEW,
        clock=ClockId.K11,
        shows=(EntryType.DRAFT_SUBMITTED, EntryType.TERMS_AGREED),
    ),
)
