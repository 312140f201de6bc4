"""With a real Prefect server: it holds nothing of a case that was disposed of."""

from types import SimpleNamespace
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool
from sqlmodel import Session

from services.casework.engine.disposed_runs import forget_disposed
from services.database import disposals
from services.database.engine import working_for
from services.domain.workflow import Stage, Step
from services.orchestration.prefect_flows import PrefectFlows
from tests.carried_cases import OURS, a_case
from tests.orchestration.conftest import eventually
from tests.orchestration.test_one_run_a_case import flow_runs, go, rests
from tests.servers import worker_of

# Prefect's own stream of what happened: ids alone, and it drops them by itself after some days.
STREAM = {"event_resources", "events"}
_PERSON = text("insert into people (id, email, name, is_guest) values (:id, :address, 'x', false)")
_PROPOSED = text(
    "insert into retention_proposals (tenant_id, id, matter, case_id, record_class, reasons,"
    " agreed, proposed_by, proposed_at) values (:tenant, :id, 'dispose', :case, 'not_reviewed',"
    " '', '', :first, now())"
)


def admin_of(postgres, address):
    name = make_url(address).database
    url = make_url(postgres.url(name)).set(drivername="postgresql+psycopg")
    return create_engine(url, poolclass=NullPool)


def dispose_of(stage, postgres, case_id):
    """Delete the rows of the case by two people, as the act does."""
    first, second, proposal = uuid4(), uuid4(), uuid4()
    with admin_of(postgres, stage.around.url).begin() as link:
        link.execute(_PERSON, [{"id": one, "address": str(one)} for one in (first, second)])
        said = {"tenant": OURS, "id": proposal, "case": case_id, "first": first}
        link.execute(_PROPOSED, said)
    with Session(working_for(stage.around.engine, OURS, second)) as session:
        assert disposals.dispose(session, proposal, uuid4(), stage.around.now()) == "done"
        session.commit()


def naming(postgres, *words):
    """Return the tables of Prefect's database in which any of these words stands."""
    with admin_of(postgres, postgres.url("prefect")).connect() as link:
        tables = link.execute(
            text("select quote_ident(tablename) from pg_tables where schemaname = 'public'")
        )
        asked = {one: f"select count(*) from {one} t where t::text ~ :words" for (one,) in tables}  # noqa: S608
        known = {"words": "|".join(map(str, words))}
        found = {one: link.execute(text(what), known).scalar_one() for one, what in asked.items()}
    return {one for one, many in found.items() if many}


def test_prefect_holds_nothing_of_a_case_that_was_disposed_of(stage, platform_postgres):
    case_id, kept = a_case(stage.around), a_case(stage.around)
    for one in (case_id, kept):
        rests(stage, one)
    reference, run_id = stage.case(case_id).reference, stage.case(case_id).flow_run_id
    go(stage, case_id, Stage.CLOSED, Step.SCOPE, closed_at=stage.around.now())
    eventually(lambda: stage.case(case_id).ended, f"it should end: {stage.run(case_id)}")
    said = {"name": "x", "level": 20, "message": f"case {case_id}", "flow_run_id": str(run_id)}
    said["timestamp"] = stage.around.now().isoformat()
    stage.server.need("POST", "/logs/", [said])
    held = {"flow_run", "flow_run_state", "log", "task_run", "task_run_state"}
    eventually(lambda: held <= naming(platform_postgres, case_id, run_id), "it is all there")

    dispose_of(stage, platform_postgres, case_id)
    around = stage.around
    own = worker_of(around.engine)
    worker = SimpleNamespace(engine=own, now=around.now, calendar=around.calendar)
    assert forget_disposed(worker, PrefectFlows(stage.server)) == 1

    eventually(
        lambda: naming(platform_postgres, case_id, run_id) <= STREAM,
        f"it should be forgotten: {naming(platform_postgres, case_id, run_id)}",
    )
    assert naming(platform_postgres, reference) == set()
    assert len(flow_runs(stage, kept)) == 1
    with Session(working_for(stage.around.engine, OURS)) as session:
        assert len(disposals.with_runs_to_forget(session)) == 1, "until a look finds none"
    assert forget_disposed(worker, PrefectFlows(stage.server)) == 0
    with Session(working_for(stage.around.engine, OURS)) as session:
        assert disposals.with_runs_to_forget(session) == [], "it is asked no more"
