"""Where a case goes once the Panel has answered: the decision on a local review is local."""

import pytest

from services.domain.workflow import Outcome, PanelAnswer, Stage, after_panel

LOCAL, NONE, AWAY = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW, Outcome.NATIONAL_REVIEW


@pytest.mark.parametrize(
    ("outcome", "answer", "stage"),
    [
        (LOCAL, PanelAnswer.AGREES, Stage.COMMISSIONING),
        (LOCAL, PanelAnswer.LOCAL_MORE_APPROPRIATE, Stage.COMMISSIONING),
        (LOCAL, PanelAnswer.QUERIES, None),
        (LOCAL, PanelAnswer.NEITHER, None),
        (LOCAL, PanelAnswer.RUNS_NATIONAL, Stage.NATIONAL_REVIEW),
        (NONE, PanelAnswer.AGREES, Stage.EMBEDDING),
        (NONE, PanelAnswer.NEITHER, Stage.EMBEDDING),
        (NONE, PanelAnswer.QUERIES, None),
        (NONE, PanelAnswer.LOCAL_MORE_APPROPRIATE, None),
        (AWAY, PanelAnswer.RUNS_NATIONAL, Stage.NATIONAL_REVIEW),
        (AWAY, PanelAnswer.LOCAL_MORE_APPROPRIATE, None),
        (AWAY, PanelAnswer.NEITHER, Stage.EMBEDDING),
    ],
)
def test_the_decision_on_a_local_review_stays_the_partners(outcome, answer, stage):
    assert after_panel(outcome, answer) is stage
