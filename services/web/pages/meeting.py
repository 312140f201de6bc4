"""Pages of the rapid review meeting: its day, its pack, its record."""

from fastapi import APIRouter

from services.casework.steps import meeting
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.web.act_pages import ActPage, act_page

router = APIRouter(prefix="/cases/{case_id}")

_REVIEWING = frozenset({Stage.RAPID_REVIEW})

act_page(
    router,
    ActPage(
        path=Todo.SET_MEETING,
        title="Set the date of the rapid review meeting",
        button="Set the date",
        done="The meeting is set.",
        act=meeting.set_meeting,
        words=meeting.SetMeeting,
        permission=Permission.RUN_MEETING,
        entry_type=(EntryType.MEETING_SET,),
        stages=_REVIEWING,
        clock=ClockId.K7,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.ACCEPT_PACK,
        title="Accept the meeting pack",
        button="Accept the pack",
        done="The pack is accepted and shared.",
        act=meeting.accept_pack,
        words=meeting.AcceptPack,
        permission=Permission.RUN_SCOPING,
        entry_type=(EntryType.PACK_ACCEPTED,),
        stages=_REVIEWING,
        clock=ClockId.K7,
    ),
)
act_page(
    router,
    ActPage(
        path=Todo.HOLD_MEETING,
        title="Record the rapid review meeting",
        button="Record the meeting",
        done="The meeting is recorded.",
        act=meeting.hold_meeting,
        words=meeting.HoldMeeting,
        permission=Permission.RUN_MEETING,
        entry_type=(EntryType.MEETING_HELD,),
        stages=_REVIEWING,
        clock=ClockId.K7,
        shows=(EntryType.MEETING_SET, EntryType.PACK_ACCEPTED),
    ),
)
