"""Wakes compared: only calm pairs count, and each ratio is judged by the bound it was chosen by."""

import pytest

from deployments.benchmarks.wakes_ratios import PAIRS, RATIOS, WakePair, verdict


def figures(wake=0.2, cpu=0.2, memory=400, speed=2.0) -> dict:
    return {
        "one at a time": {"wake_to_body_s": {"median": wake}, "cpu_s_each": {"worker": cpu}},
        "burst of one partnership": {"memory_mb": {"pss": memory}, "resumes_per_s": speed},
    }


GOOD = figures(wake=0.1, cpu=0.1, memory=150, speed=3.0)


def a_pair(new=GOOD, loads=(1.2, 1.9)) -> WakePair:
    return WakePair(figures(), new, loads)


def test_two_calm_pairs_within_every_bound_are_kept():
    judged = verdict([a_pair()] * PAIRS)
    assert judged.is_kept
    assert len(judged.lines) == len(RATIOS)
    assert judged.lines[0] == "wake to body, median: 0.5, 0.5 times (at most 0.6): kept"


@pytest.mark.parametrize(
    "new",
    [
        GOOD | figures(wake=0.13, cpu=0.1, memory=150, speed=3.0),
        GOOD | figures(wake=0.1, cpu=0.13, memory=150, speed=3.0),
        GOOD | figures(wake=0.1, cpu=0.1, memory=210, speed=3.0),
        GOOD | figures(wake=0.1, cpu=0.1, memory=150, speed=2.3),
    ],
)
def test_one_ratio_outside_its_bound_in_one_pair_is_not_kept(new):
    judged = verdict([a_pair(), a_pair(new)])
    assert not judged.is_kept
    assert sum("NOT kept" in line for line in judged.lines) == 1


@pytest.mark.parametrize("loads", [(2.0, 1.0), (1.0, 2.0), (5.0,)])
def test_a_pair_with_a_loaded_machine_before_either_run_gives_no_verdict(loads):
    judged = verdict([a_pair(), a_pair(loads=loads)])
    assert not judged.is_kept
    assert judged.lines == ("no verdict: 1 of 2 pairs had a load under 2.0 before both",)


def test_a_pair_that_was_given_up_before_its_second_run_does_not_count():
    assert not WakePair(figures(), {}, (1.0, 3.0)).counts
    assert not WakePair({}, {}, (3.0,)).counts
