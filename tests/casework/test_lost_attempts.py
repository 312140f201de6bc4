"""An attempt that is lost with its process is a suspicion; only what is lost alone is counted."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from services.casework.engine.case_leases import (
    acquire,
    clear_expired,
    count_loss,
    release,
    release_all,
)
from services.casework.engine.transactions import acting
from services.casework.engine.work_runner import run_step
from services.database import due_work, watch
from services.database.due_work import DueWork
from services.domain.errors import LeaseLost, StoreUnavailable
from services.domain.workflow import Step
from tests.carried_cases import (
    ALONE,
    HERE,
    OURS,
    THERE,
    TOY_HANDLERS,
    Toy,
    ToyNeighbours,
    a_case,
    leased,
    make_record,
    toy,
    toys,
)

LETTER = (Step.SCOPE, "letter", "")
NO_TIME = timedelta(0)


class ProcessDied(BaseException):
    """Stands for the end of the process: nothing after it is written."""


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def case_id(around):
    return a_case(around, orders=(LETTER,))


def dies(_context, _order):
    raise ProcessDied


def is_away(_context, _order):
    raise StoreUnavailable("The store did not answer.")


def dies_in_the_middle(around, case_id, holder):
    """Begin the letter as a process would that dies of it; its lease has run out."""
    lease = acquire(around, case_id, holder, NO_TIME)
    assert lease is not None
    with pytest.raises(ProcessDied):
        run_step(around, lease, Step.SCOPE, {Toy: dies})


def piece(around, case_id) -> DueWork:
    with acting(around, OURS) as work:
        (row,) = work.session.exec(DueWork.__table__.select().where(DueWork.case_id == case_id))
        return row


def is_ready(around, case_id):
    with acting(around, OURS) as work:
        return due_work.ready_steps(work, case_id) == {Step.SCOPE}


def let_time_pass(around, case_id):
    with acting(around, OURS) as work:
        (row,) = due_work.open_work(work, case_id)
        row.not_before = row.ordered_at
        work.session.add(row)


def test_an_attempt_is_counted_before_it_begins(around, case_id):
    seen = []

    def look(context, order):
        seen.append(piece(around, case_id))
        return toy(context, order)

    lease = leased(around, case_id)
    run_step(around, lease, Step.SCOPE, {Toy: look})
    assert [(row.attempts, row.begun_under) for row in seen] == [(1, lease.token)]
    assert piece(around, case_id).begun_under is None


def test_what_another_process_had_begun_when_its_lease_ran_out_is_suspect(around, case_id):
    dies_in_the_middle(around, case_id, THERE)
    assert not watch.case_of(around.engine, case_id).is_suspect
    lease = leased(around, case_id, HERE)
    assert watch.case_of(around.engine, case_id).is_suspect
    assert not run_step(around, lease, Step.SCOPE, TOY_HANDLERS), "it is not begun beside others"
    release(around, lease)
    assert run_step(around, leased(around, case_id, ALONE), Step.SCOPE, TOY_HANDLERS)
    assert toys(around, case_id) == [LETTER]
    assert not piece(around, case_id).is_suspect


def test_what_a_process_that_lives_on_left_begun_is_no_suspicion(around, case_id):
    """Its own database was away: it could neither finish nor say so."""
    dies_in_the_middle(around, case_id, HERE)
    assert run_step(around, leased(around, case_id, HERE), Step.SCOPE, TOY_HANDLERS)


def test_a_dead_processs_lease_that_is_cleared_leaves_the_suspicion(around, case_id):
    dies_in_the_middle(around, case_id, THERE)
    clear_expired(around, case_id)
    assert watch.case_of(around.engine, case_id).is_suspect


def test_a_process_that_starts_gives_back_what_its_former_life_held(around, case_id):
    other = a_case(around, orders=(LETTER,))
    leased(around, other, THERE)
    lease = leased(around, case_id, HERE)
    with pytest.raises(ProcessDied):
        run_step(around, lease, Step.SCOPE, {Toy: dies})
    assert case_id not in release_all(around, "machine/1/", was_lost=True, but_not=HERE.name)
    assert watch.case_of(around.engine, case_id).is_leased, "its own are not the former life's"
    assert case_id in release_all(around, "machine/1/", was_lost=True)
    assert watch.case_of(around.engine, case_id).is_suspect
    assert watch.case_of(around.engine, other).is_leased
    leased(around, case_id, ALONE)


def test_a_process_that_stops_for_a_release_leaves_no_suspicion(around, case_id):
    lease = leased(around, case_id, HERE)
    with pytest.raises(ProcessDied):
        run_step(around, lease, Step.SCOPE, {Toy: dies})
    release_all(around, HERE.name, was_lost=False)
    assert piece(around, case_id).begun_under is None
    assert not watch.case_of(around.engine, case_id).is_suspect
    assert run_step(around, leased(around, case_id, THERE), Step.SCOPE, TOY_HANDLERS)


def test_what_was_given_up_meanwhile_is_not_written(around, case_id):
    def is_stopped(context, order):
        release_all(around, HERE.name, was_lost=False)
        return toy(context, order)

    with pytest.raises(LeaseLost):
        run_step(around, leased(around, case_id, HERE), Step.SCOPE, {Toy: is_stopped})
    assert toys(around, case_id) == []
    assert is_ready(around, case_id)


def test_three_processes_that_died_of_nothing_else_set_the_work_aside(around, case_id):
    for is_last in (False, False, True):
        lease = leased(around, case_id, ALONE)
        with pytest.raises(ProcessDied):
            run_step(around, lease, Step.SCOPE, {Toy: dies})
        assert case_id in count_loss(around, ALONE.name)
        assert not is_ready(around, case_id), "it is tried later"
        let_time_pass(around, case_id)
        assert is_ready(around, case_id) is not is_last
    kept = piece(around, case_id)
    assert (kept.lost_alone, kept.failures, kept.last_error) == (3, 0, "ProcessLost")
    assert kept.parked_at is not None
    with acting(around, OURS) as work:
        due_work.take_up_again(work, case_id)
    assert piece(around, case_id).lost_alone == 0


def test_losses_beside_others_and_neighbours_that_are_away_count_nothing(around, case_id):
    for _ in range(5):
        dies_in_the_middle(around, case_id, THERE)
        let_time_pass(around, case_id)
        lease = leased(around, case_id, ALONE)
        run_step(around, lease, Step.SCOPE, {Toy: is_away})
        release(around, lease)
        let_time_pass(around, case_id)
    kept = piece(around, case_id)
    assert (kept.lost_alone, kept.failures, kept.unanswered) == (0, 0, 5)
    assert kept.parked_at is None
    assert run_step(around, leased(around, case_id, HERE), Step.SCOPE, TOY_HANDLERS)


def test_a_process_that_died_before_it_began_anything_counts_nothing(around, case_id):
    leased(around, case_id, ALONE)
    count_loss(around, ALONE.name)
    assert piece(around, case_id).lost_alone == 0
    assert not watch.case_of(around.engine, case_id).is_leased


def test_an_hour_without_the_store_sets_nothing_aside(around):
    cases = [a_case(around, orders=(LETTER,)) for _ in range(3)]
    waited = dict.fromkeys(cases, timedelta(0))
    while min(waited.values()) < timedelta(hours=1):
        for case_id in cases:
            lease = leased(around, case_id)
            run_step(around, lease, Step.SCOPE, {Toy: is_away})
            release(around, lease)
            waited[case_id] += wait_of(around, case_id)
            let_time_pass(around, case_id)
    for case_id in cases:
        kept = piece(around, case_id)
        assert (kept.failures, kept.lost_alone, kept.parked_at) == (0, 0, None)
        assert run_step(around, leased(around, case_id), Step.SCOPE, TOY_HANDLERS)
        assert toys(around, case_id) == [LETTER]


def wait_of(around, case_id):
    """Return how long the work was put off for, to the second."""
    with acting(around, OURS) as work:
        (row,) = due_work.open_work(work, case_id)
        now = work.session.execute(text("select clock_timestamp()")).scalar_one()
        return timedelta(seconds=round((row.not_before - now).total_seconds()))
