"""A system's own HTTPS server on this machine: what it was told, and what it answers next."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from services.link_checks.webhooks import HttpsWebhookSender
from tests.acceptance.newcomer.certificate import certified


@dataclass
class Receiver:
    """What came, in order: the headers in small letters, and the body as it was sent."""

    address: str = ""
    certificate: Path = Path()
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [one["webhook-id"] for one in self.headers]

    @property
    def told(self) -> list[Any]:
        return [json.loads(one) for one in self.bodies]

    def sender(self, **but: Any) -> HttpsWebhookSender:
        """Return what reaches it: this machine, by the certificate that it shows."""
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        return HttpsWebhookSender(**{"allows_private": True, "trusted": trusted, **but})


@contextmanager
def receiving(folder: Path) -> Iterator[Receiver]:
    """Lend a server that answers 204, or whatever statuses it is told to answer first."""
    files, kept = certified(folder), Receiver()

    class System(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.headers.append({name.lower(): value for name, value in self.headers.items()})
            kept.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(kept.statuses.pop(0) if kept.statuses else 204)
            self.send_header("Location", f"{kept.address}/onward")
            self.end_headers()

        def log_message(self, *_told: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), System) as server:
        shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        shows.load_cert_chain(files.certificate, files.key)
        server.socket = shows.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        kept.address = f"https://127.0.0.1:{server.server_port}/hook"
        kept.certificate = files.certificate
        yield kept
        server.shutdown()
