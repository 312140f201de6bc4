"""How a worker process is watched: its numbers at a port of its own, and its traces if wished."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from deployments.worker.setup import WorkerSetup
from services.casework.operations.exposed import measured
from services.observability.exposition import MetricsAddress, exposed
from services.observability.traces import traced
from services.settings import Settings

PATIENCE = 3.0


@contextmanager
def watched(setup: WorkerSetup, given: Settings) -> Iterator[None]:
    """Answer Prometheus, each slot at the port after the last one's, while the process works."""
    address = MetricsAddress(given.metrics_port, given.metrics_host)
    collector = measured(setup.around.engine, replace(setup.client, patience=PATIENCE))
    own = address.of_process(int(setup.name.slot))
    with traced(given.traces_url, "worker"), exposed(own, collector):
        yield
