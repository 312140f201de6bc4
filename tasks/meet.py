"""The step in which the rapid review meeting is prepared and held."""

from services.domain.steps import Step
from tasks.carrying import in_hand
from tasks.steps import step


@step(Step.MEET)
def meet(case_id: str) -> None:
    """Make the meeting pack and the invitations (RR-01, K7)."""
    in_hand(case_id).fulfil(Step.MEET)
