"""Pages of the Panel's answer, and of the end of a national review."""

from fastapi import APIRouter

from services.casework.steps import panel
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

act_page(
    router,
    ActPage(
        path=Todo.RECORD_PANEL_ANSWER,
        title="Record the Panel's answer",
        button="Record the answer",
        done="The Panel's answer is recorded.",
        act=panel.record_answer,
        words=panel.RecordAnswer,
        permission=Permission.SUBMIT_TO_PANEL,
        entry_type=(EntryType.PANEL_ANSWERED,),
        stages=frozenset({Stage.WITH_PANEL}),
        shows=(EntryType.DECISION_PROPOSED,),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.END_NATIONAL_REVIEW,
        title="Record the end of the national review",
        button="Record the end",
        done="The end of the national review is recorded.",
        act=panel.end_national_review,
        words=panel.EndNationalReview,
        permission=Permission.SUBMIT_TO_PANEL,
        entry_type=(EntryType.NATIONAL_REVIEW_ENDED,),
        stages=frozenset({Stage.NATIONAL_REVIEW}),
        shows=(EntryType.PANEL_ANSWERED,),
    ),
)
