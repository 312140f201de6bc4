"""What people read of the virus scanner: whether there is one, and that a file is held."""

from dataclasses import dataclass, replace

import pytest

from services.casework.engine.held_files import scan_held_files
from services.storage.scanning import Scan, Verdict
from services.web.app import create_app
from tests.matrix import PNG
from tests.own_templates import a_template
from tests.web.conftest import World, site_of
from tests.web.referrals import refer
from tests.web.visitors import Visitor

ALERT = "The virus scan found something in a file"
TEMPLATE = "/policy/templates/scoping_letter"
WHY = {
    "reason": "Our own letterhead.",
    "effective_on-day": "1",
    "effective_on-month": "1",
    "effective_on-year": "2040",
}


@dataclass
class Daemon:
    """A scanner that says what it is told to say."""

    says: Verdict
    is_set_up: bool = True

    def scan(self, _content: bytes) -> Scan:
        return Scan(self.says)

    def answers(self) -> bool:
        return self.says is not Verdict.UNKNOWN


@pytest.fixture
def daemon() -> Daemon:
    return Daemon(Verdict.CLEAN)


@pytest.fixture
def scanned(world: World, daemon: Daemon) -> Visitor:
    """The business manager at an installation with that scanner."""
    site = site_of(world, lambda: world.now)
    around = replace(site.neighbours, scanner=daemon)
    manager = world.person("manager")
    return Visitor(create_app(replace(site, neighbours=around)), manager.cookies)


def test_an_installation_without_a_scanner_says_so(world: World):
    ready = world.visitor().ask("GET", "/readyz").response.json()
    assert "is not set up: files are kept without a scan" in ready["Virus scanner"]
    operator = world.visitor()
    operator.sign_in("operations@keyline.example")
    assert "Virus scanner is not set up: files are kept" in operator.get("/operations").text


@pytest.mark.parametrize(
    ("says", "words"), [(Verdict.CLEAN, "answers"), (Verdict.UNKNOWN, "does not answer")]
)
def test_whether_the_scanner_answers_is_said_and_keeps_no_page_away(
    scanned: Visitor, daemon: Daemon, says: Verdict, words: str
):
    daemon.says = says
    answer = scanned.ask("GET", "/readyz")
    assert answer.response.json()["Virus scanner"] == words
    assert answer.status == 200


def test_a_file_is_held_on_the_page_until_the_scanner_lets_it_pass(
    scanned: Visitor, daemon: Daemon
):
    case, daemon.says = refer(scanned), Verdict.UNKNOWN
    added = scanned.upload(f"{case}/documents", {"title": "A scan"}, "a.png", PNG)
    assert added.status == 303, added.problems
    page = scanned.get(f"{case}/documents")
    assert "A scan (held until it has been scanned for viruses)" in page.text
    assert "kept without its picture data (place, time, camera)" in page.text
    assert page.page.find("a", string="A scan") is None
    daemon.says = Verdict.CLEAN
    scan_held_files(scanned.app.state.site.neighbours)
    link = scanned.get(f"{case}/documents").page.find("a", string="A scan")
    assert scanned.get(link["href"]).status == 200


def test_a_harmful_file_is_refused_beside_its_question_and_the_manager_is_told(
    scanned: Visitor, daemon: Daemon
):
    case, daemon.says = refer(scanned), Verdict.FOUND
    answer = scanned.upload(f"{case}/documents", {"title": "A scan"}, "a.png", PNG)
    assert answer.status == 422
    assert "The virus scan found something harmful" in answer.beside("file")
    assert ALERT in scanned.get("/alerts").text
    assert "There are no documents yet" in scanned.get(f"{case}/documents").text


def test_a_harmful_template_of_a_paper_is_refused_and_the_manager_is_told(
    scanned: Visitor, daemon: Daemon
):
    daemon.says = Verdict.FOUND
    before = scanned.get("/alerts").text.count(ALERT)
    answer = scanned.upload(f"{TEMPLATE}/propose", WHY, "letter.docx", a_template())
    assert answer.status == 422
    assert "The virus scan found something harmful" in answer.beside("file")
    assert scanned.get("/alerts").text.count(ALERT) > before
    assert "Versions" not in scanned.get(TEMPLATE).text
