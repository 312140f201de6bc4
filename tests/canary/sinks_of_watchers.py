"""Sinks of those who watch the processes: what Prometheus is answered, and traces that are sent."""

import time
from collections.abc import Sequence
from typing import Final

import httpx
import psycopg

from deployments.local.home import any_free_port
from services.casework.operations.exposed import measured
from services.observability.collector import KEPT_FOR
from services.observability.exposition import MetricsAddress, exposed
from services.observability.traces import span, traced
from tests.canary.sinks import Pieces, Sink, as_text
from tests.canary.sinks_of_database import plain
from tests.servers import app_engine_on
from tests.traces_received import Receiver

METRICS: Final = "metrics"


def answers_at(ports: Sequence[int], admin_url: str) -> Sink:
    """Return what each process of a platform answers Prometheus with."""

    def pieces() -> Pieces:
        time.sleep(KEPT_FOR + 1)  # what was read of the record just before is answered again
        return [(f"port {port}", _asked(port)) for port in ports]

    return Sink(METRICS, pieces, lambda leaks: _name_rounds(admin_url, leaks))


def answers_of(app_url: str, admin_url: str) -> Sink:
    """Return what this process answers Prometheus with, of itself and of the record."""

    def pieces() -> Pieces:
        engine = app_engine_on(app_url)
        with exposed(MetricsAddress(any_free_port()), measured(engine, None)) as port:
            said = _asked(port)
        engine.dispose()
        return [("this process", said)]

    return Sink(METRICS, pieces, lambda leaks: _name_rounds(admin_url, leaks))


def traces(receiver: Receiver) -> Sink:
    """Return the traces that were sent, as they came over the wire."""

    def plant(leaks: Sequence[bytes]) -> None:
        with traced(receiver.url, "planted"):
            for leak in leaks:
                with span("planted", word=as_text(leak)):
                    pass

    return Sink("traces", lambda: [("a message", one) for one in receiver.bodies], plant)


def _asked(port: int) -> bytes:
    return httpx.get(f"http://127.0.0.1:{port}/metrics", timeout=20).content


def _name_rounds(admin_url: str, leaks: Sequence[bytes]) -> None:
    """Plant words where our own code has names: those of the periodic jobs, which are labels."""
    with psycopg.connect(plain(admin_url)) as link:
        link.cursor().executemany(
            "insert into ticks (name, made_at, leader) values (%s, now(), '')"
            " on conflict do nothing",
            [(as_text(leak),) for leak in leaks],
        )
