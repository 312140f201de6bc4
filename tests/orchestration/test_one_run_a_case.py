"""With a real Prefect server and worker: one run a case, whatever is killed, and no names."""

from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from services.casework.effects import place_order
from services.database import due_work
from services.domain.workflow import Stage, Step
from tests.canary.decoders import readings
from tests.carried_cases import SECRET, Toy, a_case, the_case, toys
from tests.orchestration.conftest import eventually, is_at_the_gate

ALL = [step.value for step in Step]


def rests(stage, case_id):
    eventually(
        lambda: (
            stage.run(case_id)["state_type"] == "PAUSED" and not stage.case(case_id).has_due_work
        ),
        f"the run should rest: {stage.run(case_id)} {stage.case(case_id)}",
    )


def task_runs(stage, case_id):
    run_id = str(stage.case(case_id).flow_run_id)
    asked = {"flow_runs": {"id": {"any_": [run_id]}}}
    found = stage.server.need("POST", "/task_runs/filter", asked)
    return {one["name"]: one["state"]["name"] for one in found}, len(found)


def flow_runs(stage, case_id):
    asked = {"flow_runs": {"name": {"any_": [f"case-{case_id}"]}}}
    return stage.server.need("POST", "/flow_runs/filter", asked)


def go(stage, case_id, to, *orders, **changes):
    """Do what an act does: move the case, order work, wake."""
    with the_case(stage.around, case_id) as (work, case):
        case.stage = to
        for name, value in changes.items():
            setattr(case, name, value)
        work.session.add(case)
        work.session.flush()
        for step in orders:
            place_order(work, case_id, step, Toy(name="paper"))
        due_work.wake(work, case_id)


def test_from_referral_to_the_end_it_is_one_flow_run_with_one_task_run_a_step(stage):
    case_id = a_case(stage.around, stage=Stage.REFERRED, notified=False)
    rests(stage, case_id)
    now = stage.around.now()
    go(stage, case_id, Stage.RAPID_REVIEW, Step.NOTIFY, Step.SCOPE, notified_at=now)
    rests(stage, case_id)
    go(stage, case_id, Stage.RAPID_REVIEW, Step.MEET, Step.SUBMIT)
    rests(stage, case_id)
    go(stage, case_id, Stage.LOCAL_REVIEW, Step.COMMISSION, commissioned_on=now.date())
    rests(stage, case_id)
    eventually(
        lambda: (
            task_runs(stage, case_id)[0]
            == dict.fromkeys(ALL[:4], "Completed")
            | {"commission": "Waiting for people", "publish": "Not started", "embed": "Not started"}
        ),
        f"each step should be shown as it stands: {task_runs(stage, case_id)}",
    )
    go(stage, case_id, Stage.EMBEDDING, Step.PUBLISH, Step.EMBED)
    rests(stage, case_id)
    go(stage, case_id, Stage.CLOSED)
    eventually(lambda: stage.case(case_id).ended, f"it should end: {stage.run(case_id)}")
    assert stage.run(case_id)["state_type"] == "COMPLETED"
    assert [one["id"] for one in flow_runs(stage, case_id)] == [
        str(stage.case(case_id).flow_run_id)
    ]
    eventually(
        lambda: task_runs(stage, case_id) == (dict.fromkeys(ALL, "Completed"), 7),
        f"all steps should be completed: {task_runs(stage, case_id)}",
    )
    assert toys(stage.around, case_id) == sorted((step, "paper", "") for step in ALL)


@contextmanager
def a_run_at_the_gate(stage):
    """Lend a case whose run is in the middle of a piece of work and cannot go on until the end."""
    with stage.around.engine.connect() as gate:
        case_id = a_case(stage.around, orders=((Step.MEET, "paper", ""),))
        shut = {"case": str(case_id)}
        gate.execute(text("select pg_advisory_lock(hashtext(:case))"), shut)
        with the_case(stage.around, case_id) as (work, _case):
            place_order(work, case_id, Step.SUBMIT, Toy(name="gated"))
        eventually(lambda: is_at_the_gate(gate), f"it should begin: {stage.run(case_id)}")
        yield case_id
        gate.execute(text("select pg_advisory_unlock(hashtext(:case))"), shut)


def ends_right(stage, case_id):
    rests(stage, case_id)
    assert toys(stage.around, case_id) == [("meet", "paper", ""), ("submit", "gated", "")]
    assert len(flow_runs(stage, case_id)) == 1
    eventually(lambda: is_shown_right(stage, case_id), f"{task_runs(stage, case_id)}")


def is_shown_right(stage, case_id):
    states, count = task_runs(stage, case_id)
    return count == 7 and states["submit"] == "Waiting for people"


def test_a_killed_worker_is_started_again_and_what_it_left_is_done_once(stage):
    with a_run_at_the_gate(stage) as case_id:
        killed = stage.worker_of(case_id)
        stage.kill(killed, with_children=True)
        stage.start_worker(killed.removeprefix("worker-"))
    ends_right(stage, case_id)


def test_what_a_killed_worker_left_is_done_once_by_the_other_one(stage):
    with a_run_at_the_gate(stage) as case_id:
        killed = stage.worker_of(case_id)
        stage.kill(killed, with_children=True)
    ends_right(stage, case_id)
    stage.start_worker(killed.removeprefix("worker-"))


def test_a_killed_prefect_server_loses_nothing_and_the_run_goes_on_when_it_is_back(stage):
    with a_run_at_the_gate(stage) as case_id:
        stage.kill("prefect", with_children=True)
    eventually(
        lambda: not stage.case(case_id).has_due_work, "the record should go on without Prefect"
    )
    with the_case(stage.around, case_id) as (work, _case):
        place_order(work, case_id, Step.SUBMIT, Toy(name="paper", subject="meanwhile"))
    stage.start_prefect()
    eventually(lambda: len(toys(stage.around, case_id)) == 3, "the rest should be done")
    rests(stage, case_id)
    assert len(flow_runs(stage, case_id)) == 1


def test_a_run_that_an_operator_cancels_or_deletes_is_followed_by_the_next_attempt(stage):
    case_id = a_case(stage.around)
    rests(stage, case_id)
    first = stage.case(case_id).flow_run_id
    cancelling = {"state": {"type": "CANCELLING", "name": "Cancelling"}}
    stage.server.need("POST", f"/flow_runs/{first}/set_state", cancelling)
    go(stage, case_id, Stage.RAPID_REVIEW, Step.SCOPE)
    eventually(lambda: stage.case(case_id).attempt == 2, f"a second: {stage.run(case_id)}")
    rests(stage, case_id)
    stage.server.ask("DELETE", f"/flow_runs/{stage.case(case_id).flow_run_id}")
    eventually(lambda: stage.case(case_id).attempt == 3, f"a third: {stage.run(case_id)}")
    rests(stage, case_id)
    assert toys(stage.around, case_id) == [("scope", "paper", "")]


def test_cancelling_reaches_a_run_in_the_middle_of_its_work_which_is_then_done_once(stage):
    with a_run_at_the_gate(stage) as case_id:
        first = stage.case(case_id).flow_run_id
        cancelling = {"state": {"type": "CANCELLING", "name": "Cancelling"}}
        stage.server.need("POST", f"/flow_runs/{first}/set_state", cancelling)
        eventually(lambda: stage.case(case_id).attempt == 2, f"a second: {stage.run(case_id)}")
        assert toys(stage.around, case_id) == [("meet", "paper", "")]
    rests(stage, case_id)
    assert toys(stage.around, case_id) == [("meet", "paper", ""), ("submit", "gated", "")]


def test_what_an_error_says_reaches_neither_prefects_database_nor_any_log(stage, platform_postgres):
    known, kept = {*everything_in(platform_postgres.url("prefect"))}, files_of(stage)
    case_id = a_case(stage.around)
    rests(stage, case_id)
    with the_case(stage.around, case_id) as (work, _case):
        place_order(work, case_id, Step.SCOPE, Toy(name="letter", subject="bug"))
        (piece,) = due_work.open_work(work, case_id)
        piece.attempts = piece.failures = 2
        work.session.add(piece)
        due_work.wake(work, case_id)
    eventually(
        lambda: task_runs(stage, case_id)[0].get("scope") == "Set aside",
        f"it should be set aside: {stage.run(case_id)}",
    )
    for slot in ("1", "2"):
        stage.end_part(f"worker-{slot}")
    rows = [row for row in everything_in(platform_postgres.url("prefect")) if row not in known]
    written = [said.removeprefix(kept.get(log, b"")) for log, said in files_of(stage).items()]
    assert any(str(case_id) in row for row in rows)
    assert any(written)
    for said in ("\n".join(rows).encode(), *written):
        assert not any(SECRET.encode() in reading for reading in readings(said))
    stage.start_workers()


def files_of(stage):
    """Return what the files hold that the parts of the stage keep, their logs among them."""
    return {each: each.read_bytes() for each in stage.folder.rglob("*") if each.is_file()}


def everything_in(address):
    """Return every row of every table of a database, as text."""
    url = make_url(address).set(drivername="postgresql+psycopg")
    with create_engine(url, poolclass=NullPool).connect() as link:
        tables = link.execute(
            text("select quote_ident(tablename) from pg_tables where schemaname = 'public'")
        )
        rows = [link.execute(text(f"select t::text from {one} t")) for (one,) in tables]  # noqa: S608
        return [line for found in rows for (line,) in found]
