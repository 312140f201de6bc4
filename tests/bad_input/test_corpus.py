"""The corpus holds every row of reliability.md 5, and what it leaves to other tests is there."""

import re
from pathlib import Path

import pytest

from services.casework.commands import Kind
from tests.bad_input.corpus import FOLDER, OF_FIELDS, elsewhere, rows_of

CHECKOUT = FOLDER.parents[1]
ALL = {
    f"{part}{number}"
    for part, last in {"A": 30, "B": 38, "U": 25, "W": 23}.items()
    for number in range(1, last + 1)
}
SENT = {
    row.id
    for name in (*OF_FIELDS, "requests.json", "addresses.json", "files.json")
    for row in rows_of(name)
}


def test_every_row_of_the_plan_is_sent_here_or_elsewhere():
    assert set(elsewhere()) | SENT == ALL


@pytest.mark.parametrize("number", sorted(elsewhere()))
def test_what_is_sent_elsewhere_is_a_test_that_is_there_or_says_why_it_cannot_be(number: str):
    told = elsewhere()[number]
    named = re.findall(r"(?:tests|docs)/\S+\.(?:py|md)", told)
    assert named or told.endswith(".")
    assert all(Path(CHECKOUT / path).is_file() for path in named), told


@pytest.mark.parametrize("name", OF_FIELDS)
def test_each_row_of_a_field_names_kinds_that_there_are_and_what_is_expected(name: str):
    known = {kind.value for kind in Kind}
    rows = rows_of(name)
    assert len({str(row) for row in rows}) == len(rows)
    for row in rows:
        assert row.kinds
        assert row.kinds <= known
        assert row.expect in {"kept", "refused", "blank"}
