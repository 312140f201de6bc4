"""The step in which what was learnt becomes practice."""

from services.domain.steps import Step
from tasks.carrying import in_hand
from tasks.steps import step


@step(Step.EMBED)
def embed(case_id: str) -> None:
    """Make the action plan and follow its actions to the end (G11, K14)."""
    in_hand(case_id).fulfil(Step.EMBED)
