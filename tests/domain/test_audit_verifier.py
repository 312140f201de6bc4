"""The verifier names each kind of tampering, and says nothing of a chain that is whole."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain import audit_verifier
from services.domain.audit_verifier import Chain, Link, Mark, canonical, findings, kept_lines
from tests.chains import TENANT, chain, changed, hashed, made, mark, numbered, swapped

HONEST = made(40)
FORGED = Link(TENANT, 0, HONEST[14].at, {"kind": "act", "what": "case_closed"}, "", "")


def kinds(chain: Chain) -> list[tuple[str, int, int]]:
    return [(one.kind, one.first, one.last) for one in findings(chain)]


def edited(number: int) -> list[Link]:
    return [changed(link) if link.seq == number else link for link in HONEST]


def with_a_link_of_its_own_hash(number: int) -> list[Link]:
    """Return the chain with a link that was hashed to fit the one before it."""
    before = HONEST[: number - 1]
    fitting = hashed([*before, replace(FORGED, seq=number)])[-1]
    return numbered([*before, fitting, *HONEST[number - 1 :]])


def test_a_whole_chain_says_nothing():
    assert findings(chain(HONEST, HONEST, anchored=40, kept=40)) == []
    assert findings(Chain(TENANT, [], Mark(0, audit_verifier.GENESIS, ""), [], [])) == []


@pytest.mark.parametrize("number", [1, 15, 40])
def test_an_edited_link_is_named(number):
    assert kinds(chain(edited(number), HONEST)) == [("edited", number, number)]


@pytest.mark.parametrize("number", [1, 15, 39])
def test_an_edited_link_that_was_hashed_anew_is_named_by_the_one_behind_it(number):
    link = hashed(edited(number))[number - 1]
    links = [*HONEST[: number - 1], link, *HONEST[number:]]
    assert kinds(chain(links, HONEST)) == [("edited", number, number)]


@pytest.mark.parametrize(("first", "last"), [(1, 1), (15, 15), (15, 19)])
@pytest.mark.parametrize("is_renumbered", [False, True])
def test_what_was_taken_out_is_named(first, last, is_renumbered):
    links = [*HONEST[: first - 1], *HONEST[last:]]
    taken = chain(numbered(links) if is_renumbered else links, HONEST)
    taken.head = mark(HONEST, 40)
    assert kinds(taken)[0] == ("deleted", first, last)
    assert {one.kind for one in findings(taken)} == {"deleted"}


@pytest.mark.parametrize(("one", "other"), [(15, 16), (15, 33), (1, 40)])
def test_links_that_changed_places_are_named(one, other):
    found = kinds(chain(numbered(swapped(HONEST, one, other)), HONEST, anchored=10))
    assert {kind for kind, _, _ in found} == {"reordered"}
    assert {number for _, first, last in found for number in range(first, last + 1)} == {one, other}


@pytest.mark.parametrize("number", [2, 15, 40])
def test_a_link_that_was_put_in_is_named(number):
    links = numbered([*HONEST[: number - 1], FORGED, *HONEST[number - 1 :]])
    put_in = chain(links, HONEST)
    put_in.head = mark(HONEST, 40)
    assert kinds(put_in) == [("inserted", number, number)]


@pytest.mark.parametrize("number", [2, 15, 40])
def test_a_link_that_was_put_in_with_a_hash_that_fits_is_named(number):
    put_in = chain(with_a_link_of_its_own_hash(number), HONEST)
    put_in.head = mark(HONEST, 40)
    assert ("inserted", number, number) in kinds(put_in)


def test_what_stands_behind_the_head_was_put_in():
    behind = chain(hashed([*HONEST, FORGED]), HONEST)
    behind.head = mark(HONEST, 40)
    assert kinds(behind) == [("inserted", 41, 41)]


def test_a_cut_end_is_found_by_the_head():
    cut = chain(HONEST[:33], HONEST)
    cut.head = mark(HONEST, 40)
    assert kinds(cut) == [("cut", 34, 40)]


def test_a_cut_end_or_an_old_state_is_found_by_an_anchor():
    assert kinds(chain(HONEST[:33], HONEST, anchored=40)) == [("restored", 34, 40)]


def test_an_old_state_that_was_written_on_is_told_from_a_chain_that_was_written_again():
    later = made(20, day="after")
    went_on = [replace(link, at=f"2026-03{link.at[7:]}") for link in later]
    restored = hashed([*HONEST[:25], *went_on])
    rewritten = hashed(edited(25))
    assert kinds(chain(restored, HONEST, anchored=40)) == [("restored", 21, 30)]
    assert kinds(chain(rewritten, HONEST, anchored=40)) == [("rewritten", 21, 30)]


def test_an_old_state_with_its_anchors_replaced_is_found_by_the_kept_line():
    restored = chain(HONEST[:25], HONEST[:25], anchored=20)
    assert findings(restored) == []
    restored.kept = [mark(HONEST, 30)]
    assert kinds(restored) == [("restored", 26, 30), ("anchors_replaced", 30, 30)]


def test_another_partnerships_link_is_named():
    theirs = made(40, tenant=str(TENANT).replace("7", "8"))
    mixed = chain([*HONEST[:14], theirs[14], *HONEST[15:]], HONEST)
    assert ("foreign", 15, 15) in kinds(mixed)


def test_a_withheld_link_keeps_its_place():
    withheld = [replace(link, body=None) if link.seq == 15 else link for link in HONEST]
    assert findings(chain(withheld, HONEST, anchored=40)) == []
    gone = [link for link in withheld if link.seq != 14]
    assert kinds(chain(gone, HONEST)) == [("deleted", 14, 14)]


def test_the_same_letters_in_another_unicode_form_are_an_edit():
    said = [replace(HONEST[0], body={"what": "caf\u00e9"})]
    (link,) = hashed(said)
    other = replace(link, body={"what": "cafe\u0301"})
    assert kinds(Chain(TENANT, [other])) == [("edited", 1, 1)]


@given(
    st.integers(1, 40),
    st.sampled_from(["prev", "hash", "at", "tenant"]),
    st.sampled_from("0123456789abcdef"),
)
def test_no_field_of_any_link_can_be_changed_unseen(number, name, letter):
    link = HONEST[number - 1]
    was = getattr(link, name)
    other = replace(link, **{name: letter + was[1:]})
    links = [*HONEST[: number - 1], other, *HONEST[number:]]
    tampered = chain(links, HONEST)
    tampered.head = mark(HONEST, 40)
    assert (findings(tampered) == []) == (other == link)


def test_a_line_is_found_in_an_email_however_it_was_wrapped():
    line = mark(HONEST, 30).line
    assert kept_lines(f"Keep this: {line}\n") == [mark(HONEST, 30)]
    assert kept_lines(f"Keep this: {line[:50]}=\r\n{line[50:]}.") == [mark(HONEST, 30)]


def exported(links: list[Link]) -> str:
    head = mark(links, len(links))
    told = {"partnership": TENANT, "case": None, **vars(head)}
    rows = [{"export": told}, *map(vars, links), {"anchor": vars(mark(HONEST, 30))}]
    return "".join(json.dumps(row) + "\n" for row in rows)


@pytest.mark.parametrize(
    ("links", "code", "says"),
    [(HONEST, 0, "WHOLE"), (edited(15), 1, "EDITED: Link 15"), (HONEST[:25], 1, "RESTORED")],
)
def test_the_one_file_runs_alone(links, code, says, tmp_path):
    alone = tmp_path / "audit_verifier.py"
    alone.write_bytes(Path(audit_verifier.__file__).read_bytes())
    (tmp_path / "export.jsonl").write_text(exported(links))
    (tmp_path / "kept.txt").write_text(mark(HONEST, 30).line)
    words = [sys.executable, "-I", "-S", str(alone), "export.jsonl", "kept.txt"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)  # noqa: S603
    assert (ran.returncode, ran.stderr) == (code, "")
    assert says in ran.stdout


@pytest.mark.parametrize("text", ["", "{}", "not json", '{"export": 1}', "[" * 5000])
def test_a_file_that_is_no_export_is_said_to_be_none(text, tmp_path, capsys):
    file = tmp_path / "export.jsonl"
    file.write_text(text)
    assert audit_verifier.main([str(file)]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_the_written_form_is_sorted_and_has_no_spaces():
    assert canonical({"b": 1, "a": "é", "c": None}) == '{"a":"é","b":1,"c":null}'
