"""The real parts that tests speak to: each started once a session, in a folder of its own."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import make_url

from deployments.local import temporary
from deployments.local.home import any_free_port
from deployments.local.object_store import EmbeddedObjectStore
from tests.world import admin_engine, app_database, app_engine, world

__all__ = ["admin_engine", "app_database", "app_engine", "world"]


@dataclass(frozen=True)
class PlatformPostgres:
    """A database server of which tests are the administrator."""

    admin_url: str

    def url(self, database: str) -> str:
        """Return the administrator's address of another database on it."""
        return make_url(self.admin_url).set(database=database).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def platform_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlatformPostgres]:
    """An empty PostgreSQL server; TEST_DATABASE_URL names another to be used instead."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield PlatformPostgres(given)
        return
    with temporary.postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield PlatformPostgres(server.url())


@pytest.fixture(scope="session")
def postgres_url(platform_postgres: PlatformPostgres) -> str:
    """The administrator's address of that server."""
    return platform_postgres.admin_url


@pytest.fixture(scope="session")
def object_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedObjectStore]:
    """An S3 store with one bucket that keeps versions: `.endpoint`, `.keys`, `.bucket`."""
    with temporary.object_store(tmp_path_factory.mktemp("objects")) as store:
        yield store


class SmtpCatcher:
    """A mail server that keeps what it is sent; some recipients it refuses or puts off."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.emails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.refused: set[str] = set()
        self.put_off: set[str] = set()
        self.port = 0

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        if address in self.put_off:
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del server, session
        self.envelopes.append(envelope)
        email = BytesParser(EmailMessage, policy=default).parsebytes(envelope.content or b"")
        self.emails.append(email)
        return "250 OK"

    def forget(self) -> None:
        """Start a test with an empty letter box that takes everything."""
        for each in (self.emails, self.envelopes, self.refused, self.put_off):
            each.clear()


@pytest.fixture(scope="session")
def _running_smtp_catcher() -> Iterator[SmtpCatcher]:
    catcher = SmtpCatcher()
    controller = Controller(catcher, hostname=catcher.host, port=any_free_port())
    controller.start()
    catcher.port = controller.port
    yield catcher
    controller.stop()


@pytest.fixture
def smtp_catcher(_running_smtp_catcher: SmtpCatcher) -> SmtpCatcher:
    """A real mail server in this process: `.host`, `.port`, `.emails`, `.refused`, `.put_off`."""
    _running_smtp_catcher.forget()
    return _running_smtp_catcher
