"""The step in which agencies are asked what they know."""

from services.domain.steps import Step
from tasks.carrying import in_hand
from tasks.steps import step


@step(Step.SCOPE)
def scope(case_id: str) -> None:
    """Send the scoping letters and keep the returns (RR-01, K5, K6)."""
    in_hand(case_id).fulfil(Step.SCOPE)
