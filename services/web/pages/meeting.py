"""Pages of the rapid review meeting: its day, its pack, its record."""

from fastapi import APIRouter

from services.casework import meeting
from services.domain.case import Stage
from services.domain.clocks import ClockId
from services.domain.history import Happened
from services.domain.roles import Permission
from services.domain.todo import Todo
from services.web.acts import ActPage, act_page

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
        happened=(Happened.MEETING_SET,),
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
        happened=(Happened.PACK_ACCEPTED,),
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
        happened=(Happened.MEETING_HELD,),
        stages=_REVIEWING,
        clock=ClockId.K7,
        shows=(Happened.MEETING_SET, Happened.PACK_ACCEPTED),
    ),
)
