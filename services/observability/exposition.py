"""Where a process answers Prometheus: a port of its own, which the public never reaches."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.registry import Collector

from services.observability.metrics import REGISTRY

LOOPBACK: Final = "127.0.0.1"
_log = logging.getLogger("keyline.metrics")


@dataclass(frozen=True, slots=True)
class MetricsAddress:
    """Where a process answers Prometheus; with the port nought it does not."""

    port: int = 0
    host: str = LOOPBACK

    def of_process(self, number: int) -> "MetricsAddress":
        """Return the address of one of several processes beside each other, counted from one."""
        return MetricsAddress(self.port + number - 1 if self.port else 0, self.host)


class Both:
    """What the process counts, and what is read from the record at each question."""

    def __init__(self, *collectors: Collector) -> None:
        self.registry = CollectorRegistry()
        for one in (REGISTRY, *collectors):
            self.registry.register(one)


@contextmanager
def exposed(address: MetricsAddress, *collectors: Collector) -> Iterator[int]:
    """Answer Prometheus in a thread for as long as the block runs; yield the port.

    Casework goes on where the port is taken: that is logged, and the alert on what is not seen any
    more tells of it.
    """
    if not address.port:
        yield 0
        return
    try:
        server, _thread = start_http_server(
            address.port, address.host, registry=Both(*collectors).registry
        )
    except OSError as trouble:
        _log.error("Nobody can ask for metrics at port %s: %s.", address.port, trouble.strerror)
        yield 0
        return
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
