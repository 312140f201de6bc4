"""A database that can be put back: everything is done on one connection, in one transaction.

What the product takes for a transaction of its own is a savepoint here, so that a posting that
was accepted is undone in a moment, and the next one is sent to the same case at the same stage.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.pool import StaticPool

# What is kept of a look, of a refusal and of being signed in.
KEPT_OF_A_REFUSAL: Final = frozenset(
    {"alerts", "refusal_runs", "viewings", "web_sessions", "sign_in_attempts"}
)
_UNIT, _MARK = "a_unit_of_work", "a_posting"
_NO_ONE: Final = "select set_config('app.tenant', '', true), set_config('app.person', '', true)"
Rows = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class OneConnection:
    """The product's engine on the one connection, and the connection itself."""

    engine: Engine
    link: Any

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo afterwards whatever is done meanwhile."""
        self.link.execute(f"savepoint {_MARK}")
        try:
            yield
        finally:
            self.link.execute(f"rollback to savepoint {_MARK}")
            self.link.execute(f"release savepoint {_MARK}")

    def ask(self, question: str, *known: object) -> list[tuple[Any, ...]]:
        """Ask as the administrator, who sees every partnership's rows."""
        self.link.execute("reset role")
        try:
            found: list[tuple[Any, ...]] = self.link.execute(question, known).fetchall()
        finally:
            self.link.execute("set role keyline_app")
        return found

    def rows(self) -> Rows:
        """Return how many rows each table holds, and a sum over all that is in them."""
        tables = self.ask("select tablename from pg_tables where schemaname = 'public'")
        each = " union all ".join(
            f"select '{name}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) from"  # noqa: S608
            f' "{name}" as t'
            for (name,) in tables
            if name not in KEPT_OF_A_REFUSAL
        )
        return {name: (count, sum_of_all) for name, count, sum_of_all in self.ask(each)}

    def check_at_once(self) -> None:
        """Check now what a commit would check."""
        self.link.execute("set constraints all immediate")


@contextmanager
def one_connection(admin_url: str) -> Iterator[OneConnection]:
    """Open the connection; at the end everything is undone."""
    engine = create_engine(
        make_url(admin_url).set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",
        poolclass=StaticPool,
        pool_reset_on_return=None,
        connect_args={"options": "-c timezone=UTC"},
    )
    with engine.connect() as opened:
        link = opened.connection.driver_connection
    link.execute("begin")
    link.execute("set role keyline_app")
    engine.dialect.do_begin = _begin
    engine.dialect.do_commit = _commit
    engine.dialect.do_rollback = _rollback
    try:
        yield OneConnection(engine, link)
    finally:
        link.execute("rollback")
        link.close()


def _begin(connection: Any) -> None:
    _run(connection, f"savepoint {_UNIT}", _NO_ONE)


def _commit(connection: Any) -> None:
    _run(connection, f"release savepoint {_UNIT}")


def _rollback(connection: Any) -> None:
    _run(connection, f"rollback to savepoint {_UNIT}", f"release savepoint {_UNIT}")


def _run(connection: Any, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
