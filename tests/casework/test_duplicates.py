"""A referral that is a duplicate of another case ends there, and no duty is lost with it."""

import pytest

from services.casework.steps import reopening
from services.casework.steps.referral import duplicates
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.kept import Traces, nothing_changes, turns

MANAGER = Role.BUSINESS_MANAGER
AWARE = "2025-12-11"
WHEN = "2025-12-15"
DEATH = {"harm": "death", "children": (say.child(statuses=("looked_after",)),)}


def mark(case: Driven, of: str) -> None:
    case.do(duplicates.mark_duplicate, say.mark_duplicate(of), MANAGER, WHEN)


def test_a_duplicate_is_closed_with_what_was_asked_and_what_ran_on_it(world, left_by):
    first, second = (Driven(world, say.refer(aware_at=AWARE)) for _twice in range(2))
    words = say.mark_duplicate(first.row().reference)
    left = left_by(second, duplicates.mark_duplicate, words, who=MANAGER, when=WHEN)
    assert left == Traces(
        entries=["marked_duplicate"],
        closed=[
            "decide_to_notify | notifier",
            "record_awareness | notifier",
            "request_returns | business_manager",
            *turns("give_view", "integrated_care_board", "local_authority", "police"),
        ],
        clocks=[
            *(f"{one} ended {WHEN}" for one in ("K1", "K2", "K5", "K7")),
            f"K15 due 2060{WHEN[4:]}",
        ],
    )
    assert (second.stage(), second.turns()) == (Stage.CLOSED, [])
    assert first.stage() is Stage.REFERRED


def test_a_duplicate_is_not_reopened_and_goes_on_when_it_was_another_incident(world):
    first, second = (Driven(world, say.refer(aware_at=AWARE)) for _twice in range(2))
    mark(second, first.row().reference.lower())
    with pytest.raises(StepNotOpen, match="no duplicate"):
        second.do(reopening.reopen, say.reopen(aware_at=WHEN), MANAGER, f"{WHEN} 12:00")
    second.do(duplicates.undo_duplicate, say.undo_duplicate(), MANAGER, f"{WHEN} 12:00")
    assert second.stage() is Stage.REFERRED
    assert second.due("K1") == "2025-12-18"


@pytest.mark.parametrize(
    ("this", "that"),
    [({}, {"suspicion": "neither"}), (DEATH, {}), (DEATH, {"harm": "death"})],
    ids=["no suspicion", "no death", "no death in care"],
)
def test_a_referral_is_no_duplicate_of_a_case_that_lacks_one_of_its_duties(
    this, that, world, admin_engine
):
    case, other = Driven(world, say.refer(**this)), Driven(world, say.refer(**that))
    with (
        nothing_changes(admin_engine, world),
        pytest.raises(AnswerRefused, match="duty would be lost") as error,
    ):
        mark(case, other.row().reference)
    assert error.value.field == "duplicate_of"


def test_two_referrals_are_not_duplicates_of_each_other(world):
    first, second, third = (Driven(world) for _each in range(3))
    mark(second, first.row().reference)
    with pytest.raises(AnswerRefused, match=f"itself a duplicate, of {first.row().reference}"):
        mark(third, second.row().reference)
    with pytest.raises(AnswerRefused, match="itself a duplicate"):
        mark(first, second.row().reference)


def test_a_referral_is_no_duplicate_of_itself(world):
    case = Driven(world)
    with pytest.raises(AnswerRefused, match="another case than this one"):
        mark(case, case.row().reference)


def test_a_case_not_declared_on_is_answered_like_one_that_never_was(world):
    case, other = Driven(world), Driven(world, all_declare=False)
    for reference in (other.row().reference, other.row().reference[:3], "NMR-1999-001"):
        with pytest.raises(AnswerRefused, match="no such case that you may open"):
            mark(case, reference)
