"""A partnership exported: all of it, of nobody else, and provable without Keyline."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from deployments.tenant_export import write_export
from services.casework.audit import note_administration
from services.casework.engine.audit_anchors import anchor_chain
from services.casework.steps.referral import referral
from services.database import audit
from services.database.exporting import LEFT_OUT, exported
from services.database.partnership_row import tables
from services.domain.audit import INSTALLATION, AdministrativeEvent
from services.domain.entry_types import Section
from services.domain.errors import NotPermitted, RuleBroken
from services.domain.export_verifier import CHAIN, MANIFEST, sha256_of
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage
from tests import factories
from tests.desk import Desk
from tests.driven import Driven
from tests.joint import Practising
from tests.marked import Marked
from tests.papers_when_read import set_at_once
from tests.reached import reach
from tests.retained import closed_unreviewed, dispose_of
from tests.world import make_world

MANAGER = Role.BUSINESS_MANAGER


@pytest.fixture(scope="module")
def case(app_engine) -> Driven:
    """A case with papers in the store, and one disposed of; another partnership has one too."""
    world = make_world(app_engine)
    with world.act(world.theirs.actor(MANAGER)) as work:
        referral.refer(work, factories.refer())
    case = reach(set_at_once(world), Stage.RAPID_REVIEW)
    Desk(case.world).carry(case.case_id)
    Marked.of(world, case.case_id).mark(section=Section.FACTS_AND_FAMILY)
    dispose_of(closed_unreviewed(world))
    anchor_chain(Practising(world), world.ours.partnership_id)
    return case


@pytest.fixture(scope="module")
def platform(case: Driven) -> Actor:
    person = case.world.theirs.actor(MANAGER).person_id
    return Actor(person_id=person, partnership_id=INSTALLATION, role=Role.PLATFORM_ADMINISTRATOR)


@pytest.fixture(scope="module")
def folder(case: Driven, platform: Actor, tmp_path_factory) -> Path:
    """The export, as it was written once for this file."""
    place = tmp_path_factory.mktemp("exports") / "ours"
    write_export(Desk(case.world), place, case.world.ours.actor(MANAGER), platform)
    return place


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def verified(folder: Path) -> tuple[int, str]:
    """Run the program that lies in the folder, alone with Python and nothing of ours."""
    ran = subprocess.run(  # noqa: S603 -- the verifier that was exported
        [sys.executable, "-I", str(folder / "verify.py")],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={},
    )
    return ran.returncode, ran.stdout + ran.stderr


def rows(folder: Path, table: str) -> list[dict[str, object]]:
    lines = (folder / "tables" / f"{table}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def rewrite(folder: Path, table: str, anew: list[dict[str, object]]) -> None:
    """Write other rows into the export, and their digest into its manifest."""
    path = folder / "tables" / f"{table}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in anew))
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"][f"tables/{table}.jsonl"] = sha256_of(path)
    (folder / MANIFEST).write_text(json.dumps(manifest))


def test_an_export_is_whole_and_says_so_where_keyline_is_not(folder):
    assert verified(folder) == (0, verified(folder)[1])
    assert verified(folder)[1].startswith("WHOLE: every file, document, row and link")
    assert (folder.stat().st_mode & 0o777) == 0o700
    assert {one.stat().st_mode & 0o777 for one in folder.rglob("*") if one.is_file()} == {0o600}


def test_it_holds_every_row_of_the_partnership_and_of_nobody_else(folder, case, admin_engine):
    assert set(exported()) - {"people"} == {one.__tablename__ for one in tables()} - LEFT_OUT.keys()
    ours, theirs = (side.partnership_id for side in (case.world.ours, case.world.theirs))
    with admin_engine.connect() as link:
        for table in set(exported()) - {"people", "audit_links", "audit_heads"}:
            question = text(f'select count(*) from "{table}" where tenant_id = :t')  # noqa: S608
            assert len(rows(folder, table)) == link.execute(question, {"t": ours}).scalar(), table
    assert len(rows(folder, "entries")) > 5
    assert len(rows(folder, "documents")) > 1
    assert len(rows(folder, "police_marks")) == 1, "what it hides from people is exported too"
    everything = "".join(one.read_text() for one in folder.rglob("*.jsonl"))
    assert str(theirs) not in everything
    assert "password_hash" not in everything
    emails = {one["email"] for one in rows(folder, "people")}
    assert case.world.ours.email(MANAGER) in emails
    assert not any(one.endswith(case.world.theirs.domain) for one in emails)


def test_each_document_is_there_opened(folder):
    kept = {row["id"]: row["sha256"] for row in rows(folder, "documents")}
    found = {one.stem: one for one in (folder / "documents").iterdir()}
    assert set(found) == set(kept)
    pdfs = [one for one in found.values() if one.suffix == ".pdf"]
    assert pdfs
    assert all(one.read_bytes().startswith(b"%PDF-") for one in pdfs)


def test_who_asked_and_who_carried_it_out_stand_in_the_chain(folder, case, platform):
    with case.world.act(MANAGER) as work:
        links = audit.all_links(work.session, up_to=audit.last_number(work.session))
        told = [one.body for one in links if one.body["what"].startswith("export_")][:2]
    begun, ended = told
    assert begun["what"] == "export_begun"
    assert begun["whom"] == str(platform.person_id)
    assert begun["person"] == str(case.world.ours.actor(MANAGER).person_id)
    assert ended["what"] == "export_ended"
    written = subprocess.run(  # noqa: S603 -- the digest by another program than ours
        ["/usr/bin/sha256sum", str(folder / MANIFEST)], capture_output=True, text=True, check=True
    )
    assert written.stdout.split()[0] == ended["digest"]


@pytest.mark.parametrize(
    ("name", "words", "said"),
    [
        ("tables/entries.jsonl", '"act"', "tables/entries.jsonl was changed."),
        ("audit.jsonl", '"what"', "chain: "),
        ("tables/cases.jsonl", '"stage"', "tables/cases.jsonl was changed."),
    ],
)
def test_what_was_changed_in_a_folder_is_found(copy, name, words, said):
    path = copy / name
    path.write_text(path.read_text().replace(words, f"{words[:-1]}x{words[-1]}", 1))
    status, told = verified(copy)
    assert status in {1, 2}, "2 where a row cannot be read any more"
    assert said in told


def test_a_row_that_was_changed_with_its_manifest_is_found_by_the_chain(copy):
    changed = rows(copy, "entries")
    changed[0]["command"] = {"said": "something else"}
    rewrite(copy, "entries", changed)
    status, told = verified(copy)
    assert (status, told) == (1, f"entries: {changed[0]['id']} is not as the chain tells.\n")


def test_what_was_disposed_of_is_missed_where_the_ledger_does_not_say_so(copy):
    (line,) = rows(copy, "disposals")
    links = (copy / CHAIN).read_text().splitlines()
    bodies = [body for one in links if (body := json.loads(one).get("body"))]
    of_it = [one for one in bodies if one.get("case") == line["disposed_case"]]
    gone = {one["object"] for one in of_it if one["kind"] == "act"}
    assert gone
    rewrite(copy, "disposals", [])
    status, told = verified(copy)
    missed = {f"entries: {one} is gone, and the chain tells of it." for one in gone}
    assert (status, set(told.splitlines())) == (1, missed)


def test_a_document_that_is_gone_another_or_put_in_is_found(copy):
    first, *_others = sorted((copy / "documents").iterdir())
    first.write_bytes(b"another")
    (copy / "documents" / "put-in.pdf").write_bytes(b"%PDF-")
    told = verified(copy)[1]
    assert f"documents/{first.name} was changed." in told
    assert f"document {first.stem} is not the one of its row." in told
    assert "documents/put-in.pdf was put in" in told
    first.unlink()
    assert f"documents/{first.name} is missing." in verified(copy)[1]


def test_what_cannot_be_read_is_no_whole_export(copy):
    (copy / MANIFEST).write_text("{}")
    assert verified(copy)[0] == 2
    (copy / MANIFEST).unlink()
    assert verified(copy)[0] == 2


def test_a_run_that_was_cut_goes_on_and_fetches_no_document_twice(copy, case, platform):
    first, second, *_others = sorted((copy / "documents").iterdir())
    before = first.stat().st_mtime_ns
    second.write_bytes(b"half of ")
    (copy / MANIFEST).unlink()
    written = write_export(Desk(case.world), copy, case.world.ours.actor(MANAGER), platform)
    assert first.stat().st_mtime_ns == before
    assert verified(copy)[0] == 0
    assert len(written.files) == len(json.loads((copy / MANIFEST).read_text())["files"]) + 1


def test_rows_that_do_not_stand_for_one_moment_are_not_exported(case, platform, tmp_path):
    class Busy(Desk):
        """Somebody acts each time that the store is asked for anchors."""

        class Acting:
            def __init__(self, desk: "Busy") -> None:
                self.desk = desk

            def __getattr__(self, name: str) -> object:
                with self.desk.world.act(MANAGER) as work:
                    note_administration(work, AdministrativeEvent.AUDIT_VIEWED)
                return getattr(self.desk.world.store, name)

    busy = Busy(case.world)
    busy.store = Busy.Acting(busy)
    with pytest.raises(RuleBroken, match="Acts go on"):
        write_export(busy, tmp_path / "busy", case.world.ours.actor(MANAGER), platform)
    assert not (tmp_path / "busy" / MANIFEST).exists()


def test_neither_one_person_alone_nor_anybody_else_exports(case, platform, tmp_path):
    desk, ours = Desk(case.world), case.world.ours
    for role in set(Role) - {MANAGER, Role.DATA_PROTECTION_CONTACT}:
        with pytest.raises(NotPermitted):
            write_export(desk, tmp_path / "no", ours.actor(role), platform)
    for who in (ours.actor(MANAGER), ours.actor(Role.OPERATIONS)):
        with pytest.raises(NotPermitted):
            write_export(desk, tmp_path / "no", ours.actor(MANAGER), who)
    same = Actor(
        person_id=ours.actor(MANAGER).person_id,
        partnership_id=INSTALLATION,
        role=Role.PLATFORM_ADMINISTRATOR,
    )
    with pytest.raises(NotPermitted, match="Another person"):
        write_export(desk, tmp_path / "no", ours.actor(MANAGER), same)
    assert not (tmp_path / "no").exists()
