"""Sinks in databases: Prefect's, and what of Keyline's own must hold no words of a case."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import sql

from services.orchestration.pg_listener import CASE_WAKE, RUN_SCHEDULED
from tests.canary.columns import NO_WORDS
from tests.canary.sinks import Pieces, Sink, as_text, on_one_line

PAGE: Final = 1_000
EVERY: Final = 0.05
# The scan\'s own link, whose statements hold the words that it plants.
PLANTING: Final = "canary planting"
_TABLES: Final = (
    "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')"
    " and n.nspname not like 'pg_toast%%' order by 1, 2"
)
_OF_NO_PARTNERSHIP: Final = (
    "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')"
    " and n.nspname not like 'pg_toast%%' and not exists (select from pg_attribute a where"
    " a.attrelid = c.oid and a.attname = 'tenant_id') order by 1, 2"
)
_VIEWS: Final = (
    "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
    " where c.relkind in ('v', 'm') and n.nspname not in ('pg_catalog', 'information_schema')"
    " order by 1, 2"
)


def prefect_tables(url: str) -> Sink:
    """Return every row of every table of Prefect's database."""

    def plant(leaks: Sequence[bytes]) -> None:
        with psycopg.connect(plain(url)) as link:
            add = "insert into configuration (key, value) values (%s, to_jsonb(%s::text))"
            link.cursor().executemany(
                add, [(f"planted {n}", as_text(one)) for n, one in enumerate(leaks)]
            )

    return Sink("Prefect's tables", lambda: _rows(url, _TABLES), plant)


def tables_of_no_partnership(url: str) -> Sink:
    """Return the tables that belong to no partnership: people, sign-ins, ticks."""

    def plant(leaks: Sequence[bytes]) -> None:
        with psycopg.connect(plain(url)) as link:
            link.cursor().executemany(
                "insert into people (id, email, name, is_guest) values (gen_random_uuid(),"
                " gen_random_uuid()::text, %s, false)",
                [(as_text(one),) for one in leaks],
            )

    return Sink("tables of no partnership", lambda: _rows(url, _OF_NO_PARTNERSHIP), plant)


def views_for_operators(url: str) -> Sink:
    """Return what the views for operators and watchers show."""

    def plant(leaks: Sequence[bytes]) -> None:
        with psycopg.connect(plain(url)) as link:
            words = sql.SQL(", ").join(sql.Literal(as_text(one)) for one in leaks)
            made = sql.SQL("create or replace view ops.planted as select unnest(array[{}]) as it")
            link.execute(made.format(words))

    return Sink("views for operators and watchers", lambda: _rows(url, _VIEWS), plant)


def columns_without_words(url: str) -> Sink:
    """Return the columns that are for ids, codes, digests and our own words."""

    def pieces() -> Pieces:
        with psycopg.connect(plain(url)) as link:
            for column in NO_WORDS:
                table, name = map(sql.Identifier, column.split("."))
                asked = sql.SQL("select distinct {}::text from {} where {} is not null")
                for row in link.execute(asked.format(name, table, name)):
                    yield column, row[0].encode()

    def plant(leaks: Sequence[bytes]) -> None:
        with psycopg.connect(plain(url)) as link:
            said = " ".join(map(as_text, leaks))
            link.execute("update due_work set last_error = %s", [said])

    return Sink("columns for ids, codes and our own words", pieces, plant)


class Overheard:
    """What the server shows of others' sessions, and what it notifies, while cases are carried."""

    def __init__(self, url: str) -> None:
        self._url = plain(url)
        self.queries: set[str] = set()
        self.notes: set[str] = set()

    @contextmanager
    def listening(self) -> Iterator["Overheard"]:
        """Look and listen in a thread until the cases are carried."""
        is_over = threading.Event()
        thread = threading.Thread(target=self._listen, args=(is_over,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            is_over.set()
            thread.join()

    def activity(self) -> Sink:
        """Return the queries of the sessions as the server shows them."""

        def plant(leaks: Sequence[bytes]) -> None:
            with self._link() as shown, self._link() as looks:
                for leak in leaks:
                    shown.execute(sql.SQL("select {}").format(sql.Literal(as_text(leak))))
                    self._look(looks)

        return Sink("sessions' queries (pg_stat_activity)", lambda: _texts(self.queries), plant)

    def notifications(self) -> Sink:
        """Return what was notified."""

        def plant(leaks: Sequence[bytes]) -> None:
            with self._link() as link:
                link.execute(f"listen {CASE_WAKE}")
                for leak in leaks:
                    link.execute("select pg_notify(%s, %s)", [CASE_WAKE, on_one_line(leak)])
                self._hear(link)

        return Sink("notifications", lambda: _texts(self.notes), plant)

    def _listen(self, is_over: threading.Event) -> None:
        while not is_over.is_set():
            try:
                with self._link() as link:
                    for channel in (CASE_WAKE, RUN_SCHEDULED):
                        link.execute(f"listen {channel}")
                    while not is_over.wait(EVERY):
                        self._look(link)
                        self._hear(link)
            except psycopg.OperationalError:  # the server is killed on the way, and comes back
                is_over.wait(1)

    def _look(self, link: "psycopg.Connection[tuple[str]]") -> None:
        asked = (
            "select query from pg_stat_activity"
            " where pid <> pg_backend_pid() and application_name <> %s"
        )
        self.queries |= {row[0] for row in link.execute(asked, [PLANTING]) if row[0]}

    def _hear(self, link: "psycopg.Connection[tuple[str]]") -> None:
        self.notes |= {note.payload for note in link.notifies(timeout=0)}

    def _link(self) -> "psycopg.Connection[tuple[str]]":
        return psycopg.connect(self._url, autocommit=True)


def plain(url: str) -> str:
    """Return the address as libpq takes it, without the name of SQLAlchemy's driver."""
    return url.replace("+psycopg:", ":", 1)


def _texts(texts: set[str]) -> Pieces:
    return [("", one.encode()) for one in sorted(texts)]


def _rows(url: str, which: str) -> Pieces:
    with psycopg.connect(plain(url)) as link:
        for schema, name in link.execute(which).fetchall():
            with link.cursor(name="scanned") as rows:
                asked = sql.SQL("select t::text from {} t").format(sql.Identifier(schema, name))
                rows.execute(asked)
                while page := rows.fetchmany(PAGE):
                    for (row,) in page:
                        yield f"{schema}.{name}", row.encode()
