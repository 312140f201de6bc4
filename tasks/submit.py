"""The step in which the rapid review goes to the Panel."""

from services.domain.steps import Step
from tasks.carrying import in_hand
from tasks.steps import step


@step(Step.SUBMIT)
def submit(case_id: str) -> None:
    """Make the rapid review record and its covering letter (G4, G5, K10)."""
    in_hand(case_id).fulfil(Step.SUBMIT)
