"""The short form: every act in this process, with a real database, store and mail server around."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine, text

from deployments.migration.comparing import engine_of
from services.bootstrap import Neighbours
from services.calendars import england
from services.casework.engine.audit_anchors import anchor_chain
from services.database.migrations.roles import SIGN_IN
from services.documents.making import KeylineDocuments
from services.domain.mailboxes import mailboxes_for
from services.domain.roles import Role
from services.observability.logs import JsonLine
from services.storage import Store
from services.web.app import create_app
from services.web.app_state import Site
from services.web.middleware import access_log
from tests.canary.beside import pause_other_side, say_beside_cases, say_what_is_delegated
from tests.canary.carrying import add_files, carry_by_every_road
from tests.canary.failures import failing
from tests.canary.planting import Planter
from tests.canary.sinks_outward import Answers
from tests.canary.together import carry_together
from tests.canary.visits import (
    Caller,
    look_everywhere,
    save_a_draft,
    send_what_must_be_refused,
)
from tests.desk import Desk
from tests.driven import Driven
from tests.post_office import Office, plain
from tests.servers import QUICK_PASSWORDS, Database, sibling
from tests.web.visitors import HOST
from tests.world import World, at

WHEN = "2026-12-01"


@dataclass
class Stage:
    """Two pairs of partnerships, and what carries their cases and shows them."""

    database: Database
    store: Store
    catcher: Any
    planter: Planter
    answers: Answers = field(default_factory=Answers)

    def carry(self, alone: World, together: World) -> None:
        """Carry cases along every road, and one of two partnerships; then look at everything."""
        say_what_is_delegated(alone, self.planter.marks)
        case = carry_by_every_road(alone, self.planter)[0]
        desk = Desk(alone, self.store, when=WHEN)
        add_files(desk, case, self.planter)
        desk.carry(case.case_id)
        carry_together(together, self.planter)
        anchor_chain(desk, alone.ours.partnership_id)
        Office(alone, mailer=plain(self.catcher), store=self.store, when=WHEN).deliver()
        door = sibling(alone.engine, SIGN_IN)
        say_beside_cases(alone, self.planter.marks)
        self._visit(case, [*self._people(alone, door)])
        pause_other_side(alone, self.planter.marks)

    def _visit(self, case: Driven, people: list[Caller]) -> None:
        ids = ids_of(self.database.admin_url, case)
        manager = people[0]
        save_a_draft(manager, ids, self.planter.marks)
        for caller in people:
            look_everywhere(caller, ids)
        send_what_must_be_refused(manager, ids, self.planter.marks)
        words = self.planter.marks.new("the text of an error")
        for table in ("viewings", "audit_links"):
            with failing(self.database.admin_url, table, words):
                assert manager.get(f"/cases/{case.case_id}").status >= 500

    def _people(self, world: World, door: Engine) -> Iterator[Caller]:
        app = self._app(world, door)
        for side, role, may_see in (
            (world.ours, Role.BUSINESS_MANAGER, True),
            (world.theirs, Role.BUSINESS_MANAGER, False),
            (world.ours, Role.OPERATIONS, False),
        ):
            caller = Caller(app, answers=self.answers, may_see=may_see)
            yield caller.enters(side.email(role))

    def _app(self, world: World, door: Engine) -> FastAPI:
        around = Neighbours(
            engine=world.engine,
            store=self.store,
            mailer=plain(self.catcher),
            mailboxes=mailboxes_for("demonstration"),
            sender="no-reply@keyline.invalid",
            base_url=HOST,
            documents=KeylineDocuments(),
            calendar=england(),
            now=lambda: at(WHEN),
        )
        return create_app(
            Site(
                neighbours=around,
                sign_in_engine=door,
                secret="s" * 32,
                is_demonstration=True,
                passwords=QUICK_PASSWORDS,
            )
        )


def ids_of(admin_url: str, case: Driven) -> dict[str, str]:
    """Return what stands in the addresses of the case's pages."""
    found = {"case_id": str(case.case_id)}
    with engine_of(admin_url).connect() as link:
        for name, table in (("document_id", "documents"), ("clock_id", "running_clocks")):
            asked = text(f"select id from {table} where case_id = :case limit 1")  # noqa: S608 -- ours
            found[name] = str(link.execute(asked, {"case": case.case_id}).scalar_one())
    return found


@contextmanager
def logged_to(path: Path) -> Iterator[None]:
    """Write every line that is logged in this process to a file as well, at the finest level."""
    handler = logging.FileHandler(path)
    handler.setFormatter(JsonLine())
    loggers = (logging.getLogger(), access_log.LOG)
    before = loggers[0].level
    for logger in loggers:
        logger.addHandler(handler)
    loggers[0].setLevel(logging.INFO)
    try:
        yield
    finally:
        loggers[0].setLevel(before)
        for logger in loggers:
            logger.removeHandler(handler)
        handler.close()
