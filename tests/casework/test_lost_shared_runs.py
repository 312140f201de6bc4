"""A process that is lost with a joint review in hand leaves nothing of either side behind."""

import pytest

from deployments.worker.alone import LoneRun
from services.casework.engine.case_leases import (
    acquire_all,
    clear_expired,
    count_loss,
    release_all,
    suspect,
)
from services.casework.engine.transactions import acting
from services.casework.engine.work_runner import run_step
from services.database import due_work, leases, watch
from services.domain.workflow import Step
from tests.carried_cases import (
    ALONE,
    HERE,
    OURS,
    THEIRS,
    THERE,
    Toy,
    ToyNeighbours,
    leased,
    make_record,
    toys,
)
from tests.joint_cases import a_joint_review


class ProcessDied(BaseException):
    """As the end of the process: nothing after it is written."""


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def review(around):
    """A review in which both sides have ordered something."""
    review = a_joint_review(around)
    review.order(OURS, Step.SCOPE, "ours")
    review.order(THEIRS, Step.SCOPE, "theirs")
    return review


def dies(_context, _order):
    raise ProcessDied


def dies_in_the_middle_of_theirs(around, review, holder):
    held = acquire_all(around, review.leading, holder)
    assert [lease.partnership_id for lease in held] == [OURS, THEIRS]
    with pytest.raises(ProcessDied):
        run_step(around, held[1], Step.SCOPE, {Toy: dies})
    return held


def piece(around, side, case_id):
    with acting(around, side) as work:
        (row,) = due_work.open_work(work, case_id)
        work.session.expunge(row)
        return row


def are_suspect(around, review):
    return [
        piece(around, side, case_id).is_suspect
        for side, case_id in ((OURS, review.leading), (THEIRS, review.joining))
    ]


def are_free(around, review):
    return all(leased(around, case_id, THERE) for case_id in (review.leading, review.joining))


def test_the_next_life_of_its_slot_gives_both_back_and_suspects_the_one_that_was_begun(
    around, review
):
    dies_in_the_middle_of_theirs(around, review, HERE)
    given_back = release_all(around, HERE.name, was_lost=True)
    assert {review.leading, review.joining} <= set(given_back)
    assert are_suspect(around, review) == [False, True]
    assert watch.case_of(around.engine, review.leading).is_suspect, "the run is carried alone"
    assert are_free(around, review)


def test_stopping_for_a_release_gives_both_back_and_suspects_nothing(around, review):
    dies_in_the_middle_of_theirs(around, review, HERE)
    release_all(around, HERE.name, was_lost=False)
    assert are_suspect(around, review) == [False, False]
    assert are_free(around, review)


def test_a_piece_of_a_joining_case_that_never_ends_is_suspected_by_the_name_of_the_run(
    around, review
):
    dies_in_the_middle_of_theirs(around, review, HERE)
    suspect(around, [review.leading], THERE.name)
    assert are_suspect(around, review) == [False, False], "another process has nothing in hand"
    suspect(around, [review.leading], HERE.name)
    release_all(around, HERE.name, was_lost=False)
    assert are_suspect(around, review) == [False, True]


def test_what_ran_out_is_cleared_on_both_sides(around, review):
    for lease in dies_in_the_middle_of_theirs(around, review, HERE):
        with acting(around, lease.partnership_id) as work:
            leases.renew(work, lease.case_id, lease.token, lasts=leases.LASTS * 0)
    assert watch.case_of(around.engine, review.joining).holder_died
    clear_expired(around, review.leading)
    assert not watch.case_of(around.engine, review.leading).holder_died
    assert are_suspect(around, review) == [False, True]


def test_a_death_alone_is_counted_on_the_piece_that_was_begun_whoever_ordered_it(around, review):
    dies_in_the_middle_of_theirs(around, review, ALONE)
    assert set(count_loss(around, ALONE.name)) >= {review.leading, review.joining}
    lost = [
        piece(around, side, case_id).lost_alone
        for side, case_id in ((OURS, review.leading), (THEIRS, review.joining))
    ]
    assert lost == [0, 1]
    assert toys(around, review.joining) == []
    assert are_free(around, review)


def test_a_process_that_carries_the_run_alone_is_told_every_lease(around, review):
    held = acquire_all(around, review.leading, ALONE)
    run = LoneRun(review.id, held)
    assert LoneRun.of(run.words) == run
    assert all(lease.is_alone for lease in held)
