"""The catalogue lint: what PostgreSQL's own catalogue must not hold, one question a rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, text

from deployments.checks.isolation.functions import wrong_reach
from services.database.migrations.grants import (
    OF_NO_PARTNERSHIP,
    OF_PARTNERSHIP,
    PRIVILEGES,
    VERSION,
    VIEWS,
)
from services.database.migrations.roles import WITH_LOGIN

QUESTIONS: Final = Path(__file__).with_name("catalogue.sql")
GRANTS: Final = "a role may do with a table, function or schema what is written, and nothing else"
_HELD: Final = text(
    "select c.oid::regclass::text, r.rolname, p.word from pg_class c, pg_roles r,"
    " unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger',"
    " 'maintain']) p(word)"
    " where c.relkind in ('r', 'p', 'v') and c.relnamespace::regnamespace::text in"
    " ('public', 'sec', 'watch', 'ops')"
    " and r.rolname = any (:roles)"
    " and (has_table_privilege(r.oid, c.oid, p.word) or p.word in ('select', 'insert', 'update',"
    " 'references') and has_any_column_privilege(r.oid, c.oid, p.word))"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing in the catalogue that breaks a rule."""

    rule: str
    what: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"


@cache
def rules() -> Mapping[str, str]:
    """Return the question of each rule that one statement can ask."""
    before, *each = QUESTIONS.read_text().split("-- rule: ")
    asked = (one.partition("\n") for one in each)
    return {name: f"{before}{question}" for name, _, question in asked}


def findings(connection: Connection) -> list[Finding]:
    """Return everything in this database that breaks a rule."""
    found = [
        Finding(rule, str(what))
        for rule, question in rules().items()
        for what in connection.execute(text(question)).scalars()
    ]
    return found + [Finding(GRANTS, what) for what in wrong_grants(connection)]


def wrong_grants(connection: Connection) -> list[str]:
    """Return each privilege that is held and not written, or written and not held.

    They are those on tables, on columns, on functions and on schemas.
    """
    held = {tuple(row) for row in connection.execute(_HELD, {"roles": [*WITH_LOGIN]})}
    written = {
        (table, role, PRIVILEGES[letter])
        for part in (OF_PARTNERSHIP, OF_NO_PARTNERSHIP, VIEWS, VERSION)
        for table, grants in part.items()
        for role, letters in grants.items()
        for letter in letters
    }
    return [
        f"{role} {'may' if (table, role, word) in held else 'may not'} {word} {table}"
        for table, role, word in sorted(held ^ written)
    ] + wrong_reach(connection)
