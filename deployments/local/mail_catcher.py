"""A mail server that sends nothing on: each email becomes a row that the inbox page shows.

Where the database is away it answers "try again later", so that the outbox keeps the email.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import closing
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from importlib import metadata
from pathlib import Path

import psycopg
from aiosmtpd.smtp import SMTP, Envelope, Session

from deployments.local import processes
from deployments.local.home import LOOPBACK
from deployments.local.part import Part
from services.database.signed_context import NONE_CHOSEN, SETTING, ContextKey
from services.domain.message_ids import partnership_of

LARGEST = 25_000_000
# Secrets of other parts: it needs the database and nothing else.
NOT_ITS = ("AWS_", "KEYLINE_OBJECT_KEYS", "KEYLINE_SECRET_KEY", "PREFECT_", "S3_")
KEEP = """
insert into caught_emails (tenant_id, message_id, sender, recipient, subject, body, raw)
values (%s, %s, %s, %s, %s, %s, %s)
"""
CONTEXT = "select set_config(%s, %s, true)"


class NotOurs(Exception):
    """The email is none of Keyline's, so there is no partnership to keep it for."""


class Catcher:
    """What the mail server does with an email."""

    def __init__(self, database_url: str, key: ContextKey) -> None:
        self.database_url = database_url
        self.key = key

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the email, or ask for it again later."""
        del server, session
        try:
            await asyncio.to_thread(self.keep, envelope)
        except psycopg.Error as away:
            print(f"put off: {type(away).__name__}", file=sys.stderr, flush=True)
            return "451 4.3.0 The email cannot be kept now; try again later"
        except NotOurs:
            return "550 5.7.1 The Message-ID names no partnership"
        return "250 2.0.0 Kept"

    def keep(self, envelope: Envelope) -> None:
        """Write one row for each recipient, all or none."""
        raw = envelope.original_content or b""
        email = BytesParser(EmailMessage, policy=policy.default).parsebytes(raw)
        text = email.get_body(("plain", "html"))
        message_id = email["Message-ID"] or ""
        partnership = partnership_of(message_id)
        if partnership is None:
            raise NotOurs
        kept = (partnership, message_id, envelope.mail_from or "")
        body = text.get_content().replace("\r\n", "\n") if text else ""
        words = (email["Subject"] or "", body, raw)
        rows = [(*kept, recipient, *words) for recipient in envelope.rcpt_tos]
        with psycopg.connect(self.database_url, connect_timeout=5) as connection:
            connection.execute(CONTEXT, [SETTING, self.key.sign(partnership, NONE_CHOSEN)])
            connection.cursor().executemany(KEEP, rows)


def part(port: int, log: Path, environment: Mapping[str, str]) -> Part:
    """Return it as a part of the platform."""
    command = [sys.executable, "-m", "deployments.local.mail_catcher"]
    told = {name: word for name, word in environment.items() if not name.startswith(NOT_ITS)}
    told["SMTP_PORT"] = str(port)
    return Part(
        "mail",
        "Mail catcher",
        f"{LOOPBACK}:{port}",
        metadata.version("aiosmtpd"),
        lambda: processes.start(command, log, told),
        lambda: is_ready(port),
    )


def is_ready(port: int) -> bool:
    """Say whether a mail server greets us on that port."""
    try:
        with closing(socket.create_connection((LOOPBACK, port), timeout=2)) as line:
            return line.recv(3) == b"220"
    except OSError:
        return False


async def serve(database_url: str, key: ContextKey, port: int) -> None:
    """Catch emails until told to stop."""
    catcher = Catcher(database_url, key)
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, told.set)
    server = await loop.create_server(
        lambda: SMTP(catcher, hostname="keyline", ident="Keyline", data_size_limit=LARGEST),
        LOOPBACK,
        port,
    )
    async with server:
        await told.wait()


if __name__ == "__main__":
    told = os.environ
    signing = ContextKey(told["KEYLINE_CONTEXT_KEY"])
    asyncio.run(serve(told["KEYLINE_DATABASE_URL"], signing, int(told["SMTP_PORT"])))
