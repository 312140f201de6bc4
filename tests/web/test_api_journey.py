"""A whole rapid review by the API: one client, and the tokens of the people who act in it."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import Engine, text

from services.bootstrap import Neighbours
from services.calendars import england
from services.casework.acts import ACTS
from services.casework.commands import Command
from services.casework.steps.rapid_review import submission
from services.casework.systems.tokens import keep_token
from services.database.api_tokens import ApiToken, TokenKind
from services.database.migrations.roles import SIGN_IN
from services.domain.dispatches import Notice
from services.domain.identifiers import CaseId
from services.domain.mailboxes import mailboxes_for
from services.domain.roles import Actor, Role, Seat
from services.domain.workflow import Stage
from services.mail.memory import MemoryMailer
from services.web.app import create_app
from services.web.app_state import Site
from tests import factories
from tests.declared import declare_everybody
from tests.driven import Act, Driven
from tests.endorsed import as_endorsed
from tests.sent_out import make_papers
from tests.servers import QUICK_PASSWORDS, sibling
from tests.web.programs import API, Program
from tests.web.visitors import HOST
from tests.world import World, at, make_world

BY_PERFORM = {act.perform: act for act in ACTS.values()}
SYSTEM = uuid4()
A_SYSTEM = """
    with made as (insert into people (id, email, name, is_guest)
                  values (:id, :email, 'A client of the API (example)', false))
    insert into memberships (tenant_id, id, person_id, role, authority, decides, accountable_to,
                             from_on)
    values (:tenant, :id, :id, 'system', '', 'persons read refer', 'https://client.example/back',
            date '2020-01-01')
"""
HELD = "select id from memberships where tenant_id = :tenant and person_id = :person"


class Client:
    """One client of the API: it carries a token of its own, and those of people."""

    def __init__(self, world: World, door: Engine, admin: Engine) -> None:
        self.world, self.door, self.admin, self.now = world, door, admin, at("2025-12-12")
        around = Neighbours(
            engine=world.engine,
            store=world.store,
            mailer=MemoryMailer(),
            mailboxes=mailboxes_for("demonstration"),
            sender="no-reply@keyline.invalid",
            base_url=HOST,
            documents=world.documents,
            calendar=england(),
            now=lambda: self.now,
        )
        site = Site(
            neighbours=around,
            sign_in_engine=door,
            secret="s" * 32,
            is_demonstration=True,
            passwords=QUICK_PASSWORDS,
        )
        self.app, self.programs = create_app(site), {}
        known = {"id": SYSTEM, "tenant": world.ours.partnership_id, "email": f"{SYSTEM}@x.invalid"}
        with admin.begin() as link:
            link.execute(text(A_SYSTEM), known)

    def program(self, person_id: UUID, scopes: str) -> Program:
        """Return the client with a token of the person's, or of its own."""
        if person_id not in self.programs:
            of = {"tenant": self.world.ours.partnership_id, "person": person_id}
            with self.admin.connect() as link:
                membership = link.execute(text(HELD), of).scalars().first()
            row = ApiToken(
                token_sha256="",
                kind=TokenKind.ACCESS,
                system_id=SYSTEM,
                person_id=person_id,
                membership_id=membership,
                scopes=scopes,
            )
            self.programs[person_id] = Program(self.app, keep_token(self.door, row))
        return self.programs[person_id]

    def own(self) -> Program:
        return self.program(SYSTEM, "read refer")

    def sends(self, who: Actor, path: str, command: Command, when: datetime) -> httpx.Response:
        """Send the words of an act by the token of the person."""
        self.now = when
        body = command.model_dump(mode="json", exclude_none=True)
        return self.program(who.person_id, "persons").post(f"{API}{path}", body)


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


@pytest.fixture
def client(app_engine: Engine, admin_engine: Engine) -> Iterator[Client]:
    door = sibling(app_engine, SIGN_IN)
    yield Client(make_world(app_engine), door, admin_engine)
    door.dispose()


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
