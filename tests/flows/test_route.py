"""The way a case takes, and how each step stands, follow from the record and nothing else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.domain.backoff import after_a_failure, after_nobody_answered
from services.domain.labels import label
from services.domain.progress import (
    AskedRound,
    OnRecord,
    resting,
    route,
    standings,
    together,
)
from services.domain.todos import Todo
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
OF_A_REQUEST = {
    Stage.COMMISSIONING: "----p..",
    Stage.PUBLICATION: "----cp.",
    Stage.EMBEDDING: "----ccp",
    Stage.CLOSED: "----ccc",
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


def test_a_review_that_was_asked_for_has_no_rapid_review_at_any_stage():
    asked = replace(REVIEWING, was_notified=False, was_asked_for=True, was_commissioned=True)
    shown = {stage: line(replace(asked, stage=stage)) for stage in OF_A_REQUEST}
    assert shown == OF_A_REQUEST
    assert route(replace(asked, stage=Stage.CLOSED)).embeds_learning
    assert not route(replace(asked, stage=Stage.PUBLICATION)).is_reviewed


def test_a_case_without_a_notification_that_took_part_in_a_joint_review_was_reviewed():
    case = replace(REVIEWING, stage=Stage.CLOSED, was_notified=False, took_part=True)
    assert line(case) == "cccc--c"


FORMS = AskedRound(todo=Todo.SUBMIT_RETURN, of="agencies", asked=5, done=2)
SIGNATURES = AskedRound(todo=Todo.SIGN_RAPID_REVIEW, of="partners", asked=3, done=1)


def test_the_three_steps_of_a_rapid_review_are_told_apart_by_whom_they_wait_for():
    asked = {Step.SCOPE: FORMS, Step.MEET: AskedRound(todo=Todo.SET_MEETING)}
    assert line(replace(REVIEWING, waits_for=asked)) == "cppp..."
    state, detail = resting(replace(REVIEWING, waits_for=asked))
    assert state is StepState.WAITING
    assert detail.startswith(f"scope: 2 of 5 agencies: {label(Todo.SUBMIT_RETURN)}; meet: ")


def test_work_that_is_ordered_or_set_aside_comes_before_people():
    case = replace(
        REVIEWING,
        waits_for={Step.SUBMIT: SIGNATURES},
        undone={Step.SUBMIT, Step.MEET},
        parked={Step.MEET},
    )
    assert line(case) == "cc!w..."
    assert resting(case)[0] is StepState.SET_ASIDE


JOINING = replace(REVIEWING, stage=Stage.JOINT_REVIEW, was_notified=False)


def test_a_joint_review_goes_the_leads_way_with_the_work_of_everybody():
    theirs = replace(
        JOINING, undone={Step.NOTIFY, Step.MEET}, ready={Step.MEET}, parked={Step.NOTIFY}
    )
    both = together(replace(REVIEWING, undone={Step.SCOPE}, ready={Step.SCOPE}), [theirs])
    assert both.stage is Stage.RAPID_REVIEW
    assert both.ready == {Step.SCOPE, Step.MEET}
    assert line(both) == "!wwp..."
    assert route(both).is_reviewed


def test_those_who_are_asked_the_same_on_both_sides_are_counted_together():
    ours = replace(REVIEWING, waits_for={Step.SUBMIT: SIGNATURES})
    theirs = replace(
        JOINING, waits_for={Step.SUBMIT: replace(SIGNATURES, done=2), Step.SCOPE: FORMS}
    )
    both = together(ours, [theirs])
    assert str(both.waits_for[Step.SUBMIT]).startswith("3 of 6 partners: ")
    assert both.waits_for[Step.SCOPE] == FORMS, "what only one side is asked is told as it is"
    other = replace(JOINING, waits_for={Step.SUBMIT: FORMS})
    assert together(ours, [other]).waits_for[Step.SUBMIT] == SIGNATURES


def test_a_joint_review_is_not_finished_while_another_side_has_work():
    closed = replace(REVIEWING, stage=Stage.CLOSED)
    assert not route(together(closed, [replace(JOINING, undone={Step.EMBED})])).is_finished
    assert route(together(closed, [JOINING])).is_finished


def test_work_that_is_held_back_says_so():
    case = replace(REVIEWING, undone={Step.SCOPE, Step.MEET}, held={Step.SCOPE})
    details = {one.step: one.detail for one in standings(case) if one.state is StepState.WORKING}
    assert details == {Step.SCOPE: "Paused by operations", Step.MEET: ""}


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
