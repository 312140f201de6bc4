"""A system of an agency reads its part and answers for it alone; a decision asks for a proof."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import ProgrammingError

from services.casework.steps.scoping import scoping
from services.database.migrations.roles import SIGN_IN
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.app import create_app
from tests import factories
from tests.driven import Driven
from tests.servers import PlatformPostgres, sibling, worker_of
from tests.web.clients import Client, a_client
from tests.web.programs import API
from tests.world import HOSPITAL, PROBATION, SCHOOL, at

ASKED_ON = "2025-12-15"


@pytest.fixture(scope="module")
def client(app_engine: Engine, admin_engine: Engine) -> Iterator[Client]:
    with a_client(app_engine, admin_engine) as lent:
        yield lent


@pytest.fixture(scope="module")
def case(client: Client) -> Driven:
    """A case on which two agencies were asked, and the third was not."""
    case = Driven(client.world).decide().notify()
    asked = factories.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, ASKED_ON)
    client.now = at("2025-12-16 10:00")
    return case


def test_it_reads_its_own_part_and_no_other_agencys(client, case):
    school = client.of_agency(case.agency(SCHOOL))
    where = f"{API}/cases/{case.case_id}"
    assert [one["id"] for one in school.get(f"{API}/cases").json()["items"]] == [str(case.case_id)]
    todos = school.get(f"{where}/todos").json()["items"]
    assert {one["agency_id"] for one in todos} == {str(case.agency(SCHOOL))}
    assert {one["subject"] for one in school.get(f"{where}/clocks").json()["items"]} == {
        str(case.agency(SCHOOL))
    }
    assert school.get(f"{where}/history").json()["items"] == []


def test_it_answers_for_its_own_agency_once(client, case):
    school = client.of_agency(case.agency(SCHOOL))
    where = f"{API}/cases/{case.case_id}"
    said = factories.submit_return().model_dump(mode="json", exclude_none=True)
    answer = school.post(f"{where}/acts/submit_return", said)
    assert answer.status_code == 200, answer.text
    (entry,) = school.get(f"{where}/history").json()["items"]
    assert (entry["entry_type"], entry["said"]) == ("return_submitted", [])
    hospital = client.of_agency(case.agency(HOSPITAL))
    waits = {one["agency_id"] for one in hospital.get(f"{where}/todos").json()["items"]}
    assert waits == {str(case.agency(HOSPITAL))}
    refused = school.post(f"{API}/referrals", factories.refer().model_dump(mode="json"))
    assert refused.status_code == 403


def test_an_agency_that_was_not_asked_finds_no_case(client, case):
    other = client.of_agency(case.agency(PROBATION))
    where = f"{API}/cases/{case.case_id}"
    said = factories.submit_return().model_dump(mode="json", exclude_none=True)
    assert other.get(f"{API}/cases").json()["items"] == []
    assert other.get(where).status_code == 404
    assert other.post(f"{where}/acts/submit_return", said).status_code == 404


def test_a_decision_asks_who_decides_to_prove_again_that_it_is_them(client):
    case = Driven(client.world)
    officer = client.world.ours.actor(Role.NOTIFIER)
    program = client.program(officer.person_id, "persons")
    strict = replace(client.app.state.site, proof_lasts=timedelta(minutes=10))
    with client.admin.begin() as link:
        link.exec_driver_sql(
            "update api_tokens set proved_at = clock_timestamp() - interval '11 minutes'"
        )
    where = f"{API}/cases/{case.case_id}/acts"
    said = factories.decide_to_notify().model_dump(mode="json", exclude_none=True)
    answer = replace(program, app=create_app(strict)).post(f"{where}/decide_to_notify", said)
    assert answer.json()["code"] == "prove_again"
    assert "insufficient_user_authentication" in answer.headers["www-authenticate"]


@pytest.mark.parametrize("table", ["api_tokens", "system_secrets"])
def test_what_opens_the_api_is_the_sign_in_roles_alone(client, table):
    worker = worker_of(client.world.engine)
    for engine in (client.world.engine, worker):
        with pytest.raises(ProgrammingError, match="permission denied"), engine.connect() as link:
            link.exec_driver_sql(f"select count(*) from {table}")  # noqa: S608 -- ours
    worker.dispose()


def test_tables_tell_days_and_codes_as_far_as_a_system_reaches(
    case_at, platform_postgres: PlatformPostgres
):
    case = case_at(Stage.CLOSED)
    engine = case.world.engine
    door = sibling(engine, SIGN_IN)
    client = Client(case.world, door, platform_postgres.admin_of(engine))
    client.now = at("2026-10-10 10:00")
    told = client.own().get(f"{API}/actions")
    assert told.status_code == 200, told.text
    whole = told.json()["items"]
    assert {one["agency_id"] for one in whole} > {str(case.agency(SCHOOL))}
    assert {one["case_id"] for one in whole} == {str(case.case_id)}
    assert whole[0].keys().isdisjoint({"action", "recommendation", "evidence"})
    first = client.own().get(f"{API}/actions?limit=1").json()
    assert (first["items"], first["next"] is not None) == (whole[:1], True)
    school = client.of_agency(case.agency(SCHOOL))
    own = school.get(f"{API}/actions").json()["items"]
    assert own == [one for one in whole if one["agency_id"] == str(case.agency(SCHOOL))]
    (published,) = client.own().get(f"{API}/publications").json()["items"]
    assert (published["case_id"], published["published_on"]) == (str(case.case_id), "2026-07-03")
    assert school.get(f"{API}/publications").status_code == 403
    manager = client.world.ours.actor(Role.BUSINESS_MANAGER)
    seen = client.program(manager.person_id, "persons").get(f"{API}/actions").json()["items"]
    assert seen == whole
    door.dispose()
