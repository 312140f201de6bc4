"""The pages of the audit: who reads them, what they show and hide, and what they give to keep."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest

from deployments.demo.partnerships import PLACES
from services.casework.engine.audit_anchors import anchor_chain
from services.domain.audit_verifier import kept_lines
from tests.web.conftest import World, site_of
from tests.web.referrals import refer
from tests.web.visitors import Reader, Visitor


@pytest.fixture(scope="module")
def manager(world: World) -> Visitor:
    return world.person("manager")


@pytest.fixture(scope="module")
def case(world: World) -> str:
    case = refer(world.person("manager"))
    assert world.person("chair").get(case).status == 200
    return case


def rows(visitor: Visitor, path: str) -> list[str]:
    page = visitor.get(path).page
    return [" ".join(row.get_text(" ").split()) for row in page.select("tbody tr")]


def test_the_partnerships_page_tells_acts_looks_and_sign_ins_newest_first(manager, case):
    del case
    told = rows(manager, "/audit")
    assert any("Incident referred" in row for row in told)
    assert any("Signed in" in row for row in told)
    assert any("Looked at the case" in row and "review group chair" in row.lower() for row in told)
    numbers = [int(row.split()[1] if row.startswith("Link") else row.split()[0]) for row in told]
    assert numbers == sorted(numbers, reverse=True)
    assert "Robin" not in " ".join(told)


def test_a_cases_page_tells_that_case_only(manager, case, world):
    other = refer(world.person("manager"))
    assert manager.get(other).status == 200
    told = rows(manager, f"{case}/audit")
    assert any("Incident referred" in row for row in told)
    assert not any("Signed in" in row for row in told)
    assert len(told) < len(rows(manager, "/audit"))


@pytest.mark.parametrize("who", ["chair", "council", "scrutineer", "member", "hospital"])
@pytest.mark.parametrize("path", ["/audit", "/audit/export", "/audit/verifier"])
def test_the_audit_is_nobody_elses_page(world, who, path):
    assert world.person(who).get(path).status == 403


def test_it_is_narrowed_by_who_what_and_when(manager, case):
    del case
    assert all(
        "Signed in" in row or "Chose" in row or "Signed out" in row or "Wrong" in row
        for row in rows(manager, "/audit?what=account")
    )
    page = manager.get("/audit").page
    chair = next(
        one["value"]
        for one in page.select("#who option")
        if "Inkwell" not in one.text and one["value"]
    )
    assert len(rows(manager, f"/audit?who={chair}")) < len(rows(manager, "/audit"))
    assert rows(manager, "/audit?until=2020-01-01") == []
    assert rows(manager, "/audit?since=2099-01-01") == []
    assert "Nothing is found for this" in manager.get("/audit?since=2099-01-01").text


@pytest.mark.parametrize(
    "query", ["who=x", "what=x", "since=yesterday", "until=2026-02-30", "below=9" * 9, "who=%00"]
)
def test_what_cannot_be_read_narrows_nothing(manager, query):
    assert manager.get(f"/audit?{query}").status == 200


def test_older_links_are_a_page_further(manager, world):
    reader = Reader(world.app, world.person("manager").cookies)
    for _ in range(101):
        assert reader.get("/audit?what=refused").status == 200
    first = manager.get("/audit")
    older = first.page.find("a", string="Older")["href"]
    assert len(first.page.select("tbody tr")) == 75
    last = first.page.select("tbody tr td")[-5].get_text()
    assert rows(manager, older)[0].split()[0] == str(int(last) - 1)


def test_a_case_with_a_conflict_is_not_told_and_its_links_keep_their_places(world):
    manager, chair = world.person("manager"), world.person("manager")
    case = refer(world.person("hospital"))
    chair.declares = False
    where = chair.get(case).where
    chair.declare(where, has_conflict="yes", particulars="A cousin.")
    reference = case[-36:]
    page = manager.get("/audit")
    assert "Something on a case that is not open to you" in page.text
    assert manager.get(f"{case}/audit").status == 403
    export = lines(manager.get("/audit/export"))
    withheld = [one for one in export if one.get("body", ...) is None]
    assert withheld
    shown = [one["body"] for one in export if one.get("body")]
    told = [body for body in shown if body["kind"] != "refused"]
    assert reference not in json.dumps(told)


def lines(answer) -> list[dict]:
    return [json.loads(line) for line in answer.response.text.splitlines()]


def test_what_is_exported_is_verified_by_the_program_that_is_given(manager, world, tmp_path):
    around = site_of(world, lambda: world.now + timedelta(0)).neighbours
    assert anchor_chain(around, PLACES[0].partnership_id)
    line = manager.get("/audit").page.select_one("#line ~ p code").get_text()
    assert len(kept_lines(line)) == 1
    for path, name in (("/audit/export", "audit.jsonl"), ("/audit/verifier", "verify.py")):
        answer = manager.get(path).response
        assert "attachment" in answer.headers["content-disposition"]
        (tmp_path / name).write_bytes(answer.content)
    (tmp_path / "kept.txt").write_text(line)
    words = [sys.executable, "-I", "verify.py", "audit.jsonl", "kept.txt"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "WHOLE" in ran.stdout


def test_a_cases_export_is_said_to_be_a_part(manager, case):
    told = lines(manager.get(f"{case}/audit/export"))
    assert told[0]["export"]["case"] == case[-36:]
    assert {one["body"]["case"] for one in told[1:]} == {case[-36:]}


def test_a_new_audit_says_that_it_is_verified_soon(world):
    assert "Not verified yet" in world.person("manager", place=2).get("/audit").text


def test_wrong_passwords_stand_in_the_audit_of_the_person_and_of_nobody_else(world):
    manager, elsewhere = world.person("manager"), world.person("manager", place=1)
    before = len(rows(elsewhere, "/audit?what=account"))
    world.visitor().sign_in(PLACES[0].email("chair"), "wrong")
    world.visitor().sign_in("nobody@example.org", "wrong")
    assert any("Wrong password" in row for row in rows(manager, "/audit?what=account"))
    assert len(rows(elsewhere, "/audit?what=account")) == before


def test_the_data_protection_contact_sees_the_audit_and_its_line_and_no_case(world, case):
    around = site_of(world, lambda: world.now + timedelta(0)).neighbours
    assert anchor_chain(around, PLACES[0].partnership_id)
    contact = world.person("data-protection")
    assert contact.get("/").where == "/audit"
    opened = contact.get("/audit")
    line = opened.page.select_one("#line ~ p code").get_text()
    assert len(kept_lines(line)) == 1
    assert "Something on a case that is not open to you" in opened.text
    assert not opened.page.select('a[href="/cases"]')
    assert contact.get("/cases").status == 403
    for path in (case, f"{case}/audit"):
        assert contact.get(path).status in {403, 404}
    reference = case[-36:]
    told = [one["body"] for one in lines(contact.get("/audit/export")) if one.get("body")]
    assert reference not in json.dumps([one for one in told if one["kind"] != "refused"])
