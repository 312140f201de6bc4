"""Which acts can be taken over, in the order in which they follow each other, and by whom.

Each is the act itself, by whoever may do it: no rule is passed over, and nobody speaks for another.
"""

from dataclasses import dataclass
from typing import Final

from services.casework.act import Act
from services.casework.steps.notification.awareness import RECORD_AWARENESS
from services.casework.steps.notification.notification import RECORD_NOTIFICATION
from services.casework.steps.notification.notification_decision import DECIDE_TO_NOTIFY
from services.casework.steps.rapid_review.meeting import SET_MEETING
from services.casework.steps.referral.referral import REFER
from services.casework.steps.scoping.scoping import REQUEST_RETURNS
from services.domain.roles import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAct:
    """An act that can be taken over: its sheet, and the answer that says when it was done.

    Where none of its own answers does, ``asks_when`` is asked as well.
    """

    act: Act
    sheet: str
    when: str = ""
    asks_when: str = ""
    without: frozenset[str] = frozenset()


TAKEN: Final = (
    TakenAct(
        act=REFER,
        sheet="Referral",
        when="received_at",
        without=frozenset({"has_conflict", "particulars", "keeps_confidential"}),
    ),
    TakenAct(
        act=RECORD_AWARENESS, sheet="Awareness", asks_when="When did the local authority say this?"
    ),
    TakenAct(act=DECIDE_TO_NOTIFY, sheet="Decision", asks_when="When was this decided?"),
    TakenAct(
        act=RECORD_NOTIFICATION,
        sheet="Notification",
        when="sent_at",
        without=frozenset({"notifier"}),
    ),
    TakenAct(act=REQUEST_RETURNS, sheet="Agencies", asks_when="When were the forms sent?"),
    TakenAct(act=SET_MEETING, sheet="Meeting", asks_when="When was this date set?"),
)

BRINGS_IN: Final = (Permission.RUN_SCOPING, Permission.DECIDE_TO_NOTIFY)
"""What lets somebody take over a case: each then does of it what their role may."""
