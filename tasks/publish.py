"""The step in which the report is made public, or its improvements are."""

from services.domain.steps import Step
from tasks.carrying import in_hand
from tasks.steps import step


@step(Step.PUBLISH)
def publish(case_id: str) -> None:
    """Send the report ahead and publish it, or its improvements (G10, K12, K13)."""
    in_hand(case_id).fulfil(Step.PUBLISH)
