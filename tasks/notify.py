"""The step in which the Panel is notified."""

from services.domain.steps import Step
from tasks.carrying import in_hand
from tasks.steps import step


@step(Step.NOTIFY)
def notify(case_id: str) -> None:
    """Make the notification record and tell the Department and Ofsted (NOT-01, K1)."""
    in_hand(case_id).fulfil(Step.NOTIFY)
