"""Documents of a case in one file: each proven and recorded, what is left out with its reason."""

import csv
import io
from collections.abc import Iterator
from hashlib import sha256
from zipfile import ZipFile

import pikepdf
import pytest
from sqlalchemy import text

from services.casework.access.document_bundle import MOST_FILES, MOST_OCTETS, too_much
from services.documents.making import KeylineDocuments
from services.domain.documents import DocumentKind
from services.domain.paper_samples import sample_paper
from tests.matrix import PNG
from tests.web.conftest import World
from tests.web.referrals import refer
from tests.web.visitors import Answer, Visitor

TITLES = ("A drawing", "=cmd()", "A letter home")


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return world.person("manager")


@pytest.fixture(scope="module")
def filed(manager: Visitor) -> str:
    """A case with three pictures, all called alike where they came from."""
    case = refer(manager)
    for title in TITLES:
        assert manager.upload(f"{case}/documents", {"title": title}, "a.png", PNG).status == 303
    return case


def opened(answer: Answer) -> ZipFile:
    assert answer.status == 200
    return ZipFile(io.BytesIO(answer.response.content))


def lines(archive: ZipFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))


def count(world: World, question: str, case: str) -> int:
    with world.admin.connect() as link:
        return link.execute(text(question), {"case": case[-36:]}).scalar_one()


def views(world: World, case: str) -> int:
    return count(world, "select count(*) from viewings where case_id = :case", case)


def test_each_is_there_once_proven_and_recorded(world: World, manager: Visitor, filed: str):
    before = views(world, filed)
    answer = manager.get(f"{filed}/documents-together")
    archive = opened(answer)
    told = lines(archive)
    assert views(world, filed) == before + 3
    assert sorted(one["Document"] for one in told) == sorted(("A drawing", "'=cmd()", TITLES[2]))
    for one in told:
        assert sha256(archive.read(one["File"])).hexdigest() == one["SHA-256"]
        assert one["Left out because"] == ""
    assert len({one["File"] for one in told}) == 3
    about = archive.read("about.txt").decode()
    assert "business manager" in about
    assert "In this file: 3. Left out: 0." in about
    assert len(archive.read("SHA256SUMS").decode().splitlines()) == 3
    assert answer.response.headers["content-length"] == str(len(answer.response.content))
    assert answer.response.headers["cache-control"] == "no-store"
    names = answer.response.headers["content-disposition"] + " ".join(archive.namelist())
    assert not any(title in names for title in TITLES)


def test_the_page_leads_to_it_with_what_it_is_narrowed_to(manager: Visitor, filed: str):
    page = manager.get(f"{filed}/documents?kind=upload").page
    (link,) = [one["href"] for one in page.select("a[href*=documents-together]")]
    assert link == f"{filed}/documents-together?kind=upload"
    assert "Uploaded file" in lines(opened(manager.get(link)))[0]["Kind"]


@pytest.fixture
def damaged(world: World, filed: str) -> Iterator[str]:
    """The title of a document whose bytes in the store are others than were stored."""
    with world.admin.connect() as link:
        question = "select key from documents where case_id = :case and title = :title"
        key = link.execute(text(question), {"case": filed[-36:], "title": TITLES[0]}).scalar_one()
    versions = world.store.versions[key]
    kept = versions[-1]
    versions[-1] = (kept[0], b"x" * len(kept[1]))
    yield TITLES[0]
    versions[-1] = kept


def test_what_is_not_what_was_stored_is_left_out_with_an_alert(
    world: World, manager: Visitor, filed: str, damaged: str
):
    alerts = "select count(*) from alerts where code = 'digest_mismatch' and case_id = :case"
    before, seen = count(world, alerts, filed), views(world, filed)
    archive = opened(manager.get(f"{filed}/documents-together"))
    (left,) = [one for one in lines(archive) if one["Left out because"]]
    assert (left["Document"], left["File"]) == (damaged, "")
    assert "Left out: 1 (each with its reason" in archive.read("about.txt").decode()
    assert len(archive.namelist()) == 2 + 3
    assert (count(world, alerts, filed), views(world, filed)) == (before + 1, seen + 2)


def test_who_may_not_open_them_finds_none_and_nothing_is_recorded(world: World, filed: str):
    before = views(world, filed)
    assert world.person("manager", 1).get(f"{filed}/documents-together").status == 404
    assert views(world, filed) == before


def test_an_agency_takes_its_own_and_no_other(world: World, manager: Visitor):
    hospital = world.person("hospital")
    case = refer(hospital)
    manager.upload(f"{case}/documents", {"title": "For the partners"}, "c.png", PNG)
    assert hospital.get(f"{case}/documents-together").status == 404
    assert len(lines(opened(manager.get(f"{case}/documents-together")))) == 1


def test_what_is_held_is_named_and_not_sent(world: World, manager: Visitor):
    case = refer(manager)
    for title in ("Kept", "Held"):
        manager.upload(f"{case}/documents", {"title": title}, "c.png", PNG)
    with world.admin.begin() as link:
        held = "update documents set standing = 'quarantined' where title = 'Held' and case_id = :c"
        link.execute(text(held), {"c": case[-36:]})
    told = {
        one["Document"]: one for one in lines(opened(manager.get(f"{case}/documents-together")))
    }
    assert told["Held"]["File"] == ""
    assert "scanned" in told["Held"]["Left out because"]
    assert told["Kept"]["Left out because"] == ""


def test_too_much_at_once_is_said_in_plain_words(world: World, manager: Visitor):
    assert too_much([MOST_OCTETS]) == too_much([1] * MOST_FILES) == ""
    assert "501 files" in too_much([1] * (MOST_FILES + 1))
    case = refer(manager)
    manager.upload(f"{case}/documents", {"title": "Large"}, "c.png", PNG)
    with world.admin.begin() as link:
        large = "update documents set size = 200000001 where case_id = :c"
        link.execute(text(large), {"c": case[-36:]})
    page, answer = (manager.get(f"{case}/{one}") for one in ("documents", "documents-together"))
    for one in (page, answer):
        assert "take them in parts" in one.text
    assert answer.status == 409
    assert not page.page.select("a[href*=documents-together]")


@pytest.fixture
def packed(world: World, manager: Visitor) -> str:
    """A case with a meeting pack: a PDF that is called one."""
    case = refer(manager)
    made = KeylineDocuments().pdf(sample_paper(DocumentKind.MEETING_PACK))
    added = manager.upload(f"{case}/documents", {"title": "The pack"}, "p.pdf", made.content)
    assert added.status == 303, added.problems
    with world.admin.begin() as link:
        packs = "update documents set kind = 'meeting_pack', template = 'x' where case_id = :c"
        link.execute(text(packs), {"c": case[-36:]})
    return case


def test_each_copy_of_a_meeting_pack_is_marked_for_who_opens_it(
    world: World, manager: Visitor, packed: str
):
    chair = world.person("chair")
    link = manager.get(f"{packed}/documents").page.select_one("tbody a")["href"]
    copies = [one.get(link).response.content for one in (manager, chair)]
    said = [drawn_last(one) for one in copies]
    reference = manager.get(packed).page.select_one(".keyline-case-head strong").get_text()
    assert f"{reference}: copy of Marigold Inkwell, " in said[0]
    assert f"{reference}: copy of " in said[1]
    assert said[0] != said[1]
    assert len({sha256(one).hexdigest() for one in copies}) == 2
    archive = opened(manager.get(f"{packed}/documents-together"))
    (told,) = lines(archive)
    marked = archive.read(told["File"])
    assert "copy of " in drawn_last(marked)
    digest = sha256(marked).hexdigest()
    assert told["SHA-256 of this copy, marked for its reader"] == digest != told["SHA-256"]
    assert digest in archive.read("SHA256SUMS").decode()


def drawn_last(pdf: bytes) -> str:
    """Return what is drawn last on the first page."""
    with pikepdf.open(io.BytesIO(pdf)) as read:
        return read.pages[0].Contents[-1].read_bytes().decode("cp1252")
