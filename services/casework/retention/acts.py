"""Every act on how long records are kept, listed once: the pages read this."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from services.casework.commands import Command
from services.casework.retention.holds import (
    PlaceHold,
    ReleaseHold,
    hold_case,
    hold_partnership,
    release_hold,
)
from services.casework.retention.reviews import (
    AnswerDisposal,
    KeepLonger,
    ProposeDisposal,
    answer_disposal,
    keep_longer,
    propose_disposal,
)
from services.casework.retention.schedules import (
    AnswerSchedule,
    ProposeLeaving,
    ProposeSchedule,
    answer_schedule,
    propose_leaving,
    propose_schedule,
)
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionAct:
    """One act: its command, its function, and who may do it.

    What it is about, where it is about something, is an id that stands before the command.
    """

    name: str
    command: type[Command]
    perform: Callable[..., Any]
    permission: Permission


PROPOSE_SCHEDULE: Final = RetentionAct(
    name="propose-schedule",
    command=ProposeSchedule,
    perform=propose_schedule,
    permission=Permission.PROPOSE_RETENTION,
)
PROPOSE_LEAVING: Final = RetentionAct(
    name="propose-leaving",
    command=ProposeLeaving,
    perform=propose_leaving,
    permission=Permission.PROPOSE_RETENTION,
)
ANSWER_SCHEDULE: Final = RetentionAct(
    name="answer-schedule",
    command=AnswerSchedule,
    perform=answer_schedule,
    permission=Permission.DECIDE_RETENTION,
)
KEEP_LONGER: Final = RetentionAct(
    name="keep-longer",
    command=KeepLonger,
    perform=keep_longer,
    permission=Permission.PROPOSE_RETENTION,
)
PROPOSE_DISPOSAL: Final = RetentionAct(
    name="propose-disposal",
    command=ProposeDisposal,
    perform=propose_disposal,
    permission=Permission.PROPOSE_RETENTION,
)
ANSWER_DISPOSAL: Final = RetentionAct(
    name="answer-disposal",
    command=AnswerDisposal,
    perform=answer_disposal,
    permission=Permission.DECIDE_RETENTION,
)
HOLD_CASE: Final = RetentionAct(
    name="hold-case", command=PlaceHold, perform=hold_case, permission=Permission.HOLD_RECORDS
)
HOLD_PARTNERSHIP: Final = RetentionAct(
    name="hold-partnership",
    command=PlaceHold,
    perform=hold_partnership,
    permission=Permission.HOLD_RECORDS,
)
RELEASE_HOLD: Final = RetentionAct(
    name="release-hold",
    command=ReleaseHold,
    perform=release_hold,
    permission=Permission.HOLD_RECORDS,
)
