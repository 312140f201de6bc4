"""The link checker asks a real server on this machine, and only public machines elsewhere."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from threading import Event, Thread

import pytest

from services.link_checks.http import HttpLinkChecker
from services.link_checks.public_addresses import is_public

HERE = HttpLinkChecker(allows_private=True, longest=2.0)
asked: list[str] = []
released = Event()


class Website(BaseHTTPRequestHandler):
    """A publisher's website: a report, what was taken down, redirects, and one that hangs."""

    def do_GET(self) -> None:
        asked.append(self.path)
        if self.path == "/hangs":
            released.wait(5)
        onward = {"/moved": "/report?page=1", "/circle": "/circle", "/inside": "ftp://a.example/"}
        found = 302 if self.path in onward else 200 if self.path.startswith("/report") else 404
        self.send_response(found)
        if self.path in onward:
            self.send_header("Location", onward[self.path])
        if self.path.startswith("/report"):
            kind = "text/html" if self.path.endswith(".html") else "application/pdf; charset=x"
            self.send_header("Content-Type", kind)
        self.end_headers()
        if self.path.startswith("/report"):
            self.wfile.write(b"%PDF-1.7 as published")

    def log_message(self, *_told: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Website) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        released.set()
        server.shutdown()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.mark.parametrize(
    ("path", "is_there"),
    [
        ("/report", True),
        ("/moved", True),
        ("/gone", False),
        ("/circle", False),
        ("/inside", False),
        ("/hangs", False),
    ],
)
def test_an_address_answers_with_a_page_or_does_not(path, is_there, site):
    """PUB-29, K13: a redirect is followed; a page that is gone or never comes is not there."""
    assert HERE.answers(site + path) is is_there


def test_a_machine_of_our_own_is_not_asked(site):
    asked.clear()
    assert HttpLinkChecker().answers(f"{site}/report") is False
    assert asked == []


def test_where_nothing_listens_nothing_answers():
    with serving() as address:
        pass
    assert HERE.answers(f"{address}/report") is False


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http:///report",
        "http://someone:secret@127.0.0.1/",
        "http://127.0.0.1:notaport/",
        "http://a b.example/",
        "not an address",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(address):
    assert HERE.answers(address) is False


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 -- no server is bound to it
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_addresses_that_are_not_of_the_public_internet(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4009:80b::200e"])
def test_addresses_of_the_public_internet(address):
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("path", "is_file"),
    [("/report", True), ("/moved", True), ("/report.html", False), ("/gone", False)],
)
def test_a_file_is_known_by_its_digest_and_a_page_by_none(site, path, is_file):
    """PUB-29: what is at the address is held against what was published."""
    digest = hashlib.sha256(b"%PDF-1.7 as published").hexdigest()
    assert HERE.digest(f"{site}{path}") == (digest if is_file else "")
