"""Operators look through runs a page at a time, narrowed by the database, each with its effect."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlmodel import col, select

from services.casework.engine.transactions import acting
from services.casework.operations.acting import Operator, act_on_runs
from services.casework.operations.effects import effects_of
from services.casework.operations.one_run import run_seen
from services.casework.operations.operator_commands import ActOnRuns, RunCourse
from services.casework.operations.results import results_of
from services.casework.operations.waiting import any_runs, waiting_runs
from services.database.console import A_PAGE, Among, RunsWanted
from services.database.due_work import DueWork
from services.domain.errors import NotFound
from services.domain.identifiers import CaseId
from services.domain.operator_acts import OperatorOutcome
from services.domain.progress import stages_at
from services.domain.run_troubles import RunTrouble
from services.domain.workflow import Stage, Step
from services.orchestration.memory import MemoryFlows
from tests.carried_cases import OURS, THEIRS, ToyNeighbours, a_case, make_record, the_case
from tests.joint_cases import OPERATOR

LETTER = (Step.SCOPE, "letter", "one")


@pytest.fixture(scope="module")
def around(platform_postgres):
    record = ToyNeighbours(make_record(platform_postgres))
    yield record
    record.engine.dispose()


@pytest.fixture(scope="module")
def cases(around):
    """One case of each kind: running well, set aside, put off, not begun, at another step."""
    return {
        "well": carried(around, a_case(around)),
        "aside": carried(around, stuck(around, a_case(around, orders=(LETTER,)))),
        "later": carried(
            around, stuck(around, a_case(around, orders=(LETTER,)), "MailUnavailable", hours=3)
        ),
        "theirs": stuck(
            around, a_case(around, partnership_id=THEIRS, orders=(LETTER,)), side=THEIRS
        ),
        "learning": carried(around, a_case(around, stage=Stage.EMBEDDING)),
    }


def carried(around, case_id):
    with the_case(around, case_id) as (_work, case):
        case.flow_run_id = uuid4()
    return case_id


def stuck(around, case_id, error="StoreUnavailable", *, hours=0, side=OURS):
    with acting(around, side) as work:
        piece = work.session.exec(select(DueWork).where(col(DueWork.case_id) == case_id)).one()
        piece.last_error, piece.failures = error, 2
        piece.not_before += timedelta(hours=hours)
        piece.parked_at = None if hours else piece.ordered_at
        work.session.add(piece)
    return case_id


def listed(around, among=None, **wanted):
    found = waiting_runs(around, among or Among(), RunsWanted(**wanted))
    return [one.id for one in found.items]


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"what": "wrong"}, ["aside", "later", "theirs"]),
        ({"what": "waiting"}, ["aside", "later", "theirs"]),
        ({"what": "set_aside"}, ["aside", "theirs"]),
        ({"what": "put_off"}, ["later"]),
        ({"what": "unstarted"}, ["theirs"]),
        ({"what": "late"}, []),
        ({"error": "MailUnavailable"}, ["later"]),
        ({"what": "set_aside", "error": "MailUnavailable"}, []),
        ({"step": Step.EMBED, "stages": stages_at(Step.EMBED)}, ["learning"]),
        ({"step": Step.SCOPE, "stages": stages_at(Step.SCOPE)}, ["aside", "later", "theirs"]),
    ],
)
def test_runs_are_narrowed(around, cases, wanted, named):
    assert set(listed(around, **wanted)) == {cases[one] for one in named}


def test_a_partnership_narrows_too_and_the_worst_stand_first(around, cases):
    assert listed(around, Among(whose=THEIRS)) == [cases["theirs"]]
    first = listed(around)
    assert set(first[:2]) == {cases["aside"], cases["theirs"]}
    assert first[2] == cases["later"]


def test_each_run_has_its_effect_in_casework_words(around, cases):
    found = {one.id: effects_of(one.run) for one in any_runs(around, Among()).items}
    assert found[cases["well"]] == []
    assert found[cases["aside"]] == ["1 piece of joint work not done"]
    assert found[cases["theirs"]][-1] == "no flow run carries it yet"


def test_a_run_tells_its_orders_and_what_may_be_done(around, cases):
    seen = run_seen(around, cases["aside"])
    (order,) = seen.rows.orders
    assert (order.last_error, order.failures, seen.rows.all_orders) == ("StoreUnavailable", 2, 1)
    assert seen.courses == (RunCourse.TAKE_UP, RunCourse.RESUME, RunCourse.BEGIN_ANEW)
    assert run_seen(around, cases["theirs"]).courses == (RunCourse.TAKE_UP,)
    assert run_seen(around, cases["well"]).waiting.run.wrong == ()
    with pytest.raises(NotFound):
        run_seen(around, CaseId(uuid4()))


def test_every_trouble_that_the_database_names_is_one_of_ours(around, cases):
    found = any_runs(around, Among()).items
    assert {one for run in found for one in run.run.wrong} <= set(RunTrouble)
    assert len(found) == len(cases) < A_PAGE


def test_prefect_is_asked_before_the_record_is_changed(around, cases):
    open_at_answer, operator = [], Operator(OPERATOR, around, uuid4())

    class Slow(MemoryFlows):
        def resume(self, _run_id):
            open_at_answer.append(around.engine.pool.checkedout())
            return True

    command = ActOnRuns(course=RunCourse.RESUME, items=(cases["well"],), because="It rests.")
    act_on_runs(operator, Slow(), command)
    (result,) = results_of(around, operator.once)
    assert (result.outcome, open_at_answer) == (OperatorOutcome.DONE, [0])
