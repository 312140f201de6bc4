"""When the final consideration by a child death overview panel waits (GOV-06)."""

import pytest

from services.domain.clocks.policy import CdopRelease
from services.domain.review_holds import HoldReason, ReviewOfDeath
from services.domain.workflow import Outcome, Stage

LOCAL, NONE = Outcome.LOCAL_REVIEW, Outcome.NO_FURTHER_REVIEW
BY_SUBMISSION, BY_ANSWER = CdopRelease.SUBMISSION, CdopRelease.PANEL_RESPONSE


def review(
    stage: Stage, outcome=None, release=BY_ANSWER, *, died=True, silent=False
) -> ReviewOfDeath:
    return ReviewOfDeath(
        a_child_died=died, stage=stage, outcome=outcome, release=release, awaits_panel=silent
    )


@pytest.mark.parametrize(
    ("stage", "outcome", "release", "waits"),
    [
        (Stage.REFERRED, None, BY_ANSWER, False),
        (Stage.NOT_NOTIFIED, None, BY_ANSWER, False),
        (Stage.RAPID_REVIEW, None, BY_SUBMISSION, True),
        (Stage.WITH_PANEL, NONE, BY_ANSWER, True),
        (Stage.WITH_PANEL, NONE, BY_SUBMISSION, False),
        (Stage.WITH_PANEL, LOCAL, BY_SUBMISSION, True),
        (Stage.COMMISSIONING, LOCAL, BY_SUBMISSION, True),
        (Stage.PUBLICATION, LOCAL, BY_ANSWER, True),
        (Stage.NATIONAL_REVIEW, LOCAL, BY_ANSWER, True),
        (Stage.NATIONAL_REVIEW, NONE, BY_ANSWER, False),
        (Stage.EMBEDDING, LOCAL, BY_ANSWER, False),
        (Stage.EMBEDDING, NONE, BY_ANSWER, False),
        (Stage.CLOSED, NONE, BY_ANSWER, False),
    ],
)
def test_gov_06_it_waits_while_a_review_of_a_death_goes_on(stage, outcome, release, waits):
    assert review(stage, outcome, release).is_held is waits


def test_nothing_waits_where_no_child_died():
    found = review(Stage.RAPID_REVIEW, died=False)
    assert (found.is_held, found.reason) == (False, HoldReason.NO_DEATH)


@pytest.mark.parametrize(
    ("stage", "outcome", "release", "waits"),
    [
        (Stage.EMBEDDING, NONE, BY_ANSWER, True),
        (Stage.EMBEDDING, NONE, BY_SUBMISSION, False),
        (Stage.EMBEDDING, LOCAL, BY_ANSWER, False),
        (Stage.CLOSED, NONE, BY_ANSWER, False),
    ],
)
def test_gov_06_learning_that_begins_before_the_panels_answer_releases_only_by_the_policy(
    stage, outcome, release, waits
):
    """A local review that was published has concluded, whether the Panel has answered or not."""
    assert review(stage, outcome, release, silent=True).is_held is waits
