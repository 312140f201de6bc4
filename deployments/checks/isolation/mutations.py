"""Mutations of what keeps partnerships apart, generated from the catalogue: each must be noticed.

A new table, policy, role or function is mutated without being named here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Row, text

from deployments.checks.isolation.functions import SCHEMAS
from services.database.migrations.roles import WITH_LOGIN

PRIVILEGES: Final = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
_POLICIES: Final = text(
    "select p.polname as policy, c.relname as relation, p.polpermissive as opens,"
    " case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'"
    " when 'd' then 'delete' else 'all' end as command,"
    " pg_get_expr(p.polqual, c.oid) as qual, pg_get_expr(p.polwithcheck, c.oid) as wcheck,"
    " array_to_string(array(select r.rolname from pg_roles r where r.oid = any (p.polroles)), ', ')"
    " as roles from pg_policy p join pg_class c on c.oid = p.polrelid"
    " where c.relnamespace = 'public'::regnamespace order by 2, 1"
)
_TABLES: Final = text(
    "select c.oid::regclass::text as relation, c.relrowsecurity as is_protected from pg_class c"
    " join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'v')"
    " and n.nspname in ('public', 'sec', 'watch', 'ops') order by 1"
)
_WITHHELD: Final = text("select not has_table_privilege(:role, :relation, :word)")
OF_COLUMNS: Final = ("select", "insert", "update")
_WITHHELD_COLUMN: Final = text(
    "select quote_ident(a.attname) from pg_attribute a"
    " where a.attrelid = cast(:relation as regclass) and a.attnum > 0 and not a.attisdropped"
    " and not has_any_column_privilege(:role, :relation, :word) order by a.attnum limit 1"
)
_WITHHELD_FUNCTION: Final = text("select not has_function_privilege(:role, :function, 'execute')")
_WITHHELD_SCHEMA: Final = text("select not has_schema_privilege(:role, :schema, :word)")
# The doors of those who have no account: what they find is all that keeps a stranger out.
DOORS: Final = ("watch.appointment_link_at(", "watch.collection_at(", "watch.guest_link_at(")
_FUNCTIONS: Final = text(
    "select p.oid::regprocedure::text as function, n.nspname as schema, p.prosrc as body,"
    " p.prosecdef as is_definer, pg_get_functiondef(p.oid) as definition from pg_proc p"
    " join pg_namespace n on n.oid = p.pronamespace where n.nspname in ('public', 'sec', 'watch',"
    " 'audit') order by 1"
)
_REFUSAL: Final = re.compile(
    r"if\b(?:(?!\bif\b).)*?\b(?:return null|raise exception[^;]*);\s+end if;", re.DOTALL
)
_CONDITION: Final = re.compile(
    r"\bwhere\b(.*?)(?=;|\bwhere\b|\bunion\b|\bgroup by\b|\border by\b|\n *\)|$)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One thing taken away from the protection, as statements of the administrator."""

    name: str
    statements: str

    @property
    def is_a_grant(self) -> bool:
        """Tell whether it grants what is withheld, which opens no row by itself."""
        return self.statements.startswith("grant ")


def mutations(connection: Connection) -> Iterator[Mutation]:
    """Yield every mutation of this database's protection."""
    for row in connection.execute(_POLICIES).all():
        yield from _of_policy(row)
    yield from _of_tables(connection)
    for row in connection.execute(_FUNCTIONS).all():
        yield from _of_function(row)
        yield from _to_execute(connection, row.function)
    yield from _of_schemas(connection)


def _of_policy(row: "Row[tuple[str, str, bool, str, str, str, str]]") -> Iterator[Mutation]:
    on = f'"{row.policy}" on "{row.relation}"'
    yield Mutation(f"policy {on} dropped", f"drop policy {on}")
    if row.qual not in (None, "true"):
        yield Mutation(f"policy {on}: using made true", f"alter policy {on} using (true)")
    if row.wcheck not in (None, "true"):
        yield Mutation(f"policy {on}: check made true", f"alter policy {on} with check (true)")
    if not row.opens:
        using = f" using ({row.qual})" if row.qual else ""
        check = f" with check ({row.wcheck})" if row.wcheck else ""
        anew = f"create policy {on} as permissive for {row.command} to {row.roles}{using}{check}"
        yield Mutation(f"policy {on} made permissive", f"drop policy {on}; {anew}")


def _of_tables(connection: Connection) -> Iterator[Mutation]:
    for table in connection.execute(_TABLES).all():
        if table.is_protected:
            for word in ("no force", "disable"):
                done = f"alter table {table.relation} {word} row level security"
                yield Mutation(done, done)
        for role in WITH_LOGIN:
            for word in PRIVILEGES:
                held = {"role": role, "relation": table.relation, "word": word}
                if connection.execute(_WITHHELD, held).scalar_one():
                    done = f"grant {word} on {table.relation} to {role}"
                    yield Mutation(done, done)
            yield from _of_columns(connection, table.relation, role)


def _of_columns(connection: Connection, relation: str, role: str) -> Iterator[Mutation]:
    """Yield a grant of one column in each way in which the role has none of the table's."""
    for word in OF_COLUMNS:
        withheld = {"role": role, "relation": relation, "word": word}
        column = connection.execute(_WITHHELD_COLUMN, withheld).scalar()
        if column is not None:
            done = f"grant {word} ({column}) on {relation} to {role}"
            yield Mutation(done, done)


def _to_execute(connection: Connection, function: str) -> Iterator[Mutation]:
    for role in WITH_LOGIN:
        withheld = {"role": role, "function": function}
        if connection.execute(_WITHHELD_FUNCTION, withheld).scalar_one():
            done = f"grant execute on function {function} to {role}"
            yield Mutation(done, done)


def _of_schemas(connection: Connection) -> Iterator[Mutation]:
    for schema in SCHEMAS:
        for role in WITH_LOGIN:
            for word in ("usage", "create"):
                withheld = {"role": role, "schema": schema, "word": word}
                if connection.execute(_WITHHELD_SCHEMA, withheld).scalar_one():
                    done = f"grant {word} on schema {schema} to {role}"
                    yield Mutation(done, done)


def _of_function(row: "Row[tuple[str, str, str, bool, str]]") -> Iterator[Mutation]:
    done = f"grant execute on function {row.function} to public"
    yield Mutation(done, done)
    if row.is_definer:
        done = f"alter function {row.function} reset search_path"
        yield Mutation(done, done)
    if row.schema not in {"sec", "audit"} and not row.function.startswith(DOORS):
        return  # the watchers' other conditions choose work: they keep nobody out
    for what, body in _weakened(row.body):
        yield Mutation(f"{row.function}: {what}", row.definition.replace(row.body, body))


def _weakened(body: str) -> Iterator[tuple[str, str]]:
    """Yield the body without one of its checks, and what was taken away."""
    for found in _REFUSAL.finditer(body):
        yield f"without `{_on_one_line(found[0])}`", body.replace(found[0], "")
    for found in _CONDITION.finditer(body):
        parts = re.split(r"\band\b", found[1])
        for number, part in enumerate(parts):
            rest = " and ".join(parts[:number] + parts[number + 1 :]) or " true "
            weaker = body[: found.start(1)] + rest + body[found.end(1) :]
            yield f"without `{_on_one_line(part)}`", weaker
    if "sec.genuine()" in body:
        trusting = body.replace("sec.genuine()", "current_setting('app.ctx', true)")
        yield "trusts what was set", trusting


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
