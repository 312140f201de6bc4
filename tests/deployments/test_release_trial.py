"""What the trial of a release takes for a loss: a stage, parked work or a task that is another."""

import re

import pytest

from deployments.release_trial.__main__ import RELEASES, must_wait_as_before, newest_release
from services.domain.errors import Unavailable

BEFORE = {
    "A 1": ["scoping", "parked 0", "notify ", "return hospital"],
    "A 2": ["closed", "parked 0"],
}


def test_the_newest_release_is_the_last_of_the_list_by_its_whole_commit():
    tag, commit = newest_release(RELEASES.read_text())
    assert tag == f"release-{len(RELEASES.read_text().splitlines())}"
    assert re.fullmatch("[0-9a-f]{40}", commit)
    assert newest_release(f"release-1 {commit}\nrelease-2 abc\n") == ("release-2", "abc")


def test_what_waits_as_it_did_is_no_loss_and_what_a_round_asked_for_is_told():
    assert must_wait_as_before(BEFORE, BEFORE) == []
    more = BEFORE | {"A 2": ["closed", "parked 0", "confirm_available "]}
    assert must_wait_as_before(BEFORE, more) == ["A 2: confirm_available "]


@pytest.mark.parametrize(
    "after",
    [
        ["scoping", "parked 0", "notify "],
        ["scoping", "parked 1", "notify ", "return hospital"],
        ["closed", "parked 0", "notify ", "return hospital"],
        [],
    ],
)
def test_a_case_that_lost_something_is_named(after):
    with pytest.raises(Unavailable, match=r"A 1: .* and then"):
        must_wait_as_before(BEFORE, BEFORE | {"A 1": after})
