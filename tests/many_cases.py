"""Many cases like one, made by SQL: what lists and boards show of them, and what that costs."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Engine, text

from services.domain.identifiers import CaseId

# Every column of the example but its keys, whatever columns there are. They are newer than it.
_CASES: Final = (
    "insert into cases select (jsonb_populate_record(c, jsonb_build_object("
    " 'id', md5(c.id::text || n)::uuid, 'reference', :called || '-' || n,"
    " 'opened_at', c.opened_at + make_interval(mins => n)))).*"
    " from cases c, generate_series(1, :many) n where c.id = :case"
)
_OF_CASES: Final = (
    "insert into {table} select (jsonb_populate_record(t, jsonb_build_object("
    " 'id', md5(t.id::text || n)::uuid, 'case_id', md5(t.case_id::text || n)::uuid) || {more})).*"
    " from {table} t, generate_series(1, :many) n where t.case_id = :case"
)
_OWN: Final = {"entries": "jsonb_build_object('once', null)"}


def copy_case(
    admin: Engine, case_id: CaseId, many: int, tables: Collection[str] = (), called: str = "EX"
) -> None:
    """Make so many copies of the case, with its rows in these tables, and none of its orders."""
    asked = {"many": many, "case": case_id, "called": called}
    with admin.begin() as link:
        link.execute(text("set local session_replication_role = replica"))
        link.execute(text(_CASES), asked)
        for table in tables:
            more = _OWN.get(table, "'{}'::jsonb")
            link.execute(text(_OF_CASES.format(table=table, more=more)), asked)
