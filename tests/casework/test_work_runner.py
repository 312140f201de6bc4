"""Machine work is done once, under a lease, or not at all, whatever dies and whenever."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, text
from sqlmodel import col, select

from services.casework.engine.case_leases import CaseLease, acquire, release, renew
from services.casework.engine.transactions import acting
from services.casework.engine.work_runner import WorkSetAside, run_step
from services.database import due_work, leases, watch, work_attempts
from services.database.due_work import DueWork
from services.domain.errors import LeaseLost, NotFound
from services.domain.workflow import Step
from tests.carried_cases import (
    HERE,
    OURS,
    SECRET,
    THEIRS,
    THERE,
    TOY_HANDLERS,
    ToyNeighbours,
    a_case,
    leased,
    make_record,
    toys,
)

LETTER = (Step.SCOPE, "letter", "a")
NO_TIME = timedelta(0)


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


def piece(around, case_id, subject="a") -> DueWork:
    with acting(around, OURS) as work:
        question = select(DueWork).where(
            DueWork.case_id == case_id, col(DueWork.payload)["subject"].astext == subject
        )
        row = work.session.exec(question).one()
        work.session.expunge(row)
        return row


def let_time_pass(around, case_id):
    """Let what was put off be ready again, as waiting would."""
    with acting(around, OURS) as work:
        work.session.execute(
            text("update due_work set not_before = clock_timestamp() where case_id = :case"),
            {"case": case_id},
        )


def test_ordered_work_is_done_once_however_often_it_is_ordered_and_carried(around):
    case_id = a_case(around, orders=(LETTER, LETTER))
    lease = leased(around, case_id)
    for _ in range(2):
        run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
    assert toys(around, case_id) == [LETTER]
    assert piece(around, case_id).done_at is not None


def test_only_the_step_that_was_asked_for_is_carried(around):
    case_id = a_case(around, orders=(LETTER, (Step.MEET, "paper", "")))
    run_step(around, leased(around, case_id), Step.MEET, TOY_HANDLERS)
    assert toys(around, case_id) == [("meet", "paper", "")]


def test_a_case_in_hand_cannot_be_taken_by_another(around):
    case_id = a_case(around)
    lease = leased(around, case_id)
    assert acquire(around, case_id, THERE) is None
    release(around, lease)
    assert leased(around, case_id).token == lease.token + 1


def test_a_lease_that_ran_out_can_be_taken_and_its_old_holder_writes_nothing_more(around):
    case_id = a_case(around, orders=(LETTER,))
    late = acquire(around, case_id, HERE, NO_TIME)
    lease = leased(around, case_id)
    assert late is not None
    assert not renew(around, late)
    with pytest.raises(LeaseLost):
        run_step(around, late, Step.SCOPE, TOY_HANDLERS)
    release(around, late)
    assert acquire(around, case_id, THERE) is None
    run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
    assert toys(around, case_id) == [LETTER]


def test_nobody_takes_a_case_in_the_middle_of_a_write_even_when_the_lease_has_run_out(around):
    case_id = a_case(around)
    lease = acquire(around, case_id, HERE, NO_TIME)
    assert lease is not None
    with acting(around, OURS) as writing:
        leases.must_hold(writing, case_id, lease.token)
        assert acquire(around, case_id, THERE) is None
        assert renew(around, lease), "a long write does not stop its own renewals"
    assert acquire(around, case_id, THERE) is None
    assert renew(around, lease, NO_TIME)
    assert acquire(around, case_id, THERE) is not None


def test_of_many_who_take_at_once_one_gets_the_case(around):
    case_id = a_case(around)
    with ThreadPoolExecutor(8) as crowd:
        taken = list(crowd.map(lambda _: acquire(around, case_id, THERE), range(8)))
    assert [lease.token for lease in taken if lease] == [1]


def test_two_processes_under_one_lease_do_each_piece_once(around):
    letters = [(Step.SCOPE, "letter", f"{number:02}") for number in range(20)]
    case_id = a_case(around, orders=letters)
    lease = leased(around, case_id)
    with ThreadPoolExecutor(4) as crowd:
        list(crowd.map(lambda _: run_step(around, lease, Step.SCOPE, TOY_HANDLERS), range(4)))
    assert toys(around, case_id) == letters


def test_a_neighbour_that_is_away_puts_the_work_off_and_leaves_nothing_half_done(around):
    case_id = a_case(around, orders=((Step.SCOPE, "letter", "away"), LETTER))
    lease = leased(around, case_id)
    run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
    assert toys(around, case_id) == [LETTER], "the rest of the step goes on"
    kept = piece(around, case_id, "away")
    assert (kept.attempts, kept.failures, kept.last_error) == (1, 0, "StoreUnavailable")
    assert kept.parked_at is None
    assert kept.not_before > kept.ordered_at
    assert not watch.case_of(around.engine, case_id).has_due_work


def test_work_that_fails_three_times_is_set_aside_and_says_only_what_kind_of_error(around):
    case_id = a_case(around, orders=((Step.SCOPE, "letter", "bug"),))
    lease = leased(around, case_id)
    for _ in range(2):
        run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
        let_time_pass(around, case_id)
    with pytest.raises(WorkSetAside) as told:
        run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
    assert SECRET not in f"{told.value!r} {told.value.__cause__!r} {told.value.__context__!r}"
    kept = piece(around, case_id, "bug")
    assert kept.parked_at is not None
    assert (kept.failures, kept.last_error) == (3, "ValueError")
    assert toys(around, case_id) == []


def test_work_that_was_set_aside_can_be_taken_up_again(around):
    case_id = a_case(around)
    with acting(around, OURS) as work:
        due_work.order(work, case_id, Step.SCOPE, {"type": "unheard_of"})
    lease = leased(around, case_id)
    for _ in range(2):
        run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
        let_time_pass(around, case_id)
    with pytest.raises(WorkSetAside):
        run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
    with acting(around, OURS) as work:
        due_work.take_up_again(work, case_id)
    assert watch.case_of(around.engine, case_id).has_due_work


def test_a_partnership_cannot_take_up_carry_or_see_anothers_work(around):
    case_id = a_case(around, orders=(LETTER,))
    with acting(around, THEIRS) as work:
        assert due_work.open_work(work, case_id) == []
        assert work_attempts.begin(work, case_id, Step.SCOPE, 1, is_alone=True) is None
    with pytest.raises(LeaseLost):
        run_step(around, CaseLease(THEIRS, case_id, 1), Step.SCOPE, TOY_HANDLERS)
    with pytest.raises(NotFound):
        acquire(around, uuid4(), HERE)


def test_killed_between_any_two_statements_the_work_and_its_mark_are_both_there_or_neither(around):
    case_id = a_case(around, orders=(LETTER,))
    lease = leased(around, case_id)
    deaths = 0
    while _dies_at_statement(around.url, lease, deaths + 1):
        deaths += 1
        let_it_be_begun_again(around, case_id)
        done = piece(around, case_id).done_at is not None
        assert toys(around, case_id) == ([LETTER] if done else [])
    assert deaths >= 6
    assert toys(around, case_id) == [LETTER]
    assert piece(around, case_id).attempts > 1, "each attempt was counted before it began"


def let_it_be_begun_again(around, case_id):
    with acting(around, OURS) as work:
        work_attempts.withdraw(work, case_id)


def _dies_at_statement(url: str, lease: CaseLease, number: int) -> bool:
    """Carry the work in another process that is killed at its n-th word to the database."""
    pid = os.fork()
    if pid == 0:
        around = ToyNeighbours(url)
        command = 0

        def count(*_args: object) -> None:
            nonlocal command
            command += 1
            if command == number:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(around.engine, "after_cursor_execute", count)
        event.listen(around.engine, "commit", count)
        try:
            run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
        finally:
            os._exit(0)
    _, status = os.waitpid(pid, 0)
    return os.WIFSIGNALED(status)
