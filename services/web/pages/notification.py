"""Pages of gates G1 and G2: awareness, views, the decision to notify, the notification."""

from fastapi import APIRouter

from services.casework.steps import notification, reopening
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_REFERRED = frozenset({Stage.REFERRED})
_UNREVIEWED = frozenset({Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH})

act_page(
    router,
    ActPage(
        path=Todo.RECORD_AWARENESS,
        title="Record when the local authority became aware",
        button="Record it",
        done="The local authority's awareness is recorded, and its clocks run.",
        act=notification.record_awareness,
        words=notification.RecordAwareness,
        permission=Permission.DECIDE_TO_NOTIFY,
        entry_type=(EntryType.AWARENESS_RECORDED,),
        stages=_REFERRED,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.GIVE_VIEW,
        title="Give your view on notifying the Panel",
        button="Give your view",
        done="Your view is recorded.",
        act=notification.give_view,
        words=notification.GiveView,
        permission=Permission.GIVE_VIEW,
        entry_type=(EntryType.VIEW_GIVEN,),
        stages=_REFERRED,
        clock=ClockId.K1,
        shows=(EntryType.REFERRED,),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.DECIDE_TO_NOTIFY,
        title="Decide whether to notify the Panel",
        button="Record the decision",
        done="The decision is recorded.",
        act=notification.decide_to_notify,
        words=notification.DecideToNotify,
        permission=Permission.DECIDE_TO_NOTIFY,
        entry_type=(EntryType.NOTIFY_DECIDED,),
        stages=_REFERRED,
        clock=ClockId.K1,
        shows=(EntryType.REFERRED, EntryType.VIEW_GIVEN),
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.RECORD_NOTIFICATION,
        title="Record the notification to the Panel",
        button="Record the notification",
        done="The notification is recorded. The rapid review is open.",
        act=notification.record_notification,
        words=notification.RecordNotification,
        permission=Permission.DECIDE_TO_NOTIFY,
        entry_type=(EntryType.NOTIFICATION_RECORDED,),
        stages=frozenset({Stage.TO_BE_NOTIFIED}),
        clock=ClockId.K1,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.RECORD_LOOKED_AFTER_DEATH,
        title="Record the notice of a looked-after child's death",
        button="Record the notice",
        done="The notice to the Secretary of State and Ofsted is recorded.",
        act=notification.record_looked_after_death,
        words=notification.RecordLookedAfterDeath,
        permission=Permission.DECIDE_TO_NOTIFY,
        entry_type=(EntryType.LOOKED_AFTER_DEATH_RECORDED,),
        stages=frozenset(),
        clock=ClockId.K3,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.CLOSE_OR_REOPEN,
        title="Close the case without a review",
        button="Close the case",
        done="The case is closed.",
        act=reopening.close_unreviewed,
        words=reopening.CloseUnreviewed,
        permission=Permission.RUN_LEARNING,
        entry_type=(EntryType.CLOSED_UNREVIEWED,),
        stages=_UNREVIEWED,
        shows=(EntryType.NOTIFY_DECIDED,),
    ),
)
act_page(
    router,
    ActPage(
        path="notification/reopen",
        title="Reopen the case on new information",
        button="Reopen the case",
        done="The case is reopened, and new clocks run from today's information.",
        act=reopening.reopen,
        words=reopening.Reopen,
        permission=Permission.RUN_LEARNING,
        entry_type=(EntryType.REOPENED,),
        stages=_UNREVIEWED | {Stage.CLOSED},
        shows=(EntryType.NOTIFY_DECIDED,),
    ),
)
