"""How the product reaches its database."""

from sqlalchemy import Engine, create_engine, make_url


def connect(url: str) -> Engine:
    """Return an engine that never shows parameters in errors and never trusts a dead link."""
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_timeout=5,
        pool_size=10,
        max_overflow=20,
        connect_args={
            "connect_timeout": 5,
            "options": "-c lock_timeout=5s -c statement_timeout=30s -c timezone=UTC"
            " -c client_connection_check_interval=2s",
        },
    )
