"""One pass of a shared run: every partnership's orders, in its own name and under its own lease."""

from contextvars import copy_context
from datetime import timedelta

import pytest

from flows.incident import incident
from services.casework.engine.case_leases import CaseLease, acquire
from services.casework.engine.transactions import acting
from services.database import due_work, leases, work_attempts
from services.domain.workflow import Step
from tasks.run import RunSetup, current_case, set_up
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
    write_toy,
)
from tests.joint_cases import a_joint_review, join, let_go_on, pause, two_cases

NO_TIME = timedelta(0)


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def review(around):
    return a_joint_review(around)


def carry(around, case_id, holder=HERE, *, meanwhile=lambda _order: None):
    """Run the flow once, from the top; return what was done, for whom and in which order."""
    done = []

    def handle(context, order):
        def link(work):
            write_toy(context, order, work)
            done.append((work.actor.partnership_id, context.case_id, context.step, order.name))

        meanwhile(order)
        return link

    def run():
        set_up(RunSetup(around, {Toy: handle}, holder))
        incident.fn(str(case_id))

    copy_context().run(run)
    return done


def test_each_sides_orders_are_done_in_its_own_name_step_by_step_the_leads_first(around, review):
    for side in (THEIRS, OURS):
        for step in (Step.MEET, Step.NOTIFY):
            review.order(side, step, "paper")
    assert carry(around, review.leading) == [
        (side, case_id, step, "paper")
        for step in (Step.NOTIFY, Step.MEET)
        for side, case_id in ((OURS, review.leading), (THEIRS, review.joining))
    ]
    assert carry(around, review.leading) == []


def test_a_review_becomes_joint_at_the_next_pass(around):
    review = two_cases(around)
    review.order(THEIRS, Step.SCOPE, "theirs")
    review.order(OURS, Step.SCOPE, "ours")
    assert [name for *_, name in carry(around, review.leading)] == ["ours"]
    join(review)
    assert [name for *_, name in carry(around, review.leading)] == ["theirs"]


def test_the_own_run_of_a_joining_case_does_nothing_and_holds_nothing(around, review):
    review.order(THEIRS, Step.SCOPE, "paper")
    assert carry(around, review.joining) == []
    leased(around, review.joining)


def test_a_joining_case_that_is_busy_waits_for_the_next_pass(around, review):
    busy = leased(around, review.joining, THERE)
    review.order(THEIRS, Step.SCOPE, "theirs")
    review.order(OURS, Step.SCOPE, "ours")
    assert [name for *_, name in carry(around, review.leading)] == ["ours"]
    with acting(around, THEIRS) as work:
        leases.release(work, busy.case_id, busy.token)
    assert [name for *_, name in carry(around, review.leading)] == ["theirs"]


def test_what_one_side_must_set_aside_stops_no_other(around, review):
    review.order(OURS, Step.SCOPE, "paper", "bug")
    review.order(THEIRS, Step.SCOPE, "theirs")
    review.order(THEIRS, Step.MEET, "theirs")
    with acting(around, OURS) as work:
        (bug,) = due_work.open_work(work, review.leading)
        bug.failures = bug.attempts = 2
        work.session.add(bug)
    done = carry(around, review.leading)
    assert [(side, step) for side, _, step, _ in done] == [
        (THEIRS, Step.SCOPE),
        (THEIRS, Step.MEET),
    ]
    with acting(around, OURS) as work:
        assert due_work.open_work(work, review.leading)[0].parked_at is not None


@pytest.mark.parametrize("paused", [OURS, THEIRS])
def test_a_paused_side_holds_its_own_orders_only(around, review, paused):
    review.order(OURS, Step.SCOPE, "ours")
    review.order(THEIRS, Step.SCOPE, "theirs")
    pause(around, paused, "For this test.")
    try:
        done = carry(around, review.leading)
    finally:
        let_go_on(around, paused)
    assert [side for side, *_ in done] == [THEIRS if paused == OURS else OURS]
    assert [side for side, *_ in carry(around, review.leading)] == [paused]


def test_every_lease_is_given_back_and_each_pass_has_a_higher_token(around, review):
    carry(around, review.leading)
    tokens = [leased(around, case_id).token for case_id in (review.leading, review.joining)]
    assert tokens == [2, 2]


def test_a_joining_case_whose_lease_is_taken_is_left_and_the_rest_goes_on(around, review):
    for name in ("first", "second"):
        review.order(THEIRS, Step.SCOPE, name)
    review.order(OURS, Step.MEET, "ours")

    def take_theirs(order):
        if order.name == "first":
            with acting(around, THEIRS) as work:
                leases.release(work, review.joining, token_of(review.joining))
            assert leased(around, review.joining, THERE)

    def token_of(case_id):
        (held,) = (
            one for one in current_case(str(review.leading)).leases if one.case_id == case_id
        )
        return held.token

    done = carry(around, review.leading, meanwhile=take_theirs)
    assert [name for *_, name in done] == ["ours"], "what was begun under the old lease is not kept"
    assert toys(around, review.joining) == []


def test_of_a_process_that_died_only_the_piece_that_it_had_begun_is_suspect(around, review):
    review.order(OURS, Step.SCOPE, "ours")
    review.order(THEIRS, Step.SCOPE, "theirs")
    for case_id in (review.leading, review.joining):
        lease = acquire(around, case_id, THERE, NO_TIME)
        if case_id == review.joining:
            begin(around, lease)
    assert [name for *_, name in carry(around, review.leading)] == ["ours"]
    assert [name for *_, name in carry(around, review.leading)] == [], "it is carried alone"
    assert [name for *_, name in carry(around, review.leading, ALONE)] == ["theirs"]


def begin(around, lease: CaseLease):
    with acting(around, lease.partnership_id) as work:
        assert work_attempts.begin(work, lease.case_id, Step.SCOPE, lease.token, is_alone=False)
