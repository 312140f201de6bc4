"""What each process counts of its own work, in the words of Prometheus; seconds are seconds.

Every label has few values: a template of a route, a code of ours, a code of a partnership.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()  # type: ignore[no-untyped-call] # each would be one more series
# Our own, so that nothing that a library counts comes out unseen.
REGISTRY: Final = CollectorRegistry(auto_describe=True)
ProcessCollector(namespace="keyline", registry=REGISTRY)

_OF_PAGES: Final = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_OF_WORK: Final = (1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)

REQUESTS: Final = Counter(
    "keyline_http_requests",
    "Requests answered, by the template of the route, the method and the status.",
    ["route", "method", "status"],
    registry=REGISTRY,
)
REQUEST_SECONDS: Final = Histogram(
    "keyline_http_request_seconds",
    "How long requests took to answer, by the template of the route.",
    ["route"],
    buckets=_OF_PAGES,
    registry=REGISTRY,
)
RECORDED: Final = Counter(
    "keyline_recorded",
    "What was put on record in the audit chains, by its codes: an act, a sign-in that was refused"
    " (account, sign_in_refused), a virus in a file (alert, harmful_file, raised), a refused read.",
    ["kind", "what", "outcome"],
    registry=REGISTRY,
)
PIECES_OF_WORK: Final = Counter(
    "keyline_pieces_of_work",
    "Attempts at a piece of machine work: done, put_off or set_aside.",
    ["step", "outcome"],
    registry=REGISTRY,
)
WORK_SECONDS: Final = Histogram(
    "keyline_work_seconds",
    "From the order of a piece of machine work to its being done.",
    ["step"],
    buckets=_OF_WORK,
    registry=REGISTRY,
)
EMAILS: Final = Counter(
    "keyline_emails",
    "What became of an email that was handed over; a dispatch goes to a national body.",
    ["kind", "outcome"],
    registry=REGISTRY,
)
EMAIL_SECONDS: Final = Histogram(
    "keyline_email_seconds",
    "From the act that wrote an email to its being taken by the mail service.",
    ["kind"],
    buckets=_OF_WORK,
    registry=REGISTRY,
)
FLOW_RUNS_WOKEN: Final = Counter(
    "keyline_flow_runs_woken",
    "Flow runs of cases that had work: started, resumed, not_resting, rescheduled.",
    ["how"],
    registry=REGISTRY,
)
ROUND_SECONDS: Final = Histogram(
    "keyline_round_seconds",
    "How long each periodic job took.",
    ["round"],
    buckets=_OF_WORK,
    registry=REGISTRY,
)
ROUNDS_FAILED: Final = Counter(
    "keyline_rounds_failed",
    "Periodic jobs that raised an error instead of coming to their end.",
    ["round"],
    registry=REGISTRY,
)


@contextmanager
def timed_round(name: str) -> Iterator[None]:
    """Measure one periodic job, and count it if it fails."""
    began = perf_counter()
    try:
        yield
    except Exception:
        ROUNDS_FAILED.labels(name).inc()
        raise
    finally:
        ROUND_SECONDS.labels(name).observe(perf_counter() - began)
