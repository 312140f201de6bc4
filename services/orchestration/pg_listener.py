"""Listens to PostgreSQL's notifications: a case has changed, or rests, or a run was scheduled."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from uuid import UUID

import psycopg

from services.domain.identifiers import CaseId

CASE_WAKE = "case_wake"
CASE_RESTED = "case_rested"
RUN_SCHEDULED = "run_scheduled"
PROVES_THE_LINK_EVERY = 5.0
TRIES_AGAIN_AFTER = 1.0

_log = logging.getLogger("keyline.listening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """What to do with each notification; each must take no time, for the next is waiting.

    Without an address there is nothing to hear: the regular looks at the record find every case.
    ``on_connect`` is called after each connection: what was said while nobody listened is found
    by looking.
    """

    url: str
    on_case: Callable[[CaseId], None]
    on_rested: Callable[[CaseId], None]
    on_scheduled: Callable[[], None]
    on_connect: Callable[[], None]

    def listen(self, is_over: Event) -> None:
        """Pass on what is said until it is over; connect again whenever the database is back."""
        is_away = False
        if not self.url:
            _log.info("Not listening: no direct address; the rounds find what waits.")
            return
        while not is_over.is_set():
            try:
                self._listen_on_one_link(is_over)
            except psycopg.Error as error:
                if not is_away:
                    _log.warning("Not listening: the record is away (%s).", type(error).__name__)
                is_away = True
                is_over.wait(TRIES_AGAIN_AFTER)
            else:
                is_away = False

    def _listen_on_one_link(self, is_over: Event) -> None:
        with psycopg.connect(_plain(self.url), autocommit=True, connect_timeout=5) as link:
            link.execute(f"listen {CASE_WAKE}")
            link.execute(f"listen {CASE_RESTED}")
            link.execute(f"listen {RUN_SCHEDULED}")
            _log.info("Listening for cases to wake.")
            self.on_connect()
            while not is_over.is_set():
                for heard in link.notifies(timeout=PROVES_THE_LINK_EVERY):
                    self._hear(heard)
                    if is_over.is_set():
                        return
                link.execute("select 1")

    def _hear(self, heard: psycopg.Notify) -> None:
        if heard.channel == RUN_SCHEDULED:
            self.on_scheduled()
            return
        try:
            case_id = CaseId(UUID(heard.payload))
        except ValueError:
            return
        if heard.channel == CASE_RESTED:
            self.on_rested(case_id)
        else:
            self.on_case(case_id)


def _plain(url: str) -> str:
    """Return the address without the name of SQLAlchemy's driver."""
    kind, _, rest = url.partition("://")
    return f"{kind.partition('+')[0]}://{rest}"
