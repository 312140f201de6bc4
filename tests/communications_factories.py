"""Valid words of how publication is prepared, and a strategy kept on a case."""

from typing import TYPE_CHECKING, Any

from services.casework.steps.communications import strategy
from services.casework.steps.communications.strategy_said import PlanCommunications
from services.domain.roles import Role
from tests.words import SAID, words_of

if TYPE_CHECKING:
    from tests.driven import Driven

LEFT_OPEN = {
    "days": None,
    "statement": None,
    "questions": (),
    "for_children": None,
    "for_family": None,
    "for_practitioners": None,
    "risks": (),
    "media": None,
    "social_media": None,
    "monitoring": None,
}


def plan_communications(**but: Any) -> PlanCommunications:
    """Return a strategy that leaves nothing open."""
    usual: dict[str, Any] = {name: SAID for name, empty in LEFT_OPEN.items() if empty is None}
    usual |= {
        "audiences": ({"audience": SAID, "way": SAID, "time": SAID},),
        "spokespeople": ({"post": SAID, "about": SAID},),
        "questions": ({"question": SAID, "answer": SAID},),
        "risks": ({"risk": SAID, "response": SAID},),
    }
    return words_of(PlanCommunications, usual | but)


def have_strategy(case: "Driven", when: str) -> None:
    """Keep a whole strategy, by the business manager."""
    act = strategy.plan_communications
    case.do(act, plan_communications(), Role.BUSINESS_MANAGER, when)
