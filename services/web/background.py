"""What the web process does beside its pages: it stands by for the worker, and answers Prometheus.

Emails and reminders leave while no worker lives (P6).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Final

from services.casework.accounts.owner_notices import deliver_notices
from services.casework.engine.periodic_jobs import run_if_worker_is_down
from services.casework.operations.exposed import measured
from services.observability.exposition import exposed
from services.observability.traces import traced
from services.web.app_state import Site

EVERY: Final = 5.0
_LOG: Final = logging.getLogger("keyline.web")


@contextmanager
def beside_pages(site: Site) -> Iterator[None]:
    """Do so, and send traces if that is wished, for as long as pages are served."""
    with (
        traced(site.traces_url, "web"),
        periodic_jobs(site),
        exposed(site.metrics, measured(site.neighbours.engine, site.prefect)),
    ):
        yield


@contextmanager
def periodic_jobs(site: Site) -> Iterator[None]:
    """Run the periodic jobs in a thread for as long as pages are served."""
    stopped = Event()
    thread = Thread(target=_run_until, args=(site, stopped), name="stand-by", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(timeout=EVERY)


def _run_until(site: Site, stopped: Event) -> None:
    """Stand in for a worker that is down; emails to owners of accounts leave from here alone."""
    while not stopped.wait(EVERY):
        try:
            run_if_worker_is_down(site.neighbours)
            deliver_notices(site.neighbours, site.accounts.engine)
        except Exception as trouble:  # noqa: BLE001 - the next round tries again; pages go on
            _LOG.warning("The stand-by round failed: %s.", type(trouble).__name__)
