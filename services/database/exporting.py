"""Every row of a partnership as JSON, for an export that any program can read.

The rows are asked for by Keyline itself, in the partnership's own context: row-level security lets
no row of another one into an export, whatever is asked.
"""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final
from uuid import UUID

from sqlalchemy import Table, TextClause, text
from sqlmodel import Session

from services.database.partnership_row import tables

PEOPLE: Final = "people"
PIECE: Final = 500
# What is not exported, and why.
LEFT_OUT: Final = MappingProxyType(
    {
        "drafts": "typed and not sent: no record yet, and sealed for its author alone",
        "saved_views": "how one person narrows lists: no record, and sealed for its keeper alone",
    }
)
# A partnership sees the names of its own members, and no other person's.
_MEMBERS: Final = text("select to_jsonb(t)::text from people t order by t.id")


def exported() -> tuple[str, ...]:
    """Return the tables of an export by name; each of a partnership's but those left out."""
    return (*(name for name in sorted(_of_partnership()) if name not in LEFT_OUT), PEOPLE)


def rows_as_json(session: Session, name: str, tenant_id: UUID) -> Iterator[str]:
    """Yield the partnership's own rows of the table, each as one line of JSON, by their keys."""
    question = _MEMBERS if name == PEOPLE else _question(_of_partnership()[name])
    asked = question if name == PEOPLE else question.bindparams(tenant=tenant_id)
    found = session.execute(asked, execution_options={"yield_per": PIECE})
    for piece in found.scalars().partitions(PIECE):
        yield from (f"{row}\n" for row in piece)


def _of_partnership() -> dict[str, Table]:
    found = (kind.__table__ for kind in tables())  # type: ignore[attr-defined]
    return {one.name: one for one in found}


def _question(table: Table) -> TextClause:
    keys = ", ".join(f't."{column.name}"' for column in table.primary_key)
    return text(
        f'select to_jsonb(t)::text from "{table.name}" t'  # noqa: S608 - names of our own tables
        f" where t.tenant_id = :tenant order by {keys}"
    )
