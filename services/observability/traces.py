"""Traces, behind a switch: how long a page, the work that it ordered and its emails took.

Off unless KEYLINE_TRACES_URL names where OTLP is taken by HTTP. All that one request causes is one
trace, whoever does it and whenever: its id is made from the request's id. What a library would send
by the global tracer stays unsent, for it might name people; so does the text of an error.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from opentelemetry.context import Context
from opentelemetry.trace import (
    NonRecordingSpan,
    SpanContext,
    Status,
    StatusCode,
    TraceFlags,
    Tracer,
    set_span_in_context,
)

from services.observability.request_ids import current_request_id

REQUEST: Final = "keyline.request_id"


@dataclass
class _Switch:
    """Whether this process sends traces, and by what."""

    tracer: Tracer | None = None


_SWITCH: Final = _Switch()


@contextmanager
def traced(url: str, part: str) -> Iterator[None]:
    """Send what this process traces to the address while the block runs; without one, nothing.

    In a forked process it is called after the fork: sending has a thread of its own.
    """
    if not url:
        yield
        return
    # What sends is read by processes that send: it is 8 MB.
    from services.observability.trace_sending import provider_to  # noqa: PLC0415

    provider = provider_to(url, part)
    _SWITCH.tracer = provider.get_tracer("keyline")
    try:
        yield
    finally:
        _SWITCH.tracer = None
        provider.shutdown()


@contextmanager
def span(name: str, **codes: str | int) -> Iterator[dict[str, str | int]]:
    """Trace what is inside under a name and codes of ours; more codes may be put in on the way."""
    if _SWITCH.tracer is None:
        yield codes
        return
    request_id = current_request_id()
    with _SWITCH.tracer.start_as_current_span(
        name,
        context=_trace_of(request_id),
        record_exception=False,
        set_status_on_exception=False,
    ) as under_way:
        try:
            yield codes
        except BaseException as error:
            under_way.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
        finally:
            under_way.set_attributes({REQUEST: request_id, **codes})


def _trace_of(request_id: str) -> Context:
    """Return the trace to which all that the request causes belongs."""
    if not request_id:
        return Context()
    digest = hashlib.sha256(request_id.encode()).digest()
    of_page = SpanContext(
        trace_id=int.from_bytes(digest[:16]),
        span_id=int.from_bytes(digest[16:24]),
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
    return set_span_in_context(NonRecordingSpan(of_page), Context())
