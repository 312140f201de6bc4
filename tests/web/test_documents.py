"""Files that people add, and documents that they open."""

from uuid import UUID

import pytest

from services.casework.engine.case_leases import Holder, acquire, release
from services.casework.engine.work_runner import run_step
from services.casework.handlers import HANDLERS
from services.domain.identifiers import CaseId
from services.domain.workflow import Step
from tests.matrix import PNG
from tests.web.answering import attempt
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Visitor


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return world.person("manager")


@pytest.fixture(scope="module")
def case(manager: Visitor) -> str:
    return refer(manager)


def test_a_file_is_kept_opened_again_and_its_opening_recorded(manager: Visitor, case: str):
    added = manager.upload(f"{case}/documents", {"title": "A drawing"}, "a drawing.png", PNG)
    assert added.status == 303, added.problems
    link = manager.get(f"{case}/documents").page.find("a", string="A drawing")
    opened = manager.get(link["href"])
    assert opened.response.content.startswith(b"\x89PNG")
    assert opened.response.headers["content-disposition"].startswith("attachment;")
    assert opened.response.headers["cache-control"] == "no-store"
    assert "A drawing" in manager.get(f"{case}/history").text


def test_who_added_a_file_is_told_and_an_id_of_no_document_says_nothing(
    manager: Visitor, case: str
):
    added = manager.upload(f"{case}/documents", {"title": "A letter home"}, "home photo.png", PNG)
    page = manager.get(added.where)
    banner = page.page.select_one(".govuk-notification-banner--success")
    assert "“A letter home” is added." in banner.get_text()
    link = page.page.find("a", string="A letter home")["href"]
    assert added.where == f"{case}/documents?added={link.rpartition('/')[2]}"
    name = manager.get(link).response.headers["content-disposition"]
    assert "added-file" in name
    assert "photo" not in name
    for other in ("5b0f2c1e-7a5c-4c1d-9d9e-0d5a5b1c2d3e", "<b>"):
        assert "notification-banner" not in manager.get(f"{case}/documents?added={other}").text


def test_the_sha_256_stands_behind_details(manager: Visitor, case: str):
    manager.upload(f"{case}/documents", {"title": "With a digest"}, "home photo.png", PNG)
    page = manager.get(f"{case}/documents").page
    folded = [one.select_one("details") for one in page.select("tbody td")]
    assert next(one.summary.get_text(strip=True)[:7] for one in folded if one) == "SHA-256"


@pytest.mark.parametrize("name", ["a.msg", "b.eml"])
def test_who_sends_an_email_is_told_what_to_do(manager: Visitor, case: str, name: str):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    answer = manager.upload(f"{case}/documents", {"title": "An email"}, name, content)
    assert answer.status == 422
    assert "print it to a PDF" in answer.beside("file")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<script>alert(1)</script>"),
        ("empty.pdf", b""),
        ("a.pdf", b"MZ\x90\x00 not a document"),
        ("picture.png", b"GIF89a" + b"\0" * 100),
        ("../../etc/passwd", b"root:x:0:0"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_beside_its_question(
    manager: Visitor, case: str, name: str, content: bytes
):
    answer = manager.upload(f"{case}/documents", {"title": "Something"}, name, content)
    assert answer.status == 422
    assert answer.beside("file")
    assert answer.value("title") == "Something"


def test_a_file_without_a_title_and_a_title_without_a_file_are_refused(manager: Visitor, case: str):
    assert manager.upload(f"{case}/documents", {"title": ""}, "home photo.png", PNG).beside("title")
    assert manager.send(f"{case}/documents", {"title": "Nothing"}).beside("file")


def test_a_file_over_the_limit_is_too_large(manager: Visitor, case: str):
    answer = manager.upload(f"{case}/documents", {"title": "x"}, "a.png", b"\0" * 31_000_000)
    assert answer.status == 413


def test_a_document_under_another_case_is_not_there(manager: Visitor, case: str):
    manager.upload(f"{case}/documents", {"title": "Of this case"}, "of.png", PNG)
    link = manager.get(f"{case}/documents").page.find("a", string="Of this case")["href"]
    other = refer(manager)
    assert manager.get(link.replace(case, other)).status == 404


@pytest.fixture(scope="module")
def scoped(world: World, manager: Visitor) -> str:
    """A case whose agencies are asked, with a file of the manager's and the papers that go out."""
    case = refer(manager)
    manager.upload(f"{case}/documents", {"title": "For the partners"}, "c.png", PNG)
    asked = attempt(manager, f"{case}/scoping/request", world.now.date())
    assert asked.status == 303
    around = world.app.state.site.neighbours
    lease = acquire(around, CaseId(UUID(case.rpartition("/")[2])), Holder("a test"))
    run_step(around, lease, Step.SCOPE, HANDLERS)
    release(around, lease)
    return case


def test_papers_stand_by_agency_and_are_narrowed_by_codes_of_the_address(
    manager: Visitor, scoped: str
):
    whole = manager.get(f"{scoped}/documents").page
    groups = [one.get_text(strip=True) for one in whole.select("th[scope=rowgroup]")]
    assert len(groups) == len(set(groups)) > 2
    of_one = [one["value"] for one in whole.select("#agency option")][1]
    narrowed = manager.get(f"{scoped}/documents?step=scope&agency={of_one}&kind=scoping_form")
    assert "1 of " in narrowed.text
    assert len(narrowed.page.select("tbody a")) == 2


def test_an_agency_opens_the_papers_made_for_it_and_no_others(
    world: World, manager: Visitor, scoped: str
):
    case = scoped
    theirs, others = world.person("hospital"), world.person("housing")
    page = theirs.get(f"{case}/documents")
    links = [link["href"] for link in page.page.select("tbody a")]
    assert len(links) == 3
    assert "For the partners" not in page.text
    assert "Add a file to your return" in page.text
    assert theirs.get(links[0]).status == 200
    assert others.get(links[0]).status == 404
    added = theirs.upload(f"{case}/documents", {"title": "Our chronology"}, "c.png", PNG)
    assert added.status == 303, added.problems
    for reader in (theirs, manager):
        assert "Our chronology" in reader.get(f"{case}/documents").text
    assert "Our chronology" not in others.get(f"{case}/documents").text
    own = theirs.get(f"{case}/documents").page.find("a", string="Our chronology")["href"]
    assert others.get(own).status == 404


def test_when_the_store_is_away_a_page_says_so(world: World, manager: Visitor, case: str):
    link = manager.get(f"{case}/documents").page.select_one("tbody a")["href"]
    world.store.away = True
    answers = [
        manager.get(link),
        manager.upload(f"{case}/documents", {"title": "x"}, "home photo.png", PNG),
    ]
    world.store.away = False
    assert [one.status for one in answers] == [503, 503]
