"""How the worker hears, within milliseconds, that an act has changed a case."""

import asyncio
import logging
from collections.abc import Callable
from uuid import UUID

import asyncpg  # type: ignore[import-untyped]  # it ships no types

from services.domain.identifiers import CaseId

CHANNEL = "case_wake"
PROVES_THE_LINK_EVERY = 5.0
TRIES_AGAIN_AFTER = 1.0

_log = logging.getLogger("keyline.listening")


async def listen(url: str, hear: Callable[[CaseId | None], None]) -> None:
    """Pass on the id of every case that is woken, for ever.

    After each connection it passes on nothing, once: what was said while nobody listened is
    found by looking at the record.
    """
    is_away = False
    while True:
        try:
            await _listen_on_one_link(url, hear)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if not is_away:
                _log.warning("Not listening: the record is away (%s).", type(error).__name__)
            is_away = True
        else:
            is_away = False
        await asyncio.sleep(TRIES_AGAIN_AFTER)


async def _listen_on_one_link(url: str, hear: Callable[[CaseId | None], None]) -> None:
    link = await asyncpg.connect(_plain(url), timeout=5)
    try:
        await link.add_listener(CHANNEL, lambda *said: hear(_case(said[3])))
        _log.info("Listening for cases to wake.")
        hear(None)
        while not link.is_closed():
            await link.execute("select 1", timeout=5)
            await asyncio.sleep(PROVES_THE_LINK_EVERY)
    finally:
        link.terminate()


def _case(payload: str) -> CaseId | None:
    try:
        return CaseId(UUID(payload))
    except ValueError:
        return None


def _plain(url: str) -> str:
    """Return the address without the name of SQLAlchemy's driver."""
    kind, _, rest = url.partition("://")
    return f"{kind.partition('+')[0]}://{rest}"
