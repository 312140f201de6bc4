"""The mail catcher: an email becomes a row, and without the database it is asked for again."""

import os
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import psutil
import psycopg
import pytest

from deployments.local import mail_catcher, processes
from deployments.local.home import LOOPBACK, any_free_port
from deployments.local.processes import Recorded
from deployments.local.temporary import wait_until_ready
from services.database.caught_emails import was_caught
from services.domain.identifiers import PartnershipId
from services.domain.message_ids import message_id_for
from tests.servers import CONTEXT_KEY, Database, PlatformPostgres, app_engine_on

OURS, THEIRS = PartnershipId(UUID(int=1)), PartnershipId(UUID(int=2))
OTHERS = ("AWS_SECRET_ACCESS_KEY", "PREFECT_API_AUTH_STRING", "S3_ENDPOINT_URL")
MESSAGE_ID = message_id_for(OURS, "key")


@pytest.fixture(scope="module")
def database(platform_postgres: PlatformPostgres) -> Database:
    return platform_postgres.make_migrated()


@pytest.fixture
def admin(database: Database) -> Iterator[psycopg.Connection]:
    url = database.admin_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as connection:
        yield connection


def told_of(url: str) -> dict[str, str]:
    """Return what the catcher must be told."""
    return {"KEYLINE_DATABASE_URL": url, "KEYLINE_CONTEXT_KEY": CONTEXT_KEY.secret}


@pytest.fixture
def port(database: Database, tmp_path: Path) -> Iterator[int]:
    port, log = any_free_port(), tmp_path / "mail.log"
    url = database.app_url.replace("+psycopg", "")
    part = mail_catcher.part(port, log, os.environ | told_of(url))
    started = part.start()
    wait_until_ready(started, part.is_ready, log)
    yield port
    processes.end(Recorded.of(started.pid))
    started.wait()


def send(port: int, message_id: str = MESSAGE_ID) -> None:
    email = EmailMessage()
    email["From"], email["To"] = "keyline@example.org", "a@example.org, b@example.org"
    email["Subject"], email["Message-ID"] = "Case NM-2026-001: due 3 June", message_id
    email.set_content("See the case page. £5 Keyline")
    with smtplib.SMTP(LOOPBACK, port) as server:
        server.send_message(email)


def test_an_email_is_put_off_until_it_can_be_kept_and_then_is_its_partnerships(
    port: int, admin: psycopg.Connection, database: Database
):
    admin.execute("alter table caught_emails rename to caught_emails_away")
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(port)
    assert refused.value.smtp_code == 451
    admin.execute("alter table caught_emails_away rename to caught_emails")
    send(port)
    kept = admin.execute(
        "select tenant_id, message_id, recipient, subject, body from caught_emails order by id"
    ).fetchall()
    words = ("Case NM-2026-001: due 3 June", "See the case page. £5 Keyline\n")
    assert kept == [
        (OURS, MESSAGE_ID, "a@example.org", *words),
        (OURS, MESSAGE_ID, "b@example.org", *words),
    ]
    engine = app_engine_on(database.app_url)
    assert was_caught(engine, MESSAGE_ID)
    assert not was_caught(engine, message_id_for(THEIRS, "key"))
    engine.dispose()


def test_an_email_that_is_none_of_ours_is_refused(port: int, admin: psycopg.Connection):
    before = admin.execute("select count(*) from caught_emails").fetchone()
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(port, "<1@elsewhere.example>")
    assert refused.value.smtp_code == 550
    assert admin.execute("select count(*) from caught_emails").fetchone() == before


def test_it_is_told_no_secret_of_another_part(database: Database, tmp_path: Path):
    port, log = any_free_port(), tmp_path / "mail.log"
    secrets = dict.fromkeys(("KEYLINE_OBJECT_KEYS", "KEYLINE_SECRET_KEY", *OTHERS), "secret")
    url = database.app_url.replace("+psycopg", "")
    part = mail_catcher.part(port, log, os.environ | secrets | told_of(url))
    started = part.start()
    wait_until_ready(started, part.is_ready, log)
    told = psutil.Process(started.pid).environ()
    processes.end(Recorded.of(started.pid))
    started.wait()
    assert told["KEYLINE_DATABASE_URL"] == url
    assert not secrets.keys() & told.keys()
