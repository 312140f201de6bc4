"""The transaction of a release step: after any other release, anew where a table is in use."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from psycopg.errors import DeadlockDetected, LockNotAvailable
from sqlalchemy import Connection, create_engine, func, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from services.domain.errors import Unavailable

ONE_AT_A_TIME = 725_001  # the advisory lock that two releases at once queue for
TRIES = 5  # what a release waits for may be held by one long statement after another
Result = TypeVar("Result")


def until_free(step: Callable[[], Result], tries: int) -> Result:
    """Do a step in one transaction; where it waited too long for a table, do it again."""
    while True:
        tries -= 1
        try:
            return step()
        except DBAPIError as trouble:
            if not isinstance(trouble.orig, LockNotAvailable | DeadlockDetected):
                raise
            if tries < 1:
                raise Unavailable(
                    "A table was in use for longer than a release lets others wait. Nothing was"
                    " changed: release again when there is less to do."
                ) from trouble


@contextmanager
def administrator(admin_url: str) -> Iterator[Connection]:
    """Open one transaction as the administrator, after any other release of this database."""
    engine = create_engine(
        make_url(admin_url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        poolclass=NullPool,
    )
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
        yield connection
