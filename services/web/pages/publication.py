"""Pages of gate G10: the plan, the dispatch before publication, publication, delay."""

from fastapi import APIRouter

from services.casework.steps import delay, publication
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_PUBLISHING = frozenset({Stage.PUBLICATION})

act_page(
    router,
    ActPage(
        path=Todo.PLAN_PUBLICATION,
        title="Plan publication",
        button="Put the plan to the three partners",
        done="The publication plan is with the three partners.",
        act=publication.plan_publication,
        words=publication.PlanPublication,
        permission=Permission.PLAN_PUBLICATION,
        entry_type=(EntryType.PUBLICATION_PLANNED,),
        stages=_PUBLISHING,
        clock=ClockId.K11,
    ),
)
act_page(
    router,
    ActPage(
        path="publication/withhold",
        title="Decide not to publish the report",
        button="Put it to the three partners",
        done="The decision is with the three partners.",
        act=publication.withhold_report,
        words=publication.WithholdReport,
        permission=Permission.PLAN_PUBLICATION,
        entry_type=(EntryType.PUBLICATION_WITHHELD,),
        stages=_PUBLISHING,
        clock=ClockId.K11,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.PRE_SEND,
        title="Send the report before publication",
        button="Send it to the Panel, Ofsted and the Secretary of State",
        done="The text is on its way to the Panel, Ofsted and the Secretary of State.",
        act=publication.pre_send,
        words=publication.PreSend,
        permission=Permission.PLAN_PUBLICATION,
        entry_type=(EntryType.PRE_SENT,),
        stages=_PUBLISHING,
        clock=ClockId.K12,
        shows=(EntryType.PUBLICATION_PLANNED, EntryType.PUBLICATION_WITHHELD),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.PUBLISH,
        title="Publish the report",
        button="Record the publication",
        done="The report is published.",
        act=publication.publish,
        words=publication.Publish,
        permission=Permission.PLAN_PUBLICATION,
        entry_type=(EntryType.PUBLISHED,),
        stages=_PUBLISHING,
        clock=ClockId.K11,
        shows=(EntryType.PUBLICATION_PLANNED, EntryType.PRE_SENT),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.PUBLISH_IMPROVEMENTS,
        title="Publish the information about improvements",
        button="Record the publication",
        done="The information about improvements is published.",
        act=publication.publish_improvements,
        words=publication.Publish,
        permission=Permission.PLAN_PUBLICATION,
        entry_type=(EntryType.IMPROVEMENTS_PUBLISHED,),
        stages=_PUBLISHING,
        clock=ClockId.K11,
        shows=(EntryType.PUBLICATION_WITHHELD,),
    ),
)
act_page(
    router,
    ActPage(
        path="publication/delay",
        title="Record a delay to the review",
        button="Record the delay",
        done="The delay is recorded and told. The first date stays.",
        act=delay.record_delay,
        words=delay.RecordDelay,
        permission=Permission.PLAN_PUBLICATION,
        entry_type=(EntryType.DELAY_RECORDED,),
        stages=_PUBLISHING | {Stage.COMMISSIONING, Stage.LOCAL_REVIEW},
        clock=ClockId.K11,
    ),
)
