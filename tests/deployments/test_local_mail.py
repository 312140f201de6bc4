"""The mail catcher: an email becomes a row, and without the database it is asked for again."""

import os
import smtplib
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from deployments.local import mail_catcher, processes
from deployments.local.databases import make_database
from deployments.local.home import LOOPBACK, any_free_port
from deployments.local.processes import Recorded
from deployments.local.temporary import wait_until_ready
from services.domain.identifiers import PartnershipId
from services.domain.message_ids import message_id_for

OURS = PartnershipId(UUID(int=1))
MESSAGE_ID = message_id_for(OURS, "key")
TABLE = """
create table caught_emails (id bigserial primary key, tenant_id uuid, message_id text not null,
    sender text not null, recipient text not null, subject text not null, body text not null,
    raw bytea not null, received_at timestamptz not null default clock_timestamp())
"""


@pytest.fixture
def port(platform_postgres, tmp_path: Path) -> Iterator[int]:
    make_database(platform_postgres.admin_url, "caught")
    port, log = any_free_port(), tmp_path / "mail.log"
    told = os.environ | {"KEYLINE_DATABASE_URL": platform_postgres.url("caught")}
    part = mail_catcher.part(port, log, told)
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


def test_an_email_is_put_off_until_it_can_be_kept(port: int, platform_postgres):
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(port)
    assert refused.value.smtp_code == 451
    with psycopg.connect(platform_postgres.url("caught")) as connection:
        connection.execute(TABLE)
    send(port)
    with psycopg.connect(platform_postgres.url("caught")) as connection:
        kept = connection.execute(
            "select tenant_id, message_id, recipient, subject, body from caught_emails order by id"
        ).fetchall()
    words = ("Case NM-2026-001: due 3 June", "See the case page. £5 Keyline\n")
    assert kept == [
        (OURS, MESSAGE_ID, "a@example.org", *words),
        (OURS, MESSAGE_ID, "b@example.org", *words),
    ]


def test_an_email_that_is_none_of_ours_is_refused(port: int):
    with pytest.raises(smtplib.SMTPDataError) as refused:
        send(port, "<1@elsewhere.example>")
    assert refused.value.smtp_code == 550
