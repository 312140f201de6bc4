"""How the product reaches its database, and what is said at the start of each transaction."""

import select
from time import monotonic
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError, OperationalError

from services.database.migrations import newest_migration
from services.database.signed_context import NONE_CHOSEN, SETTING, ContextKey

# Said in the transaction and not in the start-up of the connection, which a pooler would refuse
# or give to somebody else; all of it ends with the transaction.
_LIMITS: Final = {
    "lock_timeout": "5s",
    "statement_timeout": "30s",
    "timezone": "UTC",
    "client_connection_check_interval": "2s",
}
_SAID: Final = ", ".join(f"set_config('{name}', '{word}', true)" for name, word in _LIMITS.items())
_KEY: Final = "keyline_context_key"
_FOR: Final = "keyline_context_for"
_RESTED_SINCE: Final = "keyline_rested_since"
# By it a release knows of which code a connection is (`migrations/contracts.py`).
OWN_NAME: Final = f"keyline {newest_migration()}"
TRUSTED_FOR: Final = 5.0  # seconds for which a link may rest and is not asked whether it lives


def connect(
    url: str, context_key: str, *, behind_pooler: bool = False, pool_size: int = 10
) -> Engine:
    """Return an engine that never shows parameters in errors and never trusts a dead link.

    Behind a pooler that lends connections by the transaction nothing is prepared on a server,
    since the next transaction may be on another.
    """
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_timeout=5,
        pool_size=pool_size,
        max_overflow=20,
        connect_args={
            "connect_timeout": 5,
            "application_name": OWN_NAME,
            "autocommit": True,  # transactions are begun here, with what is said in them
            **({"prepare_threshold": None} if behind_pooler else {}),
        },
        execution_options={_KEY: ContextKey(context_key)},
    )
    event.listen(engine, "begin", _begin)
    event.listen(engine, "checkin", _keep_when)
    event.listen(engine, "checkout", _refuse_a_dead_link)
    return engine


def named(url: str) -> str:
    """Return the address with which a connection of its own tells of which code it is."""
    if not url:
        return url
    # libpq takes a plus for a plus, so SQLAlchemy does not write the blank.
    return f"{url}{'&' if '?' in url else '?'}application_name={quote(OWN_NAME)}"


def working_for(
    engine: Engine, partnership_id: UUID = NONE_CHOSEN, person_id: UUID = NONE_CHOSEN
) -> Engine:
    """Return the engine so that its transactions are signed for this partnership and person.

    It shares the connections of the one it is made from, whose own transactions are for nobody.
    """
    return engine.execution_options(**{_FOR: (partnership_id, person_id)})


def _begin(connection: Connection) -> None:
    """Begin, and say the limits of the transaction and, if it works for someone, its context.

    What has no parameter is one round trip with the beginning. The context is a parameter: other
    sessions of the same login see the text of a statement, and a context in it could be copied.
    """
    options = connection.get_execution_options()
    link: Any = connection.connection.driver_connection
    try:
        link.execute(f"begin; select {_SAID}", prepare=False)
    except psycopg.OperationalError as trouble:
        if link.closed:
            connection.invalidate(trouble)
        raise OperationalError("begin", None, trouble, hide_parameters=True) from None
    if _FOR in options:
        signed = options[_KEY].sign(*options[_FOR])
        connection.exec_driver_sql(f"select set_config('{SETTING}', %s, true)", (signed,))


def _keep_when(_link: object, record: Any) -> None:  # noqa: ANN401 - of SQLAlchemy's pool
    """Keep since when the link rests in the pool."""
    record.info[_RESTED_SINCE] = monotonic()


def _refuse_a_dead_link(link: Any, record: Any, _lent: object) -> None:  # noqa: ANN401
    """Ask a link whether it lives, if it rested for long or the server has spoken unasked.

    A server that ends says so on each of its links, or at least hangs up: the operating system
    knows it, and most of our transactions are spared a round trip.
    """
    since = record.info.get(_RESTED_SINCE)
    if since is None or (monotonic() < since + TRUSTED_FOR and not _has_spoken(link)):
        return
    try:
        link.execute("")
    except psycopg.Error:
        raise InvalidatePoolError from None


def _has_spoken(link: Any) -> bool:  # noqa: ANN401
    waiting = select.poll()
    waiting.register(link.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
