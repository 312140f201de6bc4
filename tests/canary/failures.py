"""Failures on purpose, whose text holds words of a case: as a database tells of the row it refused.

The error is raised by the database itself on the write of a table, so that every part meets it as
it would meet a broken rule: with the words in the text of the exception.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from psycopg import sql

from tests.canary.sinks_of_database import PLANTING, plain

# The server's own log is left out here, for it would hold what this function says on purpose.
_RAISE: Final = """
create or replace function public.raise_planted() returns trigger language plpgsql
security definer set search_path = pg_catalog, pg_temp set log_min_messages = 'panic' as $$
begin raise exception using message = tg_argv[0], errcode = tg_argv[1]; end $$;
grant execute on function public.raise_planted() to public
"""
# A fault of ours, a value that a column does not take, a rule of the table.
CODES: Final = ("XX000", "22001", "23514")


@contextmanager
def failing(url: str, table: str, words: str, code: str = CODES[0]) -> Iterator[None]:
    """Let every new row of the table be refused, in these words, until it is over."""
    name, on = sql.Identifier("planted_failure"), sql.Identifier(table)
    with psycopg.connect(plain(url), autocommit=True, application_name=PLANTING) as link:
        link.execute(_RAISE)
        link.execute(
            sql.SQL(
                "create trigger {} before insert on {} for each row"
                " execute function public.raise_planted({}, {})"
            ).format(name, on, sql.Literal(words), sql.Literal(code))
        )
    try:
        yield
    finally:
        with psycopg.connect(plain(url), autocommit=True, application_name=PLANTING) as link:
            link.execute(sql.SQL("drop trigger {} on {}").format(name, on))
            link.execute("drop function public.raise_planted()")
