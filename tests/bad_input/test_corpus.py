"""The corpus holds every row of reliability.md 5, and what it leaves to other tests is there."""

import pytest

from services.casework.commands import Kind
from services.web.act_pages.registry import ACT_PAGES
from tests.bad_input.corpus import OF_FIELDS, elsewhere, rows_of
from tests.pointers import is_there, pointers_in

OF_THE_PROXY = {"A15", "A27", "A30"}
OF_FILES = {"U12", "U23", "U24"}  # no file that was sent is published, none is read
ALL = {
    f"{part}{number}"
    for part, last in {"A": 30, "B": 38, "U": 25, "W": 23}.items()
    for number in range(1, last + 1)
}
SENT = {
    row.id
    for name in (*OF_FIELDS, "requests.json", "addresses.json", "queries.json", "files.json")
    for row in rows_of(name)
}


def test_every_row_of_the_plan_is_sent_here_or_elsewhere():
    assert set(elsewhere()) | SENT == ALL


@pytest.mark.parametrize("number", sorted(elsewhere()))
def test_what_is_sent_elsewhere_is_a_test_that_is_there_or_says_why_it_cannot_be(number: str):
    told = elsewhere()[number]
    named = pointers_in(told)
    assert named or told.endswith(".")
    assert [one for one in named if not is_there(one)] == [], told


def test_what_no_test_sends_is_what_cannot_be_sent_and_still_so():
    """Each of these reasons was looked at; those that the product can answer are asked of it."""
    without = {number for number, told in elsewhere().items() if "::" not in told}
    assert without == {*OF_THE_PROXY, *OF_FILES, "B29", "W23"}
    asked = {question.label for page in ACT_PAGES.values() for question in page.questions}
    assert not [one for one in asked if "NHS" in one], "B29"


@pytest.mark.parametrize("name", OF_FIELDS)
def test_each_row_of_a_field_names_kinds_that_there_are_and_what_is_expected(name: str):
    known = {kind.value for kind in Kind}
    rows = rows_of(name)
    assert len({str(row) for row in rows}) == len(rows)
    for row in rows:
        assert row.kinds
        assert row.kinds <= known
        assert row.expect in {"kept", "refused", "blank"}
