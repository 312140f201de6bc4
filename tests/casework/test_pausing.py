"""A partnership whose machine work is paused holds its own orders, and nobody else's."""

from dataclasses import replace
from uuid import UUID

import pytest

from services.casework.engine.case_leases import acquire_all
from services.casework.engine.pausing import SetPause, set_pause
from services.casework.engine.transactions import acting
from services.casework.engine.work_runner import run_step
from services.casework.operations.flow_engine import FlowEngineMeasured
from services.casework.operations.one_run import run_seen
from services.casework.operations.watched import partnerships_watched
from services.database import audit, watch
from services.database.measures import read_measures
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.roles import Role
from services.domain.run_troubles import RunTrouble
from services.domain.workflow import Step
from tests.carried_cases import (
    HERE,
    OURS,
    THEIRS,
    TOY_HANDLERS,
    Toy,
    ToyNeighbours,
    a_case,
    leased,
    make_record,
    toy,
    toys,
)
from tests.joint_cases import OPERATOR, a_joint_review, let_go_on, pause


@pytest.fixture(scope="module")
def record(platform_postgres):
    around = ToyNeighbours(make_record(platform_postgres))
    yield around
    around.engine.dispose()


@pytest.fixture
def around(record):
    yield record
    for side in (OURS, THEIRS):
        let_go_on(record, side)


NOBODY = UUID(int=9)
SILENT = FlowEngineMeasured(answers=False)
LETTERS = tuple((Step.SCOPE, "letter", str(number)) for number in range(3))


def test_ordered_work_waits_and_is_done_when_it_may_go_on(around):
    case_id = a_case(around, orders=LETTERS)
    pause(around, OURS, "The mail service is being moved.")
    assert not watch.case_of(around.engine, case_id).has_due_work
    assert case_id not in [
        one.case_id for one in watch.look(around.engine).cases.values() if one.has_due_work
    ]
    assert not run_step(around, leased(around, case_id), Step.SCOPE, TOY_HANDLERS)
    assert toys(around, case_id) == []
    let_go_on(around, OURS)
    assert watch.case_of(around.engine, case_id).has_due_work


def test_it_is_asked_before_each_piece(around):
    case_id = a_case(around, orders=LETTERS)

    def paused_meanwhile(context, order):
        pause(around, OURS, "In the middle.")
        return toy(context, order)

    assert run_step(around, leased(around, case_id), Step.SCOPE, {Toy: paused_meanwhile})
    assert toys(around, case_id) == [("scope", "letter", "0")]


@pytest.mark.parametrize(("paused", "done"), [(OURS, ["theirs"]), (THEIRS, ["ours"])])
def test_in_a_joint_review_it_holds_one_sides_orders_whoever_leads(around, paused, done):
    review = a_joint_review(around)
    review.order(OURS, Step.SCOPE, "ours")
    review.order(THEIRS, Step.SCOPE, "theirs")
    pause(around, paused, "One side only.")
    assert watch.case_of(around.engine, review.leading).has_due_work
    for lease in acquire_all(around, review.leading, HERE):
        run_step(around, lease, Step.SCOPE, TOY_HANDLERS)
    names = [
        name for case_id in (review.leading, review.joining) for _, name, _ in toys(around, case_id)
    ]
    assert names == done
    assert not watch.case_of(around.engine, review.leading).has_due_work, "the run is left to rest"


def test_operators_are_told_why_and_whose_reviews_it_touches(around):
    review = a_joint_review(around)
    review.order(OURS, Step.SCOPE, "letter")
    pause(around, OURS, "The mail service is being moved.")
    paused = [
        one
        for one in partnerships_watched(around, read_measures(around.engine), SILENT)
        if one.paused_because is not None
    ]
    assert [one.paused_because for one in paused] == ["The mail service is being moved."]
    assert paused[0].touches == ("Example partnership",)
    seen = run_seen(around, review.leading)
    details = {step.step: step.detail for step in seen.steps}
    assert details[Step.SCOPE] == "Paused by operations"
    assert RunTrouble.PAUSED in seen.waiting.run.wrong


def test_only_operators_may_and_they_say_why(around):
    wish = SetPause(partnership=OURS, is_paused=True)
    with pytest.raises(AnswerRefused):
        set_pause(OPERATOR, around, wish)
    with pytest.raises(AnswerRefused):
        set_pause(OPERATOR, around, wish.model_copy(update={"partnership": NOBODY}))
    said = wish.model_copy(update={"because": "For this test."})
    for role in set(Role) - {Role.OPERATIONS}:
        with pytest.raises(NotPermitted):
            set_pause(replace(OPERATOR, role=role), around, said)
    set_pause(OPERATOR, around, said)


def test_a_pause_and_its_end_stand_in_the_partnerships_chain_by_who_did_it_without_the_reason(
    around,
):
    with acting(around, OURS) as work:
        before = audit.head(work.session).seq
    pause(around, OURS, "The mail service is being moved.")
    let_go_on(around, OURS)
    with acting(around, OURS) as work:
        head = audit.head(work.session)
        added = [one.body for one in audit.all_links(work.session, after=before, up_to=head.seq)]
    person, role = str(OPERATOR.person_id), "operations"
    assert added == [
        {"kind": "administration", "what": what, "person": person, "role": role}
        for what in ("work_paused", "work_resumed")
    ]
