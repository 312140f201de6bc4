"""A provider is spoken to at safe addresses only, and not for longer than it may take."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice

import pytest

from services.identity.openid import ProviderUnavailable, http, metadata
from services.identity.openid.addresses import is_safe
from services.identity.openid.http import BoundedHttp

QUICK = BoundedHttp(allows_loopback=True, patience=0.4, longest=0.8)
ISSUER = "https://login.council.example"
SAYS = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


class Told(BaseHTTPRequestHandler):
    """Answers as the path asks."""

    def do_GET(self) -> None:
        getattr(self, f"_{self.path.strip('/')}")()

    def log_message(self, *_told: object) -> None:
        """Say nothing."""

    def _good(self, content: bytes = b'{"a": 1}') -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def _huge(self) -> None:
        self._good(b'{"a": "' + b"x" * http.MOST_BYTES + b'"}')

    def _list(self) -> None:
        self._good(b"[1]")

    def _deep(self) -> None:
        self._good(b"[" * 200_000)

    def _other(self) -> None:
        self.send_response(302)
        self.send_header("Location", "/good")
        self.end_headers()

    def _failing(self) -> None:
        self.send_response(500)
        self.end_headers()

    def _silent(self) -> None:
        time.sleep(2)

    def _slow(self) -> None:
        """Send a byte of the body now and then: no single wait is too long."""
        self.send_response(200)
        self.end_headers()
        self._dribble(b"x")

    def _slower(self) -> None:
        """Send a byte of the head now and then."""
        self._dribble(b"H")

    def _dribble(self, piece: bytes) -> None:
        for _ in range(20):
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.1)


@pytest.fixture(scope="module")
def place() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Told) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_an_object_of_json_is_read(place: str):
    assert QUICK.read(f"{place}/good") == {"a": 1}


@pytest.mark.parametrize(
    "path", ["huge", "list", "deep", "other", "failing", "silent", "slow", "slower"]
)
def test_what_cannot_be_read_in_time_is_a_provider_that_is_away(place: str, path: str):
    with pytest.raises(ProviderUnavailable):
        QUICK.read(f"{place}/{path}")


def test_a_place_at_which_nothing_listens_is_a_provider_that_is_away():
    with pytest.raises(ProviderUnavailable):
        QUICK.read("http://127.0.0.1:1/good")


def test_a_silent_provider_takes_some_threads_and_leaves_the_others(place: str):
    """Who finds every turn taken is told so while those who talk are still waiting."""
    patient, callers = BoundedHttp(allows_loopback=True, patience=20, longest=20), 20
    with socket.create_server(("127.0.0.1", 0), backlog=callers) as silent:
        silent.settimeout(20)
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with ThreadPoolExecutor(callers) as pages:
            asked = [pages.submit(patient.read, address) for _ in range(callers)]
            talking = [silent.accept()[0] for _ in range(http.AT_ONCE)]
            told_so = list(islice(as_completed(asked), callers - http.AT_ONCE))
            still_waiting = [one for one in asked if not one.done()]
            for one in talking:
                one.close()
        silent.settimeout(0)
        with pytest.raises(BlockingIOError):
            silent.accept()
    assert len(still_waiting) == http.AT_ONCE
    assert all(isinstance(one.exception(), ProviderUnavailable) for one in told_so)
    assert [patient.read(f"{place}/good") for _ in range(callers)] == [{"a": 1}] * callers


def test_where_loopback_is_not_allowed_nothing_is_asked_there(place: str):
    with pytest.raises(ProviderUnavailable):
        BoundedHttp(allows_loopback=False).read(f"{place}/good")


@pytest.mark.parametrize(
    "address",
    [
        "http://login.council.example",
        "https://",
        "https:///path",
        "https://user@login.council.example",
        "https://login.council.example/#part",
        "https://login.council.example\\@evil.example",
        "https://login.council.example /",
        "https://login.council.example:99999",
        "https://[::1",
        "https://lögin.example",
        "https://login.council.example/\n",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//login.council.example",
        "http://127.0.0.1.evil.example",
        "https://" + "x" * 2_000,
        "",
    ],
)
def test_an_address_that_is_none_of_the_web_by_https_is_not_safe(address: str):
    assert not is_safe(address, allows_loopback=True)


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:8500/a", "http://localhost", "http://[::1]:1"]
)
def test_http_is_for_a_demonstrations_own_machine(address: str):
    assert is_safe(address, allows_loopback=True)
    assert not is_safe(address, allows_loopback=False)


def test_a_provider_is_read_as_it_describes_itself():
    found = metadata.read(SAYS, ISSUER, allows_loopback=False)
    assert found.token_endpoint == f"{ISSUER}/token"
    assert (found.auth_method, found.names_itself, found.tells_of_logout) == (
        "client_secret_basic",
        False,
        False,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": f"{ISSUER}/"},
        {"issuer": "https://other.example"},
        {"issuer": None},
        {"token_endpoint": "http://login.council.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
        {"jwks_uri": ["https://login.council.example/keys"]},
        {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
        {"token_endpoint_auth_methods_supported": "client_secret_basic"},
    ],
)
def test_a_provider_that_describes_another_or_an_unsafe_address_is_refused(change: dict):
    with pytest.raises(metadata.ForeignMetadata):
        metadata.read({**SAYS, **change}, ISSUER, allows_loopback=False)
