"""The step in which a local review is commissioned and carried out."""

from services.domain.steps import Step
from tasks.carrying import in_hand
from tasks.steps import step


@step(Step.COMMISSION)
def commission(case_id: str) -> None:
    """Make the terms of reference, ask for reports, keep the drafts (G6, G8, G9, K11)."""
    in_hand(case_id).fulfil(Step.COMMISSION)
