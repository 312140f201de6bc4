"""A database that can be put back: everything is done on one connection, in one transaction.

What the product takes for a transaction of its own is a savepoint here, so that a posting that
was accepted is undone in a moment, and the next one is sent to the same case at the same stage.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool

from services.database.engine import _KEY, _begin
from services.database.migrations.roles import APP, SIGN_IN
from services.database.signed_context import SETTING
from tests.kept import AS_WRITTEN
from tests.servers import CONTEXT_KEY

# What is kept of a look, of a refusal and of being signed in, and the chain that tells of them.
KEPT_OF_A_REFUSAL: Final = frozenset(
    {
        "drafts",
        "alerts",
        "audit_heads",
        "audit_links",
        "refusal_runs",
        "sign_in_attempts",
        "viewings",
        "web_sessions",
    }
)
_UNIT, _MARK = "a_unit_of_work", "a_posting"
Rows = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class OneConnection:
    """The application's and the sign-in role's engine on it, and the connection itself."""

    engine: Engine
    door: Engine
    link: Any

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo afterwards all that is done meanwhile."""
        self.link.execute(f"savepoint {_MARK}")
        try:
            yield
        finally:
            self.link.execute(f"rollback to savepoint {_MARK}")
            self.link.execute(f"release savepoint {_MARK}")

    def ask(self, question: str, *known: object) -> list[tuple[Any, ...]]:
        """Ask as the administrator, who sees every partnership's rows."""
        self.link.execute("reset role")
        found: list[tuple[Any, ...]] = self.link.execute(question, known).fetchall()
        return found

    def rows(self) -> Rows:
        """Return how many rows each table holds, and by which transactions they were written."""
        tables = self.ask("select tablename from pg_tables where schemaname = 'public'")
        each = " union all ".join(
            f"select '{name}', {AS_WRITTEN} from \"{name}\""  # noqa: S608 -- from the catalogue
            for (name,) in tables
            if name not in KEPT_OF_A_REFUSAL
        )
        return {name: (count, written) for name, count, written in self.ask(each)}

    def check_at_once(self) -> None:
        """Check now what a commit would check."""
        self.link.execute("set constraints all immediate")


@contextmanager
def one_connection(admin_url: str) -> Iterator[OneConnection]:
    """Open the connection; at the end everything is undone."""
    url = make_url(admin_url).set(drivername="postgresql+psycopg")
    plain = url.set(drivername="postgresql").render_as_string(hide_password=False)
    link = psycopg.connect(plain, autocommit=True)
    engines = [_engine(url, link, role) for role in (APP, SIGN_IN)]
    link.execute("begin")
    try:
        yield OneConnection(*engines, link)
    finally:
        link.execute("rollback")
        link.close()


def _engine(url: URL, link: Any, role: str) -> Engine:
    """Return the product's engine for a role, whose transactions are savepoints on the link."""
    engine = create_engine(
        url,
        creator=lambda: link,
        isolation_level="AUTOCOMMIT",
        poolclass=StaticPool,
        pool_reset_on_return=None,
        execution_options={_KEY: CONTEXT_KEY},
    )
    with engine.connect():
        pass  # what an engine asks of its first connection is asked before all begins
    engine.dialect.do_begin = partial(_run, f"savepoint {_UNIT}", f"set local role {role}")
    engine.dialect.do_commit = partial(_run, f"release savepoint {_UNIT}")
    undo = (f"rollback to savepoint {_UNIT}", f"release savepoint {_UNIT}")
    engine.dialect.do_rollback = partial(_run, *undo)
    event.listen(engine, "begin", _for_no_one)
    event.listen(engine, "begin", _begin)
    return engine


def _for_no_one(connection: Connection) -> None:
    """End what the last transaction said of whom it works for, as its commit would have."""
    connection.exec_driver_sql("select set_config(%s, '', true)", (SETTING,))


def _run(*statements: Any) -> None:
    *words, connection = statements
    with connection.cursor() as cursor:
        for statement in words:
            cursor.execute(statement)
