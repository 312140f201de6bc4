"""How the browser reaches a site, and how it keeps its session."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.acceptance.browser import Browser, Site
from tests.acceptance.errors import JourneyStopped

SIGN_IN = """<form method="post" action="/sign-in"><input type="hidden" name="csrf" value="a">
<input name="email"><input name="password" type="password"></form>"""
DECLARATION = """<form method="post" action="/cases/9/declaration">
<input type="hidden" name="next" value="/cases/9/meeting">
<input type="radio" name="has_conflict" value="yes">
<input type="radio" name="has_conflict" value="no">
<input type="radio" name="keeps_confidential" value="yes"></form>"""
PROOF = """<form method="post" action="/account/prove"><input type="hidden" name="next"
value="/pause?kept=yes"><input name="password" type="password"></form>"""
FORM = """<form method="post" action="/pause{more}"><input name="reasons" value="{said}"></form>"""


class SmallSite(BaseHTTPRequestHandler):
    """A site that asks people to sign in and knows them by a secure cookie."""

    seen: list[tuple[str, str, str]]
    declared: list[str]
    brought_back: str

    def do_GET(self) -> None:
        self._note()
        if self.path == "/sign-in":
            self._answer(200, SIGN_IN)
        elif self.path.startswith("/cases/9/declaration"):
            self._answer(200, DECLARATION)
        elif self.path.startswith("/account/prove"):
            self._answer(200, PROOF)
        elif self.path.startswith("/pause"):
            more = self.path.removeprefix("/pause")
            self._answer(200, FORM.format(more=more, said=more and self.brought_back))
        elif self.path.startswith("/cases/9") and not self.declared:
            self._answer(303, location=f"/cases/9/declaration?next={self.path}")
        elif "session=known" not in self.headers.get("cookie", ""):
            self._answer(303, location="/sign-in")
        else:
            self._answer(404 if self.path == "/missing" else 200, f"<p>{self.path}</p>")

    def do_POST(self) -> None:
        self._note()
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        if self.path == "/cases/9/declaration":
            self.declared.append(body)
            self._answer(303, location="/cases/9/meeting")
            return
        if self.path.startswith(("/pause", "/account/prove")):
            proof = "/account/prove?next=/pause%3Fkept%3Dyes" if self.path == "/pause" else ""
            self._answer(303, location=proof or "/pause?kept=yes")
            return
        known = "password=right" in body and "csrf=a" in body
        self._answer(303 if known else 422, location="/", cookie=known)

    def log_message(self, *_told: object) -> None:
        """Keep the terminal of the tests free."""

    def _note(self) -> None:
        self.seen.append((self.command, self.path, self.headers["host"]))

    def _answer(self, status: int, text: str = "", *, location: str = "", cookie=False) -> None:
        self.send_response(status)
        if location:
            self.send_header("location", location)
        if cookie:
            self.send_header("set-cookie", "__Host-session=known; Path=/; Secure; HttpOnly")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


@pytest.fixture
def small_site() -> Iterator[ThreadingHTTPServer]:
    SmallSite.seen, SmallSite.declared, SmallSite.brought_back = [], [], "A move"
    with ThreadingHTTPServer(("127.0.0.1", 0), SmallSite) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def browser_at(server: ThreadingHTTPServer, word: str = "right") -> Browser:
    listens_at = f"http://127.0.0.1:{server.server_address[1]}"
    site = Site("https://reviews.example", listens_at)
    return Browser(site, "manager@northmoor.example", word, "Northmoor")


def test_a_site_behind_https_is_reached_under_its_own_name_with_its_secure_cookies(small_site):
    browser = browser_at(small_site)
    assert browser.open("/cases/7").text == "/cases/7"
    assert browser.open("/cases/8").text == "/cases/8"
    assert [path for _, path, _ in SmallSite.seen].count("/sign-in") == 2
    assert {host for _, _, host in SmallSite.seen} == {"reviews.example"}
    browser.close()


def test_who_is_not_let_in_is_told_in_one_sentence(small_site):
    browser = browser_at(small_site, "wrong")
    with pytest.raises(JourneyStopped, match=r"manager@northmoor\.example cannot sign in \(422\)"):
        browser.open("/")
    browser.close()


def test_a_page_that_is_not_there_stops_the_journey(small_site):
    browser = browser_at(small_site)
    assert browser.status_of("/missing") == 404
    with pytest.raises(JourneyStopped, match="cannot open /missing: it answered 404, “/missing”"):
        browser.open("/missing")
    browser.close()


def test_who_is_asked_to_declare_does_so_once_and_goes_on_to_the_page(small_site):
    browser = browser_at(small_site)
    assert browser.open("/cases/9/meeting").text == "/cases/9/meeting"
    assert browser.open("/cases/9/panel").text == "/cases/9/panel"
    [declared] = SmallSite.declared
    assert "next=%2Fcases%2F9%2Fmeeting&has_conflict=no&keeps_confidential=yes" in declared
    browser.close()


def test_who_is_asked_to_prove_it_finds_what_they_typed_and_sends_it_then(small_site):
    browser = browser_at(small_site)
    assert browser.send("/pause", {"reasons": "A move"}).status == 303
    assert (browser.proofs, SmallSite.seen[-1][:2]) == (1, ("POST", "/pause?kept=yes"))
    SmallSite.brought_back = ""
    with pytest.raises(JourneyStopped, match=r"does not find what they typed: \['reasons'\]"):
        browser.send("/pause", {"reasons": "A move"})
    browser.close()
