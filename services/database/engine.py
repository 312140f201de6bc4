"""How the product reaches its database, and what is said at the start of each transaction."""

from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from services.database.signed_context import NONE_CHOSEN, SETTING, ContextKey

# Said in the transaction and not in the start-up of the connection, which a pooler would refuse
# or give to somebody else; all of it ends with the transaction.
_LIMITS: Final = {
    "lock_timeout": "5s",
    "statement_timeout": "30s",
    "timezone": "UTC",
    "client_connection_check_interval": "2s",
}
_KEY: Final = "keyline_context_key"
_FOR: Final = "keyline_context_for"


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
        pool_pre_ping=True,
        pool_timeout=5,
        pool_size=pool_size,
        max_overflow=20,
        connect_args={
            "connect_timeout": 5,
            **({"prepare_threshold": None} if behind_pooler else {}),
        },
        execution_options={_KEY: ContextKey(context_key)},
    )
    event.listen(engine, "begin", _begin)
    return engine


def working_for(
    engine: Engine, partnership_id: UUID = NONE_CHOSEN, person_id: UUID = NONE_CHOSEN
) -> Engine:
    """Return the engine so that its transactions are signed for this partnership and person.

    It shares the connections of the one it is made from, whose own transactions are for nobody.
    """
    return engine.execution_options(**{_FOR: (partnership_id, person_id)})


def _begin(connection: Connection) -> None:
    """Say the limits of the transaction and, if it works for someone, its signed context."""
    options = connection.get_execution_options()
    said: dict[str, Any] = dict(_LIMITS)
    if _FOR in options:
        said[SETTING] = options[_KEY].sign(*options[_FOR])
    words = ", ".join(f"set_config('{name}', %s, true)" for name in said)
    connection.exec_driver_sql(f"select {words}", tuple(said.values()))
