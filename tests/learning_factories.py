"""Valid words of a learning event, and one that is planned, held and spoken about."""

from typing import Any
from uuid import UUID

from services.casework.steps.joint.event_told import NoteLearningEvent
from services.casework.steps.learning_event import conversations, holding, planning
from services.casework.steps.learning_event.beside_lead import (
    InvitePractitioners,
    RecordPractitionersThere,
)
from services.casework.steps.learning_event.conversations import RecordConversation
from services.casework.steps.learning_event.holding import RecordLearningEvent
from services.casework.steps.learning_event.plan import PlanLearningEvent
from services.casework.steps.learning_event.planning import CallOffLearningEvent
from services.domain.roles import Role
from tests.driven import Driven
from tests.words import SAID, words_of

POST = "Health visitor"
SITTING = {
    "held_on": "2026-03-02",
    "begins": "09:30",
    "ends": "13:00",
    "place": "Room 1, Council House",
}


def plan_learning_event(agency: UUID, **but: Any) -> PlanLearningEvent:
    """Return half a day to which one post of the agency is invited."""
    invited = {"agency": agency, "post": POST, "involvement": "Saw the child at home."}
    usual = {"way": "half_day", "sittings": (SITTING,), "invited": (invited,)}
    return words_of(PlanLearningEvent, {"shares_themes": False, **usual, **but})


def invite_practitioners(agency: UUID, **but: Any) -> InvitePractitioners:
    """Return that one post of the agency is invited to the lead's event."""
    invited = {"agency": agency, "post": POST, "involvement": "Saw the child at home."}
    return words_of(InvitePractitioners, {"invited": (invited,)} | but)


def record_practitioners_there(*agencies: UUID, **but: Any) -> RecordPractitionersThere:
    """Return that whoever of these agencies was invited came; without any, that nobody was."""
    came = tuple({"agency": one, "post": POST, "presence": "came"} for one in agencies)
    usual = {"people": came, "nobody": None if came else SAID}
    return words_of(RecordPractitionersThere, usual | but)


def note_learning_event(**but: Any) -> NoteLearningEvent:
    """Return that the partnership that leads has planned half a day."""
    usual = {"way": "half_day", "sittings": (SITTING,), "entry_id": UUID(int=1)}
    return words_of(NoteLearningEvent, usual | but)


def call_off_learning_event(**but: Any) -> CallOffLearningEvent:
    """Return that the event is called off."""
    return words_of(CallOffLearningEvent, but)


def record_learning_event(agency: UUID, **but: Any) -> RecordLearningEvent:
    """Return an event to which whoever was invited came."""
    came = {"agency": agency, "post": POST, "presence": "came"}
    usual = {"people": (came,), "themes": ({"theme": SAID, "learnt": SAID},)}
    return words_of(RecordLearningEvent, {**usual, **but})


def record_conversation(agency: UUID, **but: Any) -> RecordConversation:
    """Return a conversation that prepares the event."""
    usual = {"agency": agency, "post": POST, "held_on": "2026-02-02", "occasion": "before"}
    return words_of(RecordConversation, {**usual, **but})


def hold_learning_event(case: Driven, when: str = "2026-02-02") -> Driven:
    """Plan an event, call it off, plan another, hold it, and speak with a practitioner.

    The team has confirmed its key themes before.
    """
    reviewer, manager = Role.LEAD_REVIEWER, Role.BUSINESS_MANAGER
    planned = plan_learning_event(case.agency(), shares_themes=True)
    case.do(planning.plan_learning_event, planned, manager, when)
    case.do(planning.call_off_learning_event, call_off_learning_event(), manager, when)
    case.do(planning.plan_learning_event, planned, manager, when)
    said = record_conversation(case.agency())
    case.do(conversations.record_conversation, said, reviewer, when)
    held = record_learning_event(case.agency())
    case.do(holding.record_learning_event, held, reviewer, SITTING["held_on"])
    return case
