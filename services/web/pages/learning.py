"""Pages of gate G11: the action plan, its progress, the close of the case."""

from fastapi import APIRouter

from services.casework.steps import learning
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_EMBEDDING = frozenset({Stage.EMBEDDING})

act_page(
    router,
    ActPage(
        path=Todo.AGREE_PLAN,
        title="Agree the action plan",
        button="Agree the plan",
        done="The action plan is agreed.",
        act=learning.agree_plan,
        words=learning.AgreePlan,
        permission=Permission.RUN_LEARNING,
        entry_type=(EntryType.PLAN_AGREED,),
        stages=_EMBEDDING,
        shows=(EntryType.DECISION_PROPOSED,),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.UPDATE_ACTIONS,
        title="Report progress on an action",
        button="Record the progress",
        done="The progress is recorded.",
        act=learning.update_action,
        words=learning.UpdateAction,
        permission=Permission.UPDATE_ACTION,
        entry_type=(EntryType.ACTION_UPDATED,),
        stages=_EMBEDDING,
        clock=ClockId.K14,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.CLOSE,
        title="Close the case",
        button="Close the case",
        done="The case is closed.",
        act=learning.close,
        words=learning.Close,
        permission=Permission.CLOSE_CASE,
        entry_type=(EntryType.CASE_CLOSED,),
        stages=_EMBEDDING,
        shows=(EntryType.PLAN_AGREED,),
    ),
)
