"""The whole form: the platform carries the cases, and is made to fail while it does."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import psycopg
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from deployments.local.environment import BUCKET, Platform
from deployments.local.external_services import ExternalServices
from deployments.local.home import LOOPBACK
from deployments.local.part import all_statuses
from deployments.local.plan import WEB_METRICS, WORKER_METRICS
from deployments.local.run_record import RunningPlatform
from services.database.engine import connect, working_for
from services.domain.errors import CaseworkError
from services.domain.roles import Role, Seat
from tests.canary import sinks_of_database as in_database
from tests.canary.beside import pause_other_side, say_beside_cases, say_what_is_delegated
from tests.canary.carrying import carry_by_every_road, found
from tests.canary.failures import CODES, failing
from tests.canary.files import files
from tests.canary.marks import Marks
from tests.canary.planting import Planter, drive
from tests.canary.sinks import Sink
from tests.canary.sinks_of_files import folder, log
from tests.canary.sinks_of_watchers import answers_at
from tests.canary.sinks_outward import Answers, Bucket, CommandLines, emails
from tests.canary.stage import ids_of
from tests.canary.together import carry_together
from tests.canary.visits import (
    OverTheWire,
    look_everywhere,
    save_a_draft,
    send_what_must_be_refused,
)
from tests.driven import Driven
from tests.roads import to_the_end
from tests.world import World

PATIENCE: Final = 400.0
UNDONE: Final = (
    "select (select count(*) from due_work where tenant_id = any (%(whose)s) and done_at is null"
    " and parked_at is null) + (select count(*) from outbox_emails"
    " where tenant_id = any (%(whose)s) and delivery in ('pending', 'sending'))"
)
# Where a write is refused, in words: by the acts of people and by the work of the machine.
REFUSED_WRITES: Final = ("documents", "outbox_emails", "entries", "viewings", "audit_links")
_CHILD: Final = (
    "insert into children (tenant_id, id, case_id, version, place, name, particulars) values"
)
# A value that is missing, a case that is not there, a code that is none.
BROKEN_RULES: Final = (
    f"{_CHILD} (:tenant, gen_random_uuid(), :case, 1, 1, :name, null)",
    f"{_CHILD} (:tenant, gen_random_uuid(), gen_random_uuid(), 1, 1, :name, '{{}}')",
    (
        "insert into declarations (tenant_id, id, case_id, person_id, has_conflict, closes,"
        " particulars, keeps_confidential, agreement, at) values (:tenant, gen_random_uuid(),"
        " :case, gen_random_uuid(), null, true, :name, true, 1, now())"
    ),
)


def say(words: str) -> None:
    """Tell how far the run has come."""
    sys.stdout.write(f"  {words}\n")
    sys.stdout.flush()


@dataclass
class WholeRun:
    """A platform that runs, and what was carried on it."""

    running: RunningPlatform
    planter: Planter = field(default_factory=lambda: Planter(Marks()))
    answers: Answers = field(default_factory=Answers)
    attempts: int = 0
    world: World = field(init=False)
    case: Driven = field(init=False)

    @cached_property
    def platform(self) -> Platform:
        """Return where its parts are."""
        return Platform(self.running.home, ExternalServices({}))

    @cached_property
    def overheard(self) -> in_database.Overheard:
        """Return what the server shows of sessions and notifies."""
        return in_database.Overheard(self.platform.keyline_url)

    @cached_property
    def command_lines(self) -> CommandLines:
        """Return the command lines of its parts."""
        return CommandLines(lambda: [each.pid for each in self._parts() if each.pid])

    def carry(self) -> None:
        """Carry cases by every act while parts are killed, then let every write fail in words."""
        with self.overheard.listening():
            engine = self._engine("KEYLINE_DATABASE_URL")
            founder = self._engine("KEYLINE_PROVISIONING_DATABASE_URL")
            self.world, together = (found(founder, engine) for _ in range(2))
            self._kill("worker")
            say_what_is_delegated(self.world, self.planter.marks)
            self.case = carry_by_every_road(self.world, self.planter)[0]
            people = [*self._people()]
            self._add_files(people[0])
            self._kill("worker")
            say("cases are carried along every road; the workers were killed twice")
            self._settle(self.world)
            say("what was ordered is done")
            carry_together(together, self.planter, lambda world, _case: self._settle(world))
            say("a case of two partnerships is carried")
            say_beside_cases(self.world, self.planter.marks)
            self._visit(people)
            say("every page was opened, and what must be refused was sent")
            self._fail(people[0])
            self._break_rules(engine)
            pause_other_side(self.world, self.planter.marks)
            say("writes failed in words of a case")
            for each in (engine, founder):
                each.dispose()

    def sinks(self) -> Iterator[Sink]:
        """Yield every sink of the platform."""
        home, admin = self.running.home, self.platform.keyline_url
        yield in_database.prefect_tables(self.platform.database_url(self.platform.prefect_database))
        for path in sorted((home.folder / "logs").glob("*.log")):
            yield log(path)
        yield folder("temporary files", home.folder / "tmp")
        yield folder("Prefect's own folder", home.folder / "prefect")
        yield folder("results and settings of Prefect's client", home.folder / "prefect-client")
        yield folder("core dumps", home.folder, "core.*")
        at_mail = (LOOPBACK, home.port("mail"))
        yield emails(self._caught, at_mail, self.world.ours.partnership_id)
        bucket = Bucket(self.platform.object_store.client(), BUCKET)
        yield from (bucket.names(), bucket.contents())
        yield in_database.tables_of_no_partnership(admin)
        yield in_database.views_for_operators(admin)
        yield in_database.columns_without_words(admin)
        yield from (self.overheard.activity(), self.overheard.notifications())
        yield from self.answers.sinks()
        yield self.command_lines.sink()
        worker = home.port(WORKER_METRICS)
        yield answers_at([home.port(WEB_METRICS), worker, worker + 1], admin)

    def _people(self) -> Iterator[OverTheWire]:
        ours, theirs = self.world.ours, self.world.theirs
        for email, may_see in (
            (ours.email(Role.BUSINESS_MANAGER), True),
            (ours.email(Role.REVIEW_GROUP_CHAIR), True),
            (ours.email(Role.SAFEGUARDING_PARTNER, Seat.POLICE), True),
            (theirs.email(Role.BUSINESS_MANAGER), False),
            (ours.email(Role.OPERATIONS), False),
        ):
            person = OverTheWire(
                None,  # type: ignore[arg-type] # it speaks to the platform
                answers=self.answers,
                may_see=may_see,
                address=self.running.address,
            )
            yield person.enters(email)  # type: ignore[misc]

    def _add_files(self, manager: OverTheWire) -> None:
        at = f"/cases/{self.case.case_id}/documents"
        for name, content in files(self.planter.marks).items():
            title = {"title": self.planter.marks.new("title of a file")}
            answer = manager.upload(at, title, name, content)
            assert answer.status == 303, f"{name} was not kept: {answer.status}"

    def _visit(self, people: list[OverTheWire]) -> None:
        ids = ids_of(self.platform.keyline_url, self.case)
        save_a_draft(people[0], ids, self.planter.marks)
        for person in people:
            self.attempts += look_everywhere(person, ids)
            self.attempts += send_what_must_be_refused(person, ids, self.planter.marks)

    def _fail(self, manager: OverTheWire) -> None:
        """Refuse writes in words of a case, one table after the other, and act meanwhile."""
        for number, table in enumerate(REFUSED_WRITES):
            words = f"Failing row: {self.planter.marks.new(f'an error at {table}')}"
            with failing(self.platform.keyline_url, table, words, CODES[number % len(CODES)]):
                self._act(manager)

    def _break_rules(self, engine: Engine) -> None:
        """Break rules of tables with rows full of words; the server writes of each in its log."""
        name = self.planter.marks.new("a row that breaks a rule")
        row = {"tenant": self.world.ours.partnership_id, "case": self.case.case_id, "name": name}
        for statement in BROKEN_RULES:
            with (
                suppress(DBAPIError),
                working_for(engine, self.world.ours.partnership_id).begin() as link,
            ):
                link.execute(text(statement), row)
                raise AssertionError(f"no rule was broken: {statement}")
            self.attempts += 1

    def _act(self, manager: OverTheWire) -> None:
        with suppress(CaseworkError, DBAPIError):
            to_the_end(self.world, drive(self.planter))
        for path in ("", "/history", "/documents"):
            manager.get(f"/cases/{self.case.case_id}{path}")
        self.attempts += 4
        time.sleep(3)

    def _settle(self, world: World) -> None:
        """Wait until the machine has done what was ordered, and sent its emails."""
        whose = [side.partnership_id for side in (world.ours, world.theirs)]
        until, left = time.monotonic() + PATIENCE, 1
        while left:
            assert time.monotonic() < until, f"{left} pieces of work were not done"
            time.sleep(0.5)
            with psycopg.connect(self.platform.keyline_url) as link:
                row = link.execute(UNDONE, {"whose": whose}).fetchone()
                left = row[0] if row else 0

    def _kill(self, name: str) -> None:
        """Kill each process of a part that this platform has started; it is started again."""
        for part in self._parts():
            if part.name.startswith(name) and part.is_alive:
                os.kill(part.pid, signal.SIGKILL)

    def _parts(self):
        return all_statuses(self.running.home)

    def _caught(self) -> list[bytes]:
        with psycopg.connect(self.platform.keyline_url) as link:
            return [bytes(row[0]) for row in link.execute("select raw from caught_emails")]

    def _engine(self, setting: str) -> Engine:
        return connect(self.running.settings[setting], self.running.settings["KEYLINE_CONTEXT_KEY"])
