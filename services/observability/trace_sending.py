"""Where traces are sent to, by OTLP over HTTP; read by a process only if it is to send them."""

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def provider_to(url: str, part: str) -> TracerProvider:
    """Return what makes the traces of this part of the product and sends them to the address."""
    provider = TracerProvider(
        resource=Resource({"service.name": f"keyline-{part}"}), shutdown_on_exit=False
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=url)))
    return provider
