"""The statements that an engine sends to the database, while somebody looks on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event


@contextmanager
def sent_by(engine: Engine) -> Iterator[list[str]]:
    """Collect the statements that are sent inside."""
    sent: list[str] = []

    def note(_link: object, _cursor: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
