"""One client of the API and its people, each with a token: over a world alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import httpx
from sqlalchemy import Engine, text

from services.bootstrap import Neighbours
from services.calendars import england
from services.casework.commands import Command
from services.casework.systems.tokens import keep_token
from services.database.api_tokens import ApiToken, TokenKind
from services.database.migrations.roles import SIGN_IN
from services.domain.mailboxes import mailboxes_for
from services.domain.roles import Actor
from services.mail.memory import MemoryMailer
from services.web.app import create_app
from services.web.app_state import Site
from tests.servers import QUICK_PASSWORDS, sibling
from tests.web.programs import API, Program
from tests.web.visitors import HOST
from tests.world import World, at, make_world

_A_SYSTEM: Final = """
    with made as (insert into people (id, email, name, is_guest)
                  values (:id, :email, 'A client of the API (example)', false))
    insert into memberships (tenant_id, id, person_id, role, authority, decides, accountable_to,
                             from_on, agency_id)
    values (:tenant, :id, :id, 'system', '', :decides, 'https://client.example/back',
            date '2020-01-01', :agency)
"""
_HELD: Final = "select id from memberships where tenant_id = :tenant and person_id = :person"


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
        self.system = self._let_in("persons read refer", None)

    def _let_in(self, scopes: str, agency_id: UUID | None) -> UUID:
        system, tenant = uuid4(), self.world.ours.partnership_id
        known = {"id": system, "tenant": tenant, "email": f"{system}@x.invalid"}
        with self.admin.begin() as link:
            link.execute(text(_A_SYSTEM), {**known, "decides": scopes, "agency": agency_id})
        return system

    def of_agency(self, agency_id: UUID) -> Program:
        """Return the program of a system that was let in for an agency, to read and to answer."""
        system = self._let_in("read returns", agency_id)
        return self.program(system, "read returns", system)

    def program(self, person_id: UUID, scopes: str, system: UUID | None = None) -> Program:
        """Return the client with a token of the person's, or another system with its own."""
        if person_id not in self.programs:
            of = {"tenant": self.world.ours.partnership_id, "person": person_id}
            with self.admin.connect() as link:
                membership = link.execute(text(_HELD), of).scalars().first()
            row = ApiToken(
                token_sha256="",
                kind=TokenKind.ACCESS,
                system_id=system or self.system,
                person_id=person_id,
                membership_id=membership,
                scopes=scopes,
            )
            self.programs[person_id] = Program(self.app, keep_token(self.door, row))
        return self.programs[person_id]

    def own(self) -> Program:
        return self.program(self.system, "read refer")

    def sends(self, who: Actor, path: str, command: Command, when: datetime) -> httpx.Response:
        """Send the words of an act by the token of the person."""
        self.now = when
        body = command.model_dump(mode="json", exclude_none=True)
        return self.program(who.person_id, "persons").post(f"{API}{path}", body)


@contextmanager
def a_client(engine: Engine, admin: Engine) -> Iterator[Client]:
    """Lend a client in two partnerships founded for it alone."""
    door = sibling(engine, SIGN_IN)
    yield Client(make_world(engine), door, admin)
    door.dispose()
