"""What a database holds, asked by the backup's login: rows by table, and the ends of the chains."""

from collections.abc import Mapping
from datetime import UTC

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from services.database.audit import written_moment
from services.domain.audit_verifier import Mark
from services.domain.errors import Unavailable

Link = psycopg.Connection[tuple[object, ...]]


def connected(url: str) -> Link:
    """Connect, or say without an address that it could not be done."""
    address = make_url(url).set(drivername="postgresql")
    try:
        return psycopg.connect(
            address.render_as_string(hide_password=False), connect_timeout=10, autocommit=True
        )
    except psycopg.OperationalError as refused:
        reason = next(reversed(str(refused).strip().splitlines()), "")
        raise Unavailable(f"The database did not answer: {reason}") from None


def rows(link: Link) -> Mapping[str, int]:
    """Count the rows of every table that the backup's login reads."""
    tables = link.execute(
        "select relname::text from pg_class where relkind = 'r' and relname <> 'alembic_version'"
        " and relnamespace = 'public'::regnamespace and has_table_privilege(oid, 'select')"
        " order by 1"
    ).fetchall()
    return {str(table): _count(link, str(table)) for (table,) in tables}


def chains(link: Link) -> Mapping[str, Mark]:
    """Return where the audit chain of each partnership, and of the installation, ends."""
    found = link.execute("select tenant_id::text, seq, hash, at from audit_heads order by 1")
    return {
        str(tenant): Mark(int(str(seq)), str(hashed), written_moment(at.astimezone(UTC)))  # type: ignore[attr-defined]
        for tenant, seq, hashed, at in found
    }


def revision(link: Link) -> str:
    """Return the migration that the tables stand at."""
    row = link.execute("select max(version_num) from alembic_version").fetchone()
    return str(row[0]) if row else ""


def _count(link: Link, table: str) -> int:
    row = link.execute(sql.SQL("select count(*) from {}").format(sql.Identifier(table))).fetchone()
    return int(str(row[0])) if row else 0
