"""The flow takes the steps in the guidance's order, on every branch, and resting repeats nothing.

No Prefect server is asked: the flow's body is run as the plain function it is.
"""

from contextvars import copy_context
from uuid import uuid4

import pytest
from prefect.exceptions import Abort

from flows.incident import incident
from services.casework.effects import place_order
from services.casework.engine.transactions import acting
from services.database import due_work
from services.domain.workflow import Stage, Step
from services.orchestration.run_control import RunControl
from tasks.run import RunSetup, RunStopped, current_case, set_up
from tests.carried_cases import (
    HERE,
    OURS,
    TOY_HANDLERS,
    Toy,
    ToyNeighbours,
    a_case,
    leased,
    make_record,
    the_case,
    toy,
    toys,
    write_toy,
)

ALL = tuple(Step)
REVIEW = (Step.SCOPE, Step.MEET, Step.SUBMIT)
LOCAL = (Step.COMMISSION, Step.PUBLISH)


@pytest.fixture(scope="module")
def around(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


def carry(around, case_id) -> list[Step]:
    """Run the flow once, from the top; return the steps that worked, in the order they did."""
    taken: list[Step] = []

    def noted(context, order):
        def link(work):
            write_toy(context, order, work)
            taken.append(context.step)

        return link

    def run():
        set_up(RunSetup(around, {Toy: noted}, HERE))
        incident.fn(str(case_id))

    copy_context().run(run)
    return taken


def ordered(*steps):
    return tuple((step, "paper", "") for step in reversed(steps))


@pytest.mark.parametrize(
    ("stage", "notified", "steps"),
    [
        (Stage.NOT_NOTIFIED, False, (Step.NOTIFY,)),
        (Stage.LOOKED_AFTER_DEATH, False, (Step.NOTIFY,)),
        (Stage.RAPID_REVIEW, True, (Step.NOTIFY, *REVIEW)),
        (Stage.NATIONAL_REVIEW, True, (Step.NOTIFY, *REVIEW)),
        (Stage.LOCAL_REVIEW, True, (Step.NOTIFY, *REVIEW, Step.COMMISSION)),
        (Stage.PUBLICATION, True, (Step.NOTIFY, *REVIEW, *LOCAL)),
        (Stage.EMBEDDING, True, (Step.NOTIFY, *REVIEW, Step.EMBED)),
        (Stage.CLOSED, True, ALL),
    ],
)
def test_the_steps_are_taken_in_the_order_of_the_guidance(around, stage, notified, steps):
    """RR-01: whatever is notified has a rapid review."""
    case_id = a_case(around, stage=stage, notified=notified, orders=ordered(*steps))
    assert carry(around, case_id) == list(steps)
    assert carry(around, case_id) == []


def test_what_an_act_ordered_is_done_though_the_case_has_left_that_way_since(around):
    case_id = a_case(around, stage=Stage.CLOSED, notified=False, orders=ordered(*ALL))
    assert carry(around, case_id) == list(ALL)


def test_run_again_from_the_top_it_repeats_nothing_and_goes_further(around):
    case_id = a_case(around, orders=ordered(Step.NOTIFY))
    assert carry(around, case_id) == [Step.NOTIFY]
    with the_case(around, case_id) as (work, _case):
        place_order(work, case_id, Step.NOTIFY, Toy(name="paper"))
        place_order(work, case_id, Step.SCOPE, Toy(name="paper"))
    assert carry(around, case_id) == [Step.SCOPE]


def test_work_that_a_step_orders_of_an_earlier_step_is_done_in_the_same_run(around):
    case_id = a_case(around, orders=ordered(Step.SUBMIT))

    def orders_more(context, order):
        if context.step is not Step.SUBMIT:
            return toy(context, order)
        copy = Toy(name="paper", subject="copy")
        return lambda work: place_order(work, context.case_id, Step.NOTIFY, copy)

    def run():
        set_up(RunSetup(around, {Toy: orders_more}, HERE))
        incident.fn(str(case_id))

    copy_context().run(run)
    assert toys(around, case_id) == [("notify", "paper", "copy")]


def test_set_aside_work_of_one_step_holds_up_no_other_and_the_lease_is_given_back(around):
    case_id = a_case(around, orders=((Step.SCOPE, "paper", "bug"), *ordered(Step.MEET)))
    with acting(around, OURS) as work:
        undone = due_work.open_work(work, case_id)
        bug = next(piece for piece in undone if piece.payload["subject"] == "bug")
        bug.failures = bug.attempts = 2
        work.session.add(bug)
    assert carry(around, case_id) == [Step.MEET]
    leased(around, case_id)


def test_what_stops_a_flow_is_said_by_its_kind_only(around):
    def run():
        set_up(RunSetup(around, TOY_HANDLERS, HERE))
        with pytest.raises(RunStopped) as told:
            incident.fn(str(uuid4()))
        assert str(told.value) == "NotFound"

    copy_context().run(run)


def cancel(_case_id, control):
    control.end()


def take_its_lease(case_id, _control):
    current_case(case_id).is_lost.set()


@pytest.mark.parametrize("interrupt", [cancel, take_its_lease])
def test_a_run_that_is_to_end_finishes_its_piece_and_begins_no_other(around, interrupt):
    pieces = [(Step.SCOPE, "letter", "1"), (Step.SCOPE, "letter", "2"), (Step.MEET, "paper", "")]
    case_id, control = a_case(around, orders=tuple(pieces)), RunControl()

    def interrupted(context, order):
        interrupt(str(case_id), control)
        return toy(context, order)

    def run():
        set_up(RunSetup(around, {Toy: interrupted}, HERE, control))
        with pytest.raises(Abort):
            incident.fn(str(case_id))

    copy_context().run(run)
    assert toys(around, case_id) == [("scope", "letter", "1")]
    assert control.working_for() == 0
    assert carry(around, case_id) == [Step.SCOPE, Step.MEET], "the next run does the rest"
