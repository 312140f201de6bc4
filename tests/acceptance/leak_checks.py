"""Searches for names and dates of birth where none may be: Prefect, logs, emails."""

from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Final

import psycopg
from psycopg import sql

from deployments.local.home import Home
from tests.acceptance.story import Story

PAGE: Final = 1_000
_TABLES = """
select table_schema, table_name from information_schema.tables
where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
order by table_schema, table_name
"""


def check(story: Story, home: Home, prefect_database: str | None) -> None:
    """Search Prefect, the platform's logs and the caught emails for each secret.

    Prefect is searched through its API, and in its database where that is the platform's own.
    """
    secrets = sorted(story.secrets)
    if prefect_database:
        for where, secret in in_database(prefect_database, secrets):
            story.differs(f"Prefect's table {where} contains “{secret}”")
    for page in story.connections.prefect.words():
        for secret in found(page, secrets):
            story.differs(f"Prefect shows “{secret}”")
    for where, secret in in_files(home.folder / "logs", secrets):
        story.differs(f"the log {where} contains “{secret}”")
    for number, raw in enumerate(story.connections.database.caught_emails()):
        for secret in in_email(raw, secrets):
            story.differs(f"caught email {number} contains “{secret}”")


def in_database(url: str, secrets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each table of a database that contains a secret in any column."""
    with psycopg.connect(url, connect_timeout=10) as link:
        for schema, table in link.execute(_TABLES).fetchall():
            name = sql.Identifier(schema, table)
            with link.cursor(name="searched") as rows:
                rows.execute(sql.SQL("select t::text from {} t").format(name))
                while page := rows.fetchmany(PAGE):
                    text = "\n".join(row[0] for row in page)
                    for secret in found(text, secrets):
                        yield f"{schema}.{table}", secret


def in_files(folder: Path, secrets: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each file of a folder that contains a secret."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for secret in found(path.read_text(errors="replace"), secrets):
                yield path.name, secret


def in_email(raw: bytes, secrets: Sequence[str]) -> list[str]:
    """Return the secrets in an email, encoded and decoded."""
    email = message_from_bytes(raw)
    texts = [raw.decode(errors="replace")]
    texts += [str(make_header(decode_header(str(value)))) for value in email.values()]
    for part in email.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            texts.append(content.decode(part.get_content_charset("utf-8"), errors="replace"))
    return found("\n".join(texts), secrets)


def found(text: str, secrets: Sequence[str]) -> list[str]:
    """Return those of the secrets that the text contains; upper and lower case are the same."""
    lowered = text.lower()
    return [secret for secret in secrets if secret.lower() in lowered]
