"""What the journey of operators compares: it notices what a case lost, and what it has twice."""

from collections import Counter

from tests.acceptance.operations.breakages import BREAKAGES
from tests.acceptance.operations.comparison import lost
from tests.acceptance.operations.incidents import NAMES

HELD = Counter({"clock K1 Wed 11 Feb 2026 runs": 1, "referral docx 1": 1, "entries": 4})


def test_a_case_that_holds_the_same_lost_nothing():
    assert lost(HELD, Counter(HELD)) == ""


def test_what_is_missing_is_told():
    assert lost(HELD, HELD - Counter({"referral docx 1": 1})) == "referral docx 1 x1"
    assert lost(HELD, HELD - Counter({"entries": 3})) == "entries x3"


def test_what_was_done_twice_is_told():
    assert lost(HELD, HELD + Counter({"referral docx 1": 1})) == "not expected: referral docx 1 x1"


def test_each_case_is_of_a_family_of_its_own():
    words = [word for names in NAMES for word in names]
    assert len(words) == len(set(words))
    assert len(NAMES) == 1 + len(BREAKAGES)
