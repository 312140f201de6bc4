"""A whole rapid review by the API: one client, and the tokens of the people who act in it."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Engine

from services.casework.acts import ACTS
from services.casework.commands import Command
from services.casework.steps.rapid_review import submission
from services.domain.dispatches import Notice
from services.domain.identifiers import CaseId
from services.domain.roles import Actor, Role, Seat
from services.domain.workflow import Stage
from tests import factories
from tests.declared import declare_everybody
from tests.driven import Act, Driven
from tests.endorsed import as_endorsed
from tests.sent_out import make_papers
from tests.web.clients import Client, a_client
from tests.web.programs import API
from tests.world import at

BY_PERFORM = {act.perform: act for act in ACTS.values()}


@pytest.fixture
def client(app_engine: Engine, admin_engine: Engine) -> Iterator[Client]:
    with a_client(app_engine, admin_engine) as lent:
        yield lent


class ByApi(Driven):
    """A case on which everybody acts by the API; first the client tries each act for itself."""

    client: Client
    refused: set[str]

    def do(self, act: Act, command: Command, who: Role | Actor, when: str, **where: object) -> None:
        if act is submission.submit:
            make_papers(self.world, self.case_id, when, Notice.RAPID_REVIEW_SUBMITTED)
        actor = who if isinstance(who, Actor) else self.world.ours.actor(who, **where)
        record = BY_PERFORM[act]
        path = f"/cases/{self.case_id}/acts/{record.name}"
        said = as_endorsed(self.world.ours, command, when)
        self.client.now = at(when)
        body = said.model_dump(mode="json", exclude_none=True)
        alone = self.client.own().post(f"{API}{path}", body)
        assert alone.status_code == 403, (record.name, alone.text)
        if not record.by_system:
            assert alone.json()["code"] == "needs_person", record.name
            self.refused.add(record.name)
        answer = self.client.sends(actor, path, said, at(when))
        assert answer.status_code == 200, (record.name, answer.text)


def test_one_client_drives_a_rapid_review_and_each_refusal_is_shown(client: Client):
    world, when = client.world, at("2025-12-12 11:00")
    lead = world.ours.actor(Role.AGENCY_LEAD)
    referred = client.sends(lead, "/referrals", factories.refer(), when)
    assert referred.status_code == 201, referred.text
    case = ByApi.of(world, CaseId(UUID(referred.json()["case_id"])))
    case.client, case.refused = client, set()
    officer = world.ours.actor(Role.NOTIFIER)
    early = client.program(officer.person_id, "persons").get(f"{API}/cases/{case.case_id}")
    assert (early.status_code, early.json()["code"]) == (403, "declare_first")
    declares_by_api(client, case, officer)
    declare_everybody(world, case.case_id, "2025-12-12 11:00")
    case.decide().notify().scope().review()
    assert case.stage() is Stage.WITH_PANEL
    assert {"decide_to_notify", "sign_rapid_review", "submit"} <= case.refused
    told = client.own().get(f"{API}/cases/{case.case_id}").json()
    assert told["stage"] == "with_panel"
    partners = [world.ours.actor(Role.SAFEGUARDING_PARTNER, seat) for seat in Seat]
    for partner in partners:
        program = client.program(partner.person_id, "persons")
        history = program.get(f"{API}/cases/{case.case_id}/history").json()["items"]
        assert any(one["said"] for one in history)
        assert program.get(f"{API}/cases/{case.case_id}/documents").json()["items"]


def declares_by_api(client: Client, case: ByApi, who: Actor) -> None:
    """Declare on the case by the person's token; the client cannot do it for itself."""
    path, said = f"/cases/{case.case_id}/acts/declare", factories.declare()
    alone = client.own().post(f"{API}{path}", said.model_dump(mode="json", exclude_none=True))
    assert alone.json()["code"] == "needs_person"
    assert client.sends(who, path, said, client.now).status_code == 200
