"""A partnership's own tests and steers as words of its policy: kept, compared, refused (5A)."""

from dataclasses import replace

import pytest

from services.domain.clocks.examples import KENT
from services.domain.clocks.local_guides import GuideBeside, GuideKind, LocalGuide
from services.domain.clocks.policy import NATIONAL
from services.domain.clocks.policy_json import policy_from_json, policy_to_json
from services.domain.clocks.policy_words import differences
from services.domain.errors import AnswerRefused, OutsidePolicy

ONE = LocalGuide(beside=GuideBeside.REFERRAL, kind=GuideKind.POINT, text="All can learn from it.")
OTHER = LocalGuide(
    beside=GuideBeside.RECOMMENDATION, kind=GuideKind.STEER, text="Say it in plain words."
)
GUIDED = replace(NATIONAL, guides=(ONE, OTHER))


def test_a_policy_keeps_them_in_order_and_says_nothing_of_none():
    """5A: the release before knows no such word, so a policy without them does not say it."""
    assert policy_from_json(policy_to_json(GUIDED)) == GUIDED
    turned = replace(GUIDED, guides=(OTHER, ONE))
    assert policy_from_json(policy_to_json(turned)).guides == (OTHER, ONE)
    assert "guides" not in policy_to_json(NATIONAL)


def test_a_comparison_says_each_that_comes_goes_or_stands_elsewhere():
    """5A: in plain words."""
    comes = "“All can learn from it.” (a point of a test, which can be answered; beside a referral)"
    assert differences(NATIONAL, replace(NATIONAL, guides=(ONE,))) == (
        f"A guide of our own is added: {comes}.",
    )
    (goes,) = differences(GUIDED, replace(NATIONAL, guides=(ONE,)))
    assert goes.startswith("A guide of our own goes: “Say it in plain words.” (a steer")
    assert differences(GUIDED, replace(NATIONAL, guides=(OTHER, ONE))) == (
        "The guides of our own stand in another order.",
    )


@pytest.mark.parametrize(
    ("guides", "says"),
    [
        ((ONE, ONE), "stands there twice"),
        (tuple(replace(ONE, text=f"Point {number}.") for number in range(13)), "at most 12"),
        ((replace(ONE, text="x" * 201),), "1 to 200 characters"),
        ((replace(ONE, text=" "),), "1 to 200 characters"),
        ((replace(ONE, text="one\ntwo"),), "on one line"),
    ],
)
def test_what_cannot_be_one_is_refused(guides, says):
    with pytest.raises(OutsidePolicy, match=says):
        replace(NATIONAL, guides=guides)


@pytest.mark.parametrize(
    "said",
    ["a test", [1], [{}], [{"beside": "decision", "kind": "point", "text": "x"}]],
)
def test_a_file_that_says_them_otherwise_is_refused(said):
    with pytest.raises(AnswerRefused, match="guides"):
        policy_from_json({"name": "x", "version": "1", "guides": said})


def test_kents_test_and_steer_are_said_and_what_would_stop_a_referral_is_not():
    """5A: its points and its steer guide; that each must be answered yes is no word of a policy."""
    said = " ".join(one.text for one in KENT.policy.guides)
    for words in ("wider safeguarding system", "Executive Board", "life-changing"):
        assert words in said
    cannot = " ".join(one.what for one in KENT.unsaid)
    assert "steer" not in cannot
    assert "only where each of the five points is answered yes" in cannot
