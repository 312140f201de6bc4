"""All that a courier needs: a mailer that can be told what to answer, and time moved by hand."""

from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlmodel import select

from services.calendars import england
from services.casework.engine.email_delivery import deliver
from services.casework.steps.rapid_review import lateness
from services.casework.steps.scoping import scoping
from services.database.outbox import OutboxEmail, case_emails
from services.domain.identifiers import CaseId
from services.domain.mailboxes import Mailboxes, mailboxes_for
from services.domain.roles import Role
from services.domain.working_days import Calendar
from services.link_checks.installation import NO_LINK_CHECKER, NO_WEBHOOKS
from services.mail import Email
from services.mail.memory import MemoryMailer
from services.mail.smtp import SmtpMailer, SmtpServer
from services.storage.scanning import NO_SCANNER
from tests import factories
from tests.driven import Driven
from tests.servers import app_engine_on
from tests.world import World, at


class Cut(Exception):
    """The courier was cut short."""


@dataclass
class CutShort:
    """A mailer at which something happens before or after the n-th email is handed over."""

    mailer: Any
    what: Callable[[], None]
    before: int = 0
    after: int = 0
    handed: int = 0
    is_catcher: bool = False

    def send(self, email: Email) -> None:
        self.handed += 1
        if self.handed == self.before:
            self.what()
        self.mailer.send(email)
        if self.handed == self.after:
            self.what()

    def was_accepted(self, message_id: str) -> bool | None:
        answer: bool | None = self.mailer.was_accepted(message_id)
        return answer


def cut() -> None:
    raise Cut


@dataclass
class Office:
    """One courier's neighbours; another courier has its own, on the same record."""

    world: World
    mailer: Any = field(default_factory=MemoryMailer)
    store: Any = None
    mailboxes: Mailboxes = field(default_factory=lambda: mailboxes_for("demonstration"))
    sender: str = "keyline@keyline.example"
    base_url: str = "http://keyline.example"
    calendar: Calendar = field(default_factory=england)
    scanner: Any = NO_SCANNER
    links: Any = NO_LINK_CHECKER
    webhooks: Any = NO_WEBHOOKS
    when: str = "2025-12-16"

    def __post_init__(self) -> None:
        self.store = self.store or self.world.store

    def __deepcopy__(self, memo: dict[int, Any]) -> "Office":
        """Copy what a courier changes, for `ready_by`; what is only read is shared."""
        world, mailer, store = deepcopy((self.world, self.mailer, self.store), memo)
        return replace(self, world=world, mailer=mailer, store=store)

    @property
    def engine(self) -> Engine:
        return self.world.engine

    def now(self) -> datetime:
        return at(self.when)

    def deliver(self) -> int:
        return deliver(self)

    def emails(self, case_id: CaseId) -> list[OutboxEmail]:
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            found = case_emails(work.session, case_id)
            work.session.expunge_all()
            return found

    def standing(self, case_id: CaseId) -> Counter[str]:
        """Return how many emails of the case stand how."""
        return Counter(one.delivery.value for one in self.emails(case_id))

    def let_time_pass(self) -> None:
        """Make everything that waits for its time ready, as hours of waiting would."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            work.session.execute(
                text(
                    "update outbox_emails set not_before = clock_timestamp(),"
                    " claimed_at = claimed_at - interval '1 hour'"
                    " where delivery in ('pending', 'sending')"
                )
            )


def deliver_all(office: Office) -> None:
    """Deliver round by round until nothing waits: a round is of fifty emails."""
    while office.deliver():
        pass


def office_emails(office: Office, catcher: Any, event: str) -> list[Any]:
    """Return what the real mail server took of the event's emails."""
    with office.world.act(Role.BUSINESS_MANAGER) as work:
        question = select(OutboxEmail.message_id).where(OutboxEmail.event == event)
        ours = set(work.session.exec(question))
    found = zip(catcher.emails, catcher.envelopes, strict=True)
    return [envelope for email, envelope in found if email["Message-ID"] in ours]


def ids(emails: list[Any]) -> Counter[str]:
    """Return how often each Message-ID was handed over."""
    named = (one.message_id if isinstance(one, Email) else one["Message-ID"] for one in emails)
    return Counter(named)


def plain(catcher: Any) -> SmtpMailer:
    server = SmtpServer(
        host=catcher.host, port=catcher.port, helo="mail.keyline.example", timeout_seconds=5
    )
    return SmtpMailer(server, lambda: at("2025-12-16"))


def once_each(office: Office, case: Driven) -> dict[str, int]:
    return {one.message_id: 1 for one in office.emails(case.case_id)}


@pytest.fixture(scope="module")
def post_database(platform_postgres) -> Any:
    """A database of its own: a courier delivers everybody's emails, so nobody else's lie here."""
    return platform_postgres.make_migrated()


@pytest.fixture(scope="module")
def post_engine(post_database) -> Iterator[Engine]:
    engine = app_engine_on(post_database.app_url)
    yield engine
    engine.dispose()


@pytest.fixture
def our_world(ready_cases) -> World:
    """Two partnerships with empty outboxes, alone in their record: no other email waits."""
    return ready_cases.world()


def written_of(world: World) -> Driven:
    """Return a case with emails of each kind: reminders, notices and statutory notices."""
    driven = Driven(world).decide().notify()
    asked = factories.tell_lateness(expected_on="2026-01-09")
    driven.do(lateness.tell_lateness, asked, Role.BUSINESS_MANAGER, "2025-12-16")
    words = factories.request_returns(driven.agency())
    driven.do(scoping.request_returns, words, Role.BUSINESS_MANAGER, "2025-12-16")
    driven.do(scoping.chase, factories.chase(driven.agency()), Role.BUSINESS_MANAGER, "2025-12-16")
    return driven


@pytest.fixture
def case(ready_by: Callable[..., Driven]) -> Driven:
    """A case with emails of each kind, alone in its record."""
    return ready_by(written_of)


@pytest.fixture
def office(our_world: World) -> Office:
    return Office(our_world)
