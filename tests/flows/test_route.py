"""The way a case takes, and how each step stands, follow from the record and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.domain.backoff import after_a_failure, after_nobody_answered
from services.domain.progress import OnRecord, resting, route, standings
from services.domain.workflow import Stage, Step, StepState

REVIEWING = OnRecord(
    stage=Stage.RAPID_REVIEW, was_notified=True, was_commissioned=False, waits_for={}
)
SHORT = {
    StepState.NOT_STARTED: ".",
    StepState.WORKING: "w",
    StepState.WAITING: "p",
    StepState.COMPLETED: "c",
    StepState.NOT_NEEDED: "-",
    StepState.SET_ASIDE: "!",
}


def line(case: OnRecord) -> str:
    return "".join(SHORT[one.state] for one in standings(case))


@pytest.mark.parametrize(
    ("stage", "notified", "commissioned", "shown"),
    [
        (Stage.REFERRED, False, False, "p......"),
        (Stage.NOT_NOTIFIED, False, False, "p------"),
        (Stage.LOOKED_AFTER_DEATH, False, False, "p------"),
        (Stage.RAPID_REVIEW, True, False, "cccp..."),
        (Stage.WITH_PANEL, True, False, "cccp..."),
        (Stage.NATIONAL_REVIEW, True, False, "cccp..."),
        (Stage.COMMISSIONING, True, True, "ccccp.."),
        (Stage.LOCAL_REVIEW, True, True, "ccccp.."),
        (Stage.PUBLICATION, True, True, "cccccp."),
        (Stage.EMBEDDING, True, True, "ccccccp"),
        (Stage.EMBEDDING, True, False, "cccc--p"),
        (Stage.CLOSED, True, True, "ccccccc"),
        (Stage.CLOSED, True, False, "cccc--c"),
        (Stage.CLOSED, False, False, "c------"),
    ],
)
def test_every_stage_shows_every_step(stage, notified, commissioned, shown):
    case = replace(REVIEWING, stage=stage, was_notified=notified, was_commissioned=commissioned)
    assert line(case) == shown


def test_the_three_steps_of_a_rapid_review_are_told_apart_by_whom_they_wait_for():
    asked = {Step.SCOPE: "2 of 5 agencies: Return the scoping form", Step.MEET: ""}
    assert line(replace(REVIEWING, waits_for=asked)) == "cppp..."
    assert resting(replace(REVIEWING, waits_for=asked)) == (
        StepState.WAITING,
        "scope: 2 of 5 agencies: Return the scoping form",
    )


def test_work_that_is_ordered_or_set_aside_comes_before_people():
    case = replace(
        REVIEWING, waits_for={Step.SUBMIT: ""}, undone={Step.SUBMIT, Step.MEET}, parked={Step.MEET}
    )
    assert line(case) == "cc!w..."
    assert resting(case)[0] is StepState.SET_ASIDE


def test_a_case_is_finished_when_it_is_closed_and_nothing_is_left_to_do():
    closed = replace(REVIEWING, stage=Stage.CLOSED)
    assert route(closed).is_finished
    assert not route(replace(closed, undone={Step.EMBED})).is_finished
    assert not route(REVIEWING).is_finished


def test_a_neighbour_that_is_away_is_waited_for_seventy_two_hours_and_no_less():
    waits, times = timedelta(0), 0
    while (wait := after_nobody_answered(times := times + 1)) is not None:
        waits += wait
    assert timedelta(hours=72) <= waits < timedelta(hours=73)
    assert after_nobody_answered(1) == timedelta(seconds=5)


def test_work_that_fails_is_tried_three_times():
    assert [after_a_failure(times) for times in (1, 2, 3)] == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        None,
    ]
